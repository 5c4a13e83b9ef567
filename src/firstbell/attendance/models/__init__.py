"""Tables of the attendance room."""

from firstbell.attendance.models.day import DayProof, PupilDayRow, RecomputeRequest
from firstbell.attendance.models.entry import (
    AttendanceChange,
    DayAttendance,
    KnownAbsenceRow,
    SectionAttendance,
)
from firstbell.attendance.models.letter import (
    CaseNote,
    Letter,
    LetterAct,
    LetterDelivery,
    LetterSettings,
)
from firstbell.attendance.models.roll import (
    RollAnswer,
    RollOpening,
    RollReminder,
    RollSubmission,
    RollWaiver,
)
from firstbell.attendance.models.setup import (
    AttendanceCodeRow,
    AttendanceLock,
    AttendanceSettings,
    ClosingMonth,
)

__all__ = [
    "AttendanceChange",
    "AttendanceCodeRow",
    "AttendanceLock",
    "AttendanceSettings",
    "CaseNote",
    "ClosingMonth",
    "DayAttendance",
    "DayProof",
    "KnownAbsenceRow",
    "Letter",
    "LetterAct",
    "LetterDelivery",
    "LetterSettings",
    "PupilDayRow",
    "RecomputeRequest",
    "RollAnswer",
    "RollOpening",
    "RollReminder",
    "RollSubmission",
    "RollWaiver",
    "SectionAttendance",
]
