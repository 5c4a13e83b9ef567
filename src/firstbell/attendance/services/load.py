"""Attendance in bulk: a file's or the demonstration's, compared and written as a difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.data import AttendanceEventRecord, AttendanceLoad, Origin
from firstbell.attendance.models import (
    AttendanceSettings,
    DayAttendance,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.selectors.setup import code_table
from firstbell.attendance.services.codes import ensure_codes
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import only_periods, section_schools, source_ids
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer

BATCH = 5_000
MOST_FINDINGS = 200
Key = tuple[int, int, date, int]
#: what makes a word another one; who said it when is written anew with it
COMPARED = ("teacher_code", "office_code", "minutes_late", "minutes_early", "comment", "office_comment")
CHANGED = (*COMPARED, "teacher_at", "teacher_by", "acting_for", "office_at", "office_by")


@dataclass
class _Load:
    """One load on its way in, with what its source's keys mean."""

    source: str
    now: datetime
    students: dict[str, int]
    sections: dict[str, int]
    periods: dict[str, int]
    only: dict[int, int]
    schools: dict[int, int]
    school_keys: dict[str, int]
    codes: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    #: days that change what is derived, as (student, day)
    touched: set[tuple[int, date]] = field(default_factory=set)

    def miss(self, what: str, key: str) -> None:
        """A reference that leads nowhere refuses the whole."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                error(
                    "reference.missing_target_record",
                    f"attendance refers to the {what} {key}, which is not in the district",
                    f"add the {what} to the source, or remove the attendance row",
                    column=what,
                )
            )


def load_attendance(
    viewer: Viewer, load: AttendanceLoad, *, source: str, dry_run: bool = False
) -> dict[str, int]:
    """Make this source's attendance what ``load`` says, all or nothing.

    Answers counts of events and rolls added, changed, removed and unchanged. Raises Refused for a
    reference or a code that the district does not have; nothing is written then. Derived days are not
    computed here: call ``recompute`` for the span once everything is in.
    """
    with transaction.atomic():
        ensure_codes()
        work = _Load(
            source=source,
            now=timezone.now(),
            students=source_ids(source, "student"),
            sections=source_ids(source, "section"),
            periods=source_ids(source, "period"),
            only=only_periods(),
            schools=section_schools(),
            school_keys=source_ids(source, "school"),
            codes=frozenset(code.code for code in code_table()),
        )
        counts = _events(work, load) | _days(work, load) | _rolls(work, load)
        if work.findings:
            raise Refused(work.findings)
        if load.silent_through is not None:
            _silence(work, load.silent_through)
        changes = sum(number for name, number in counts.items() if not name.endswith("unchanged"))
        if changes and not dry_run:
            audit.record(
                viewer,
                "attendance.load",
                "source",
                "",
                data_classes=[DataClass.ATTENDANCE],
                count=changes,
                reason=source,
            )
        if dry_run:
            transaction.set_rollback(True)
    return counts


def _slot(work: _Load, section: int, period: str) -> int:
    if period:
        found = work.periods.get(period)
        if found is None:
            work.miss("period", period)
        return found or 0
    return work.only.get(section, 0)


def _events(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """The codes of section meetings."""
    wanted: dict[Key, AttendanceEventRecord] = {}
    office: dict[Key, AttendanceEventRecord] = {}
    for event in load.events:
        if not event.section:
            continue
        student, section = work.students.get(event.student), work.sections.get(event.section)
        if student is None or section is None:
            work.miss(*(("student", event.student) if student is None else ("section", event.section)))
            continue
        if event.code not in work.codes:
            _unknown_code(work, event)
            continue
        key = (student, section, event.day, _slot(work, section, event.period))
        # teacher's and office's word about one meeting, in either order
        (office if event.origin is Origin.OFFICE else wanted)[key] = event
    present = {
        (row[0], row[1], row[2], row[3]): (row[-1], row[4:-1])
        for row in SectionAttendance.objects.filter(source=work.source).values_list(
            "student_id", "section_id", "day", "slot", *COMPARED, "id"
        )
    }
    if work.findings:
        return {}
    added: list[SectionAttendance] = []
    changed: list[SectionAttendance] = []
    same = 0
    for key in wanted | office:
        columns = _columns(work, wanted.get(key), office.get(key))
        found = present.pop(key, None)
        if found is not None and found[1] == tuple(columns[name] for name in COMPARED):
            same += 1
            continue
        row = SectionAttendance(
            pk=found[0] if found else None,
            student_id=key[0],
            section_id=key[1],
            day=key[2],
            slot=key[3],
            source=work.source,
            **columns,
        )
        (changed if found else added).append(row)
    SectionAttendance.objects.bulk_create(added, batch_size=BATCH)
    SectionAttendance.objects.bulk_update(changed, CHANGED, batch_size=500)
    removed = [found[0] for found in present.values()] if load.complete else []
    _delete(SectionAttendance, removed)
    return {
        "events_added": len(added),
        "events_changed": len(changed),
        "events_removed": len(removed),
        "events_unchanged": same,
    }


def _columns(
    work: _Load, said: AttendanceEventRecord | None, office: AttendanceEventRecord | None
) -> dict[str, Any]:
    """The columns of one meeting from the teacher's and the office's word; either may be missing."""
    minutes = [word for word in (office, said) if word and (word.minutes_late or word.minutes_early)]
    return {
        "teacher_code": said.code if said else "",
        "teacher_at": (said.at or work.now) if said else None,
        "teacher_by": said.by if said else "",
        "acting_for": said.acting_for if said else "",
        "minutes_late": minutes[0].minutes_late if minutes else None,
        "minutes_early": minutes[0].minutes_early if minutes else None,
        "comment": said.comment if said else "",
        "office_code": office.code if office else "",
        "office_at": (office.at or work.now) if office else None,
        "office_by": office.by if office else "",
        "office_comment": office.comment if office else "",
    }


def _unknown_code(work: _Load, event: AttendanceEventRecord) -> None:
    if len(work.findings) < MOST_FINDINGS:
        work.findings.append(
            error(
                "attendance.code.unknown",
                f"“{event.code}” on {event.day} is not an attendance code of the district",
                "map the source's value to a code, or add the code to the table",
                column="code",
            )
        )


def _days(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """The office's codes for whole days."""
    wanted = {}
    for event in load.events:
        if event.section:
            continue
        student, school = work.students.get(event.student), work.school_keys.get(event.school)
        if student is None or school is None:
            work.miss(*(("student", event.student) if student is None else ("school", event.school)))
        elif event.code not in work.codes:
            _unknown_code(work, event)
        else:
            wanted[student, school, event.day] = event
    present = {
        row[:3]: (row[5], (row[3], row[4]))
        for row in DayAttendance.objects.filter(source=work.source).values_list(
            "student_id", "school_id", "day", "office_code", "comment", "id"
        )
    }
    if work.findings:
        return {}
    added: list[DayAttendance] = []
    changed: list[DayAttendance] = []
    same = 0
    for key, event in wanted.items():
        found = present.pop(key, None)
        if found is not None and found[1] == (event.code, event.comment):
            same += 1
            continue
        row = DayAttendance(
            pk=found[0] if found else None,
            student_id=key[0],
            school_id=key[1],
            day=key[2],
            office_code=event.code,
            comment=event.comment,
            office_at=event.at or work.now,
            office_by=event.by,
            source=work.source,
        )
        (changed if found else added).append(row)
    DayAttendance.objects.bulk_create(added, batch_size=BATCH)
    DayAttendance.objects.bulk_update(
        changed, ["office_code", "comment", "office_at", "office_by"], batch_size=500
    )
    removed = [found[0] for found in present.values()] if load.complete else []
    _delete(DayAttendance, removed)
    return {
        "days_added": len(added),
        "days_changed": len(changed),
        "days_removed": len(removed),
        "days_unchanged": same,
    }


def _rolls(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """Submissions; one that is there already stays as it is."""
    wanted = {}
    for roll in load.rolls:
        section = work.sections.get(roll.section)
        if section is None:
            work.miss("section", roll.section)
            continue
        wanted[section, roll.day, _slot(work, section, roll.period)] = roll
    if work.findings:
        return {}
    present = _submitted(wanted)
    added = [
        RollSubmission(
            section_id=key[0],
            day=key[1],
            slot=key[2],
            submitted_at=roll.submitted_at or work.now,
            by_name=roll.by,
            acting_for=roll.acting_for,
            enrolled=roll.enrolled,
            absent=roll.absent,
            tardy=roll.tardy,
        )
        for key, roll in wanted.items()
        if key not in present
    ]
    RollSubmission.objects.bulk_create(added, batch_size=BATCH)
    return {"rolls_added": len(added), "rolls_unchanged": len(wanted) - len(added)}


def _submitted(wanted: Iterable[tuple[int, date, int]]) -> set[tuple[int, date, int]]:
    days = {key[1] for key in wanted}
    if not days:
        return set()
    rows = RollSubmission.objects.filter(day__range=(min(days), max(days)))
    return set(rows.values_list("section_id", "day", "slot"))


def _silence(work: _Load, through: date) -> None:
    """Remember that the source's schools speak of absences only, up to ``through``."""
    for school in set(work.school_keys.values()):
        row = AttendanceSettings.objects.filter(school=school).order_by("begin").first()
        if row is None:
            row = AttendanceSettings(school_id=school, begin=date(2000, 7, 1))
        if row.silent_through is None or row.silent_through < through:
            row.silent_through = through
            row.save()


def _delete(model: Any, ids: list[int]) -> None:
    for start in range(0, len(ids), BATCH):
        model.objects.filter(id__in=ids[start : start + BATCH]).delete()
