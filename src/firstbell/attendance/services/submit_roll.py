"""Submitting a roll: the proof that attendance was taken, with the exceptions.

A constant number of queries whatever the size of the class. A client id that was answered before gets
its first receipt again, however late it comes, and changes nothing; an edit carries the version it was
based on, and a stale one is answered with the differences instead of an overwrite.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils import timezone

from firstbell.attendance.data import Difference, Mark, RollReceipt, Said
from firstbell.attendance.models import (
    AttendanceChange,
    RollAnswer,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.rules.codes import check_entry
from firstbell.attendance.rules.roll_edit import Outcome, counts, fitting, merge, new_word, outcome
from firstbell.attendance.selectors.roll_facts import RollFacts, roll_facts
from firstbell.attendance.services.holding import hold_roll
from firstbell.attendance.services.recompute import recompute_days
from firstbell.attendance.services.stale import mark_stale
from firstbell.kernel.finding import Finding, Refused, Severity, any_refuses, error
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.writing import writing


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
    facts: RollFacts
    now: datetime
    reason: str
    changed: list[SectionAttendance] = field(default_factory=list)
    history: list[AttendanceChange] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def students(self) -> tuple[int, ...]:
        """Who is on the roll."""
        return self.facts.meeting.students

    def fitting(self, mark: Mark | None) -> Mark:
        """What is sent of a student, in the shape in which it is stored."""
        return fitting(mark or Mark(""), self.facts.codes, self.facts.default)

    def stored(self, student: int) -> Mark | None:
        """What the teacher's side of the roll holds now."""
        entry = self.facts.entries.get(student)
        if entry is None or not entry.teacher_code:
            return None
        return Mark(entry.teacher_code, entry.minutes_late, entry.minutes_early, entry.comment)


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
    reason: str = "",
) -> RollReceipt:
    """Record that attendance was taken, everybody present but for ``marks`` (student id -> mark).

    ``seen`` is what the sender's roll showed when it was opened (student id -> code): a student who came
    since is not taken for present, and a stale roll knows which of two changes is whose. ``reason`` lets
    the office write a closed day.

    Raises NotVisible for a section the viewer may not take today, Refused for a day or code that cannot
    be (nothing is written), StaleRoll when somebody else submitted since ``based_on``.
    """
    with writing():
        hold_roll(section_id, day, slot)
        facts = roll_facts(viewer, section_id, day, slot)
        stored = RollSubmission.objects.filter(section=section_id, day=day, slot=slot).first()
        answer = _answer(stored, client_id)
        version = stored.version if stored else 0
        kind = outcome(version, answered=answer is not None, based_on=based_on)
        if answer is not None:
            return _receipt_of(answer)
        roll = _Roll(viewer, facts, timezone.now(), reason)
        _refuse(roll, marks, seen)
        if kind is Outcome.STALE:
            raise StaleRoll(version, _differences(roll, marks, seen or {}))
        _mark(roll, marks)
        submission = _submitted(roll, stored, on_paper)
        _write(roll)
        receipt = _receipt(submission, tuple(roll.findings))
        if client_id is not None:
            RollAnswer.objects.create(submission=submission, client_id=client_id, receipt=_kept(receipt))
        # a taken roll also completes the day of whoever was noted elsewhere, even at this moment
        recompute_days({(student, day) for student in roll.students})
        if facts.locked_through is not None and day <= facts.locked_through:
            mark_stale([facts.meeting.school_id], day, day)
        audit.record(
            viewer,
            "attendance.submit_roll",
            "section",
            section_id,
            data_classes=[DataClass.ATTENDANCE],
            fields=["teacher_code"],
            count=len(roll.students),
            reason=reason[:300],
        )
        return receipt


def _answer(submission: RollSubmission | None, client_id: uuid.UUID | None) -> RollAnswer | None:
    if submission is None or client_id is None:
        return None
    return RollAnswer.objects.filter(submission=submission, client_id=client_id).first()


def _refuse(roll: _Roll, marks: Mapping[int, Mark], seen: Mapping[int, str] | None) -> None:
    """Window and codes. A code that the cell showed already may come back, whoever may write it."""
    facts = roll.facts
    findings = facts.window(roll.viewer, roll.now, reason=roll.reason)
    for student, mark in marks.items():
        shown, entry = facts.shown(student), facts.entries.get(student)
        kept = {shown.code if shown else "", *((entry.office_code, entry.teacher_code) if entry else ())}
        if mark.code and mark.code not in kept:
            said = Said(mark.code, "", roll.now, "", mark.comment, mark.minutes_late, mark.minutes_early)
            for finding in check_entry(said, facts.codes, office=facts.meeting.as_office):
                finding = replace(finding, column=str(student))
                (findings if finding.refuses else roll.findings).append(finding)
    if seen is not None and not set(roll.students) <= seen.keys():
        findings.append(
            error(
                "attendance.roster_changed",
                "a student was added to this section after the roll was opened",
                "open the roll again; what is marked is kept, and the new student stands in it",
            )
        )
    if not facts.default:
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
    default = Mark(roll.facts.default)
    pairs = {}
    for student in roll.students:
        theirs, mine = roll.stored(student) or default, roll.fitting(marks.get(student))
        if theirs != mine and mine.code != roll.facts.locked(student):
            pairs[student] = (theirs, mine)
    merged = merge(
        {student: code or roll.facts.default for student, code in seen.items()},
        {student: theirs.code for student, (theirs, _) in pairs.items()},
        {student: mine.code for student, (_, mine) in pairs.items()},
    )
    return tuple(
        Difference(
            student,
            theirs,
            mine,
            "mine" if student in merged.changes else "" if student in merged.contested else "theirs",
        )
        for student, (theirs, mine) in pairs.items()
    )


def _mark(roll: _Roll, marks: Mapping[int, Mark]) -> None:
    """Turn marks into rows to write."""
    facts, positive = roll.facts, roll.facts.settings.positive
    for student in roll.students:
        sent, stored = roll.fitting(marks.get(student)), roll.stored(student)
        word = new_word(
            sent,
            stored,
            facts.locked(student),
            facts.default,
            positive=positive,
            spoken=bool(student in marks and marks[student].code),
        )
        if word is None:
            continue
        entry = facts.entries.get(student)
        if entry is None:
            entry = SectionAttendance(
                student_id=student, section_id=facts.meeting.section_id, day=facts.day, slot=facts.slot
            )
        else:
            roll.history.append(_change(roll, entry, word.code))
        entry.teacher_code, entry.teacher_at = word.code, roll.now
        entry.teacher_by, entry.acting_for = roll.viewer.name, facts.meeting.acting_for
        entry.minutes_late, entry.minutes_early = word.minutes_late, word.minutes_early
        entry.comment = word.comment
        roll.changed.append(entry)
        facts.entries[student] = entry


def _change(roll: _Roll, entry: SectionAttendance, code: str) -> AttendanceChange:
    return AttendanceChange(
        student_id=entry.student_id,
        day=roll.facts.day,
        school_id=roll.facts.meeting.school_id,
        section_id=roll.facts.meeting.section_id,
        slot=roll.facts.slot,
        at=roll.now,
        account_id=roll.viewer.account_id,
        by_name=roll.viewer.name,
        side="teacher",
        before={"code": entry.teacher_code, "by": entry.teacher_by},
        after={"code": code},
        reason=roll.reason[:300],
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


def _submitted(roll: _Roll, stored: RollSubmission | None, on_paper: bool) -> RollSubmission:
    facts = roll.facts
    count = counts([_effective(roll, student) for student in roll.students], facts.codes)
    row = stored or RollSubmission(
        section_id=facts.meeting.section_id, day=facts.day, slot=facts.slot, version=0
    )
    row.version += 1
    row.submitted_at, row.on_paper = roll.now, on_paper
    row.account_id, row.by_name = roll.viewer.account_id, roll.viewer.name
    row.acting_for = facts.meeting.acting_for
    row.enrolled, row.absent, row.tardy = count.students, count.absent, count.tardy
    row.save()
    return row


def _effective(roll: _Roll, student: int) -> str | None:
    entry = roll.facts.entries.get(student)
    return roll.facts.locked(student) or (entry.teacher_code if entry else "") or None


def _receipt(submission: RollSubmission, findings: tuple[Finding, ...]) -> RollReceipt:
    return RollReceipt(
        version=submission.version,
        submitted_at=submission.submitted_at,
        by=submission.by_name,
        enrolled=submission.enrolled,
        absent=submission.absent,
        tardy=submission.tardy,
        findings=findings,
    )


def _kept(receipt: RollReceipt) -> dict[str, object]:
    """A receipt as it is kept."""
    return {
        "version": receipt.version,
        "submitted_at": receipt.submitted_at.isoformat(),
        "by": receipt.by,
        "enrolled": receipt.enrolled,
        "absent": receipt.absent,
        "tardy": receipt.tardy,
        "findings": [finding.as_dict() for finding in receipt.findings],
    }


def _receipt_of(answer: RollAnswer) -> RollReceipt:
    """The kept receipt, as it was given the first time."""
    kept = dict(answer.receipt)
    kept["submitted_at"] = datetime.fromisoformat(kept["submitted_at"])
    kept["findings"] = tuple(
        Finding(**(row | {"severity": Severity(row["severity"])})) for row in kept["findings"]
    )
    return RollReceipt(**kept, again=True)
