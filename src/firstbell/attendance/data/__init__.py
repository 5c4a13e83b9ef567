"""Values of the attendance room that other rooms may hold.

A ``RollCell`` is what stands in one student's place on a roll: the teacher's word, the office's word,
both kept. Rolls make a ``PupilDay``; pupil-days make ADA, chronic absence and truancy, each by its own
flag, because "attended", "present" and "earns ADA" are three different facts.
"""

from firstbell.attendance.data.codes import AttendanceCode, CodeKind, ReasonClass, StateCategory
from firstbell.attendance.data.conflicts import ConflictCell, ConflictKind, ConflictRow
from firstbell.attendance.data.day import PeriodAttendance, PupilDay
from firstbell.attendance.data.figures import CalendarCell, Rate, SchoolAttendance
from firstbell.attendance.data.known import KnownAbsenceView, KnownState
from firstbell.attendance.data.letters import (
    CaseEntry,
    CasePage,
    Channel,
    DeliveryRow,
    DeliveryState,
    EvidenceRow,
    FamilyLetter,
    LetterBatch,
    LetterPage,
    LetterRow,
    LetterSettingsValues,
    LetterState,
    NoteKind,
    RecipientPreview,
    SentLetters,
)
from firstbell.attendance.data.load import (
    AttendanceEventRecord,
    AttendanceLoad,
    KnownAbsenceRecord,
    Origin,
    RollRecord,
)
from firstbell.attendance.data.periods import (
    ApportionmentPeriod,
    FigureSource,
    PeriodFigures,
    PeriodReport,
    PeriodState,
    SpanFigures,
    StudentChange,
    StudentDays,
    TrackFigures,
)
from firstbell.attendance.data.problems import AttendanceProblem, ProblemKind
from firstbell.attendance.data.roll import (
    CellOrigin,
    Difference,
    KnownAbsence,
    Mark,
    MeetingState,
    RollCell,
    RollPage,
    RollReceipt,
    RollRow,
    Said,
    WindowSettings,
)
from firstbell.attendance.data.student_day import DayChange, DayMeeting, DerivedDay, StudentDay, Word
from firstbell.attendance.data.trend import TrendWeek

__all__ = [
    "ApportionmentPeriod",
    "AttendanceCode",
    "AttendanceEventRecord",
    "AttendanceLoad",
    "AttendanceProblem",
    "CalendarCell",
    "CaseEntry",
    "CasePage",
    "CellOrigin",
    "Channel",
    "CodeKind",
    "ConflictCell",
    "ConflictKind",
    "ConflictRow",
    "DayChange",
    "DayMeeting",
    "DeliveryRow",
    "DeliveryState",
    "DerivedDay",
    "Difference",
    "EvidenceRow",
    "FamilyLetter",
    "FigureSource",
    "KnownAbsence",
    "KnownAbsenceRecord",
    "KnownAbsenceView",
    "KnownState",
    "LetterBatch",
    "LetterPage",
    "LetterRow",
    "LetterSettingsValues",
    "LetterState",
    "Mark",
    "MeetingState",
    "NoteKind",
    "Origin",
    "PeriodAttendance",
    "PeriodFigures",
    "PeriodReport",
    "PeriodState",
    "ProblemKind",
    "PupilDay",
    "Rate",
    "ReasonClass",
    "RecipientPreview",
    "RollCell",
    "RollPage",
    "RollReceipt",
    "RollRecord",
    "RollRow",
    "Said",
    "SchoolAttendance",
    "SentLetters",
    "SpanFigures",
    "StateCategory",
    "StudentChange",
    "StudentDay",
    "StudentDays",
    "TrackFigures",
    "TrendWeek",
    "WindowSettings",
    "Word",
]
