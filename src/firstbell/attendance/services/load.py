"""Attendance in bulk: a file's or the demonstration's, compared and written as a difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from firstbell.attendance.data import AttendanceEventRecord, AttendanceLoad, Origin
from firstbell.attendance.models import (
    AttendanceSettings,
    DayAttendance,
    KnownAbsenceRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.selectors.setup import code_table
from firstbell.attendance.services.codes import ensure_codes
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import only_periods, section_schools, source_ids
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.rows import insert_rows
from firstbell.platform.writing import Busy, hold, writing

BATCH = 5_000
MOST_FINDINGS = 200
#: (student, section, day, slot) of a meeting's word, (student, school, day) of a day's
Key = tuple[Any, ...]
#: what makes a word another one; who said it when is written anew with it
COMPARED = ("teacher_code", "office_code", "minutes_late", "minutes_early", "comment", "office_comment")
SAID = (*COMPARED, "teacher_at", "teacher_by", "acting_for", "office_at", "office_by")
DAY_COMPARED = ("office_code", "comment")
DAY_SAID = (*DAY_COMPARED, "office_at", "office_by")


@dataclass
class _Load:
    """A source's attendance on its way in, with what its keys mean."""

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
    #: accepted absences by student: (begin, end, row id)
    known: dict[int, list[tuple[date, date, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> _Load:
        """What the keys of ``source`` mean; a constant number of queries."""
        ensure_codes()
        return cls(
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

    def slot(self, section: int, period: str) -> int:
        """The slot of a section's meeting."""
        if period:
            found = self.periods.get(period)
            if found is None:
                self.miss("period", period)
            return found or 0
        return self.only.get(section, 0)


def load_attendance(
    viewer: Viewer,
    load: AttendanceLoad | Iterable[AttendanceLoad],
    *,
    source: str,
    dry_run: bool = False,
) -> dict[str, int]:
    """Make this source's attendance what ``load`` says, all or nothing; a large district's may come in
    portions, each made when the one before is written.

    Answers counts of events, days and rolls added, changed, removed and unchanged. A meeting or a day about
    which another source or somebody here has spoken keeps that word. Raises Refused for a reference or a
    code that the district does not have; nothing is written then. Derived days are not computed here: call
    ``recompute_schools`` once everything is in.
    """
    counts: Counter[str] = Counter()
    with _loading(source):
        work = _Load.of(source)
        for portion in [load] if isinstance(load, AttendanceLoad) else load:
            counts.update(_events(work, portion))
            counts.update(_known(work, portion))
            counts.update(_days(work, portion))
            counts.update(_rolls(work, portion))
            if work.findings:
                raise Refused(work.findings)
            if portion.silent_through is not None:
                _silence(work, portion.silent_through)
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
    return dict(counts)


@contextmanager
def _loading(source: str) -> Iterator[None]:
    """One load of a source at a time. A teacher who writes the same meeting at this moment was first."""
    try:
        with writing():
            hold(f"attendance of {source}")
            yield
    except IntegrityError as taken:
        raise Busy from taken


def _known_code(work: _Load, event: AttendanceEventRecord) -> bool:
    if event.code in work.codes:
        return True
    if len(work.findings) < MOST_FINDINGS:
        work.findings.append(
            error(
                "attendance.code.unknown",
                f"“{event.code}” on {event.day} is not an attendance code of the district",
                "map the source's value to a code, or add the code to the table",
                column="code",
            )
        )
    return False


def _events(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """The codes of section meetings."""
    teacher: dict[Key, AttendanceEventRecord] = {}
    office: dict[Key, AttendanceEventRecord] = {}
    for event in load.events:
        if not event.section:
            continue
        student, section = work.students.get(event.student), work.sections.get(event.section)
        if student is None or section is None:
            work.miss(*(("student", event.student) if student is None else ("section", event.section)))
        elif _known_code(work, event):
            key = (student, section, event.day, work.slot(section, event.period))
            # teacher's and office's word about one meeting, in either order
            (office if event.origin is Origin.OFFICE else teacher)[key] = event
    if work.findings:
        return {}
    wanted = {key: _said(work, teacher.get(key), office.get(key)) for key in teacher | office}
    schools = {work.schools[key[1]] for key in wanted}
    present = SectionAttendance.objects.all()
    if not load.complete:
        present = present.filter(section__school__in=schools)
    names = ("student_id", "section_id", "day", "slot")
    return _merge(work, SectionAttendance, "events", names, SAID, COMPARED, wanted, present, load.complete)


def _said(
    work: _Load, said: AttendanceEventRecord | None, office: AttendanceEventRecord | None
) -> tuple[Any, ...]:
    """The values of ``SAID`` from the two words on one meeting; either may be missing."""
    minutes = next((one for one in (office, said) if one and (one.minutes_late or one.minutes_early)), None)
    return (
        said.code if said else "",
        office.code if office else "",
        minutes.minutes_late if minutes else None,
        minutes.minutes_early if minutes else None,
        said.comment if said else "",
        office.comment if office else "",
        (said.at or work.now) if said else None,
        said.by if said else "",
        said.acting_for if said else "",
        (office.at or work.now) if office else None,
        office.by if office else "",
    )


def _known(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """Absences known ahead; one that is there already stays as somebody here has left it."""
    wanted = {}
    for record in load.known:
        student = work.students.get(record.student)
        if student is None:
            work.miss("student", record.student)
        else:
            wanted[student, record.begin, record.end] = record
    if work.findings or not wanted:
        return {}
    rows = KnownAbsenceRow.objects.filter(begin__lte=max(key[1] for key in wanted))
    rows = rows.filter(end__gte=min(key[2] for key in wanted))
    keys = ("student_id", "begin", "end")
    present = set(rows.values_list(*keys))
    added = [(key, record) for key, record in wanted.items() if key not in present]
    insert_rows(
        KnownAbsenceRow,
        (*keys, "code", "state", "comment", "reported_at", "by_name", "decided_at", "decided_by"),
        [
            (
                *key,
                record.code,
                "accepted" if record.code else "reported",
                record.comment,
                record.at or work.now,
                record.by,
                record.decided_at if record.code else None,
                record.decided_by if record.code else "",
            )
            for key, record in added
        ],
    )
    for pk, student, begin, end in rows.filter(state="accepted").values_list("id", *keys):
        work.known.setdefault(student, []).append((begin, end, pk))
    return {"known_added": len(added), "known_unchanged": len(wanted) - len(added)}


def _days(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """The office's codes for whole days."""
    wanted: dict[Key, tuple[Any, ...]] = {}
    for event in load.events:
        if event.section:
            continue
        student, school = work.students.get(event.student), work.school_keys.get(event.school)
        if student is None or school is None:
            work.miss(*(("student", event.student) if student is None else ("school", event.school)))
        elif _known_code(work, event):
            wanted[student, school, event.day] = (
                event.code,
                event.comment,
                event.at or work.now,
                event.by,
                next(
                    (pk for begin, end, pk in work.known.get(student, ()) if begin <= event.day <= end), None
                ),
            )
    if work.findings:
        return {}
    present = DayAttendance.objects.all()
    if not load.complete:
        present = present.filter(school__in={key[1] for key in wanted})
    names = ("student_id", "school_id", "day")
    more = ("known_absence_id",)
    return _merge(
        work, DayAttendance, "days", names, DAY_SAID, DAY_COMPARED, wanted, present, load.complete, more
    )


def _merge(
    work: _Load,
    model: Any,
    label: str,
    key_names: tuple[str, ...],
    said: tuple[str, ...],
    compared: tuple[str, ...],
    wanted: dict[Key, tuple[Any, ...]],
    present: Any,
    complete: bool,
    more: tuple[str, ...] = (),
) -> dict[str, int]:
    """Write the difference between ``wanted`` and this source's rows of ``present``; the values of ``more``
    are written with new rows only."""
    days = [key[2] for key in wanted]
    if not complete:
        present = present.filter(day__range=(min(days), max(days))) if days else present.none()
    mine: dict[Key, tuple[int, tuple[Any, ...]]] = {}
    others: set[Key] = set()
    width = len(key_names)
    for row in present.values_list(*key_names, *compared, "source", "id").iterator(chunk_size=20_000):
        if row[-2] == work.source:
            mine[row[:width]] = (row[-1], row[width:-2])
        else:
            others.add(row[:width])
    changed: list[Any] = []
    same = 0
    added: list[tuple[Any, ...]] = []
    columns = (*said, *more)
    for key, values in wanted.items():
        found = mine.pop(key, None)
        if found is None:
            if key not in others:
                added.append((*key, work.source, *values))
        elif found[1] == values[: len(compared)]:
            same += 1
        else:
            changed.append(model(pk=found[0], **dict(zip(said, values, strict=False))))
    insert_rows(model, (*key_names, "source", *columns), added)
    model.objects.bulk_update(changed, said, batch_size=500)
    removed = [found[0] for found in mine.values()] if complete else []
    for start in range(0, len(removed), BATCH):
        model.objects.filter(id__in=removed[start : start + BATCH]).delete()
    return {
        f"{label}_added": len(added),
        f"{label}_changed": len(changed),
        f"{label}_removed": len(removed),
        f"{label}_unchanged": same,
    }


def _rolls(work: _Load, load: AttendanceLoad) -> dict[str, int]:
    """Submissions; one that is there already stays as it is."""
    wanted = {}
    for roll in load.rolls:
        section = work.sections.get(roll.section)
        if section is None:
            work.miss("section", roll.section)
            continue
        wanted[section, roll.day, work.slot(section, roll.period)] = roll
    if work.findings:
        return {}
    present = _submitted(work, wanted)
    added = [
        (
            *key,
            roll.submitted_at or work.now,
            roll.by,
            roll.acting_for,
            roll.enrolled,
            roll.absent,
            roll.tardy,
        )
        for key, roll in wanted.items()
        if key not in present
    ]
    insert_rows(
        RollSubmission,
        (
            "section_id",
            "day",
            "slot",
            "submitted_at",
            "by_name",
            "acting_for",
            "enrolled",
            "absent",
            "tardy",
        ),
        added,
    )
    return {"rolls_added": len(added), "rolls_unchanged": len(wanted) - len(added)}


def _submitted(work: _Load, wanted: Iterable[tuple[int, date, int]]) -> set[tuple[int, date, int]]:
    """The meetings of the same schools and days whose rolls are in."""
    keys = list(wanted)
    if not keys:
        return set()
    days = [key[1] for key in keys]
    rows = RollSubmission.objects.filter(
        day__range=(min(days), max(days)), section__school__in={work.schools[key[0]] for key in keys}
    )
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
