"""Submitting a roll: the proof that attendance was taken, with the exceptions.

A constant number of queries whatever the size of the class. The same client id sent again answers the
first receipt and changes nothing; an edit carries the version it was based on, and a stale one is
answered with the differences instead of an overwrite.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.data import (
    AttendanceCode,
    CodeKind,
    Difference,
    Mark,
    RollReceipt,
    Said,
    WindowSettings,
)
from firstbell.attendance.models import (
    AttendanceChange,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.rules.codes import check_entry, default_code
from firstbell.attendance.rules.roll_edit import merge
from firstbell.attendance.rules.windows import check_window
from firstbell.attendance.selectors.meeting import Meeting, meeting_for
from firstbell.attendance.selectors.roll_page import carried_codes
from firstbell.attendance.selectors.setup import codes_for, locked_through, settings_for
from firstbell.attendance.services.recompute import recompute_days
from firstbell.kernel.finding import Finding, Refused, any_refuses, error
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer


class StaleRoll(Exception):  # noqa: N818 - says what the roll is; the page shows the differences
    """Somebody submitted this roll since it was opened. Carries what they wrote beside what was sent."""

    def __init__(self, version: int, differences: tuple[Difference, ...]) -> None:
        super().__init__(f"the roll is at version {version}")
        self.version = version
        self.differences = differences


@dataclass
class _Roll:
    """One roll being written."""

    viewer: Viewer
    meeting: Meeting
    day: date
    now: datetime
    codes: Mapping[str, AttendanceCode]
    positive: bool
    entries: dict[int, SectionAttendance] = field(default_factory=dict)
    office_days: dict[int, str] = field(default_factory=dict)
    changed: list[SectionAttendance] = field(default_factory=list)
    history: list[AttendanceChange] = field(default_factory=list)
    #: codes that carry on from another meeting of the day, as the open roll showed them
    carried: Mapping[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def default(self) -> str:
        """The code of whoever nothing is said of."""
        code = default_code(self.codes)
        return code.code if code else ""


def submit_roll(
    viewer: Viewer,
    section_id: int,
    day: date,
    slot: int,
    marks: Mapping[int, Mark],
    *,
    client_id: uuid.UUID | None = None,
    based_on: int = 0,
    seen: Mapping[int, str] | None = None,
    on_paper: bool = False,
) -> RollReceipt:
    """Record that attendance was taken, everybody present but for ``marks`` (student id -> mark).

    ``seen`` is what the sender's roll showed when it was opened (student id -> code): a student who came
    since is not taken for present, and a stale roll knows which of two changes is whose.

    Raises NotVisible for a section the viewer may not take today, Refused for a day or code that cannot
    be (nothing is written), StaleRoll when somebody else submitted since ``based_on``.
    """
    with transaction.atomic():
        meeting = meeting_for(viewer, section_id, day, slot)
        submission = (
            RollSubmission.objects.select_for_update().filter(section=section_id, day=day, slot=slot).first()
        )
        if submission is not None and client_id is not None and submission.client_id == client_id:
            return _receipt(submission, again=True)
        settings = settings_for([meeting.school_id], day)[meeting.school_id]
        roll = _Roll(viewer, meeting, day, timezone.now(), codes_for(day), settings.positive)
        _read_entries(roll, slot)
        _refuse(roll, settings, marks, seen)
        if submission is not None and submission.version != based_on:
            raise StaleRoll(submission.version, _differences(roll, marks, seen or {}))
        touched = _mark(roll, slot, marks)
        # a taken roll also completes the day of who was noted in another meeting
        noted = PupilDayRow.objects.filter(student__in=roll.meeting.students, day=day)
        touched.update(noted.values_list("student_id", flat=True))
        _write(roll)
        submission = _submitted(roll, submission, slot, client_id, on_paper)
        recompute_days({(student, day) for student in touched})
        audit.record(
            viewer,
            "attendance.submit_roll",
            "section",
            section_id,
            data_classes=[DataClass.ATTENDANCE],
            fields=["teacher_code"],
            count=len(roll.meeting.students),
        )
        return _receipt(submission, findings=tuple(roll.findings))


def _read_entries(roll: _Roll, slot: int) -> None:
    rows = SectionAttendance.objects.filter(section=roll.meeting.section_id, day=roll.day, slot=slot)
    roll.entries = {row.student_id: row for row in rows}
    roll.office_days = dict(
        DayAttendance.objects.filter(
            student__in=roll.meeting.students, school=roll.meeting.school_id, day=roll.day
        ).values_list("student_id", "office_code")
    )
    roll.carried = carried_codes(
        roll.meeting.students, roll.day, roll.meeting.section_id, slot, dict(roll.codes)
    )


def _refuse(roll: _Roll, settings: object, marks: Mapping[int, Mark], seen: Mapping[int, str] | None) -> None:
    """Window and codes. The office may write any day that is not locked; a teacher within the window."""
    windows = WindowSettings(
        back_post_days=settings.back_post_days,  # type: ignore[attr-defined]  # a settings row
        forward_post_days=settings.forward_post_days,  # type: ignore[attr-defined]
        opens=settings.opens,  # type: ignore[attr-defined]
        closes=settings.closes,  # type: ignore[attr-defined]
        locked_through=locked_through([roll.meeting.school_id]).get(roll.meeting.school_id),
    )
    local = timezone.localtime(roll.now)
    findings = check_window(
        roll.day,
        today=roll.viewer.today,
        now=local.time(),
        taught_between=roll.meeting.taught_between,
        settings=windows,
        office=roll.meeting.as_office,
    )
    for student, mark in marks.items():
        entry = roll.entries.get(student)
        kept = entry is not None and mark.code in (entry.office_code, entry.teacher_code)
        shown = (roll.office_days.get(student), roll.carried.get(student))
        if mark.code and not kept and mark.code not in shown:
            said = Said(mark.code, "", roll.now, "", mark.comment, mark.minutes_late, mark.minutes_early)
            for finding in check_entry(said, roll.codes, office=roll.meeting.as_office):
                (findings if finding.refuses else roll.findings).append(finding)
    if seen is not None and not set(roll.meeting.students) <= seen.keys():
        findings.append(
            error(
                "attendance.roster_changed",
                "a student was added to this section after the roll was opened",
                "open the roll again; what is marked is kept, and the new student stands in it",
            )
        )
    if not roll.default:
        findings.append(
            error(
                "attendance.setup.default",
                "the district has no default attendance code on this day",
                "ask the attendance office to mark one code, usually P, as the default",
            )
        )
    if any_refuses(findings):
        raise Refused(findings)


def _differences(roll: _Roll, marks: Mapping[int, Mark], seen: Mapping[int, str]) -> tuple[Difference, ...]:
    """Where the stored roll and the sent one disagree, told apart by what the sender had opened."""
    pairs = {}
    for student in roll.meeting.students:
        theirs, mine = _stored(roll, student), _fitting(roll, marks.get(student, Mark("")))
        if theirs != mine and mine.code != _office_word(roll, student):
            pairs[student] = (theirs, mine)
    merged = merge(
        {str(student): code or roll.default for student, code in seen.items()},
        {str(student): theirs.code for student, (theirs, _) in pairs.items()},
        {str(student): mine.code for student, (_, mine) in pairs.items()},
    )
    contested = {one.student for one in merged.differences}
    return tuple(
        Difference(
            student,
            theirs,
            mine,
            "mine" if str(student) in merged.changes else "" if str(student) in contested else "theirs",
        )
        for student, (theirs, mine) in pairs.items()
    )


def _stored(roll: _Roll, student: int) -> Mark:
    """What the teacher's side of the roll holds now."""
    entry = roll.entries.get(student)
    if entry is None or not entry.teacher_code:
        return Mark(roll.default)
    return Mark(entry.teacher_code, entry.minutes_late, entry.minutes_early, entry.comment)


def _office_word(roll: _Roll, student: int) -> str:
    """The office's code for the meeting or the day, empty where it said nothing."""
    entry = roll.entries.get(student)
    return (entry.office_code if entry else "") or roll.office_days.get(student, "")


def _fitting(roll: _Roll, mark: Mark) -> Mark:
    """The mark with a code, and with minutes only where the code speaks of them."""
    code = roll.codes.get(mark.code or roll.default)
    return Mark(
        mark.code or roll.default,
        mark.minutes_late if code and code.tardy else None,
        mark.minutes_early if code and code.left_early else None,
        mark.comment,
    )


def _mark(roll: _Roll, slot: int, marks: Mapping[int, Mark]) -> set[int]:
    """Turn marks into rows to write; answers the students whose day may have changed."""
    touched = set()
    for student in roll.meeting.students:
        mark = _fitting(roll, marks.get(student, Mark("")))
        entry, code = roll.entries.get(student), mark.code
        # a locked cell shown as the office's word comes back as it was shown; the teacher said nothing
        if code == _office_word(roll, student):
            continue
        if entry is None and code == roll.default and not roll.positive and not mark.comment:
            if student in roll.office_days:
                touched.add(student)
            continue
        if entry is None:
            entry = SectionAttendance(
                student_id=student, section_id=roll.meeting.section_id, day=roll.day, slot=slot
            )
        elif _stored(roll, student) == mark:
            continue
        else:
            roll.history.append(_change(roll, entry, code, slot))
        entry.teacher_code, entry.teacher_at = code, roll.now
        entry.teacher_by, entry.acting_for = roll.viewer.name, roll.meeting.acting_for
        entry.minutes_late, entry.minutes_early = mark.minutes_late, mark.minutes_early
        entry.comment = mark.comment
        roll.changed.append(entry)
        roll.entries[student] = entry
        touched.add(student)
    return touched


def _change(roll: _Roll, entry: SectionAttendance, code: str, slot: int) -> AttendanceChange:
    return AttendanceChange(
        student_id=entry.student_id,
        day=roll.day,
        section_id=roll.meeting.section_id,
        slot=slot,
        at=roll.now,
        account_id=roll.viewer.account_id,
        by_name=roll.viewer.name,
        side="teacher",
        before={"code": entry.teacher_code, "by": entry.teacher_by},
        after={"code": code},
    )


TEACHER_COLUMNS = (
    "teacher_code",
    "teacher_at",
    "teacher_by",
    "acting_for",
    "minutes_late",
    "minutes_early",
    "comment",
)


def _write(roll: _Roll) -> None:
    if roll.changed:
        SectionAttendance.objects.bulk_create(
            [_without_pk(entry) for entry in roll.changed],
            update_conflicts=True,
            unique_fields=["student", "section", "day", "slot"],
            update_fields=TEACHER_COLUMNS,
        )
    if roll.history:
        AttendanceChange.objects.bulk_create(roll.history)


def _without_pk(entry: SectionAttendance) -> SectionAttendance:
    """A row for the upsert; the unique meeting decides whether it is new."""
    entry.pk = None
    entry._state.adding = True
    return entry


def _submitted(
    roll: _Roll, submission: RollSubmission | None, slot: int, client_id: uuid.UUID | None, on_paper: bool
) -> RollSubmission:
    counts = _counts(roll)
    row = submission or RollSubmission(section_id=roll.meeting.section_id, day=roll.day, slot=slot, version=0)
    row.version += 1
    row.client_id, row.submitted_at = client_id, roll.now
    row.account_id, row.by_name = roll.viewer.account_id, roll.viewer.name
    row.acting_for, row.on_paper = roll.meeting.acting_for, on_paper
    row.enrolled, row.absent, row.tardy = counts
    row.save()
    return row


def _counts(roll: _Roll) -> tuple[int, int, int]:
    absent = tardy = 0
    for student in roll.meeting.students:
        entry = roll.entries.get(student)
        effective = _office_word(roll, student) or (entry.teacher_code if entry else "")
        code = roll.codes.get(effective)
        if code is not None:
            absent += code.kind is CodeKind.ABSENT
            tardy += code.tardy
    return len(roll.meeting.students), absent, tardy


def _receipt(
    submission: RollSubmission, *, again: bool = False, findings: tuple[Finding, ...] = ()
) -> RollReceipt:
    return RollReceipt(
        version=submission.version,
        submitted_at=submission.submitted_at,
        by=submission.by_name,
        enrolled=submission.enrolled,
        absent=submission.absent,
        tardy=submission.tardy,
        again=again,
        findings=findings,
    )
