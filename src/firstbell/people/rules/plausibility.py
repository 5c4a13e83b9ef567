"""What a roster shows when it is looked at as a whole: refused where it is broken, told where it is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from firstbell.kernel.finding import Finding, Severity, summary
from firstbell.people.data import Roster
from firstbell.people.rules import conflicts
from firstbell.people.rules.references import dangling_references

_WARNING, _ERROR = Severity.WARNING, Severity.ERROR


@dataclass(slots=True)
class Examination:
    """Findings, and under the code of each that stands for many rows all of them."""

    findings: list[Finding] = field(default_factory=list)
    details: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def tell(
        self, severity: Severity, code: str, message: str, step: str, rows: Iterable[dict[str, str]]
    ) -> None:
        """One finding for all rows; nothing for none."""
        listed = list(rows)
        if listed:
            self.findings.append(summary(severity, code, message, step, listed))
            self.details.setdefault(code, []).extend(listed)


def examine(roster: Roster) -> Examination:
    """Keys that repeat and references that lead nowhere (both refuse), schedule conflicts and full rooms.

    Every importer calls it before a roster is applied.
    """
    found = Examination()
    _repeated_keys(roster, found)
    found.findings.extend(dangling_references(roster))
    _conflicts(roster, found)
    return found


def _repeated_keys(roster: Roster, found: Examination) -> None:
    for kind in roster.kinds():
        if kind in ("school_enrollments", "section_enrollments", "section_staff"):
            continue  # theirs are optional and say nothing about identity
        records = getattr(roster, kind) or ()
        times = Counter(record.key for record in records if hasattr(record, "key"))
        found.tell(
            _ERROR,
            "reference.duplicate_key",
            f"{{n}} keys of {kind.replace('_', ' ')} stand in the source twice",
            "keep one of each in the source",
            ({"kind": kind, "key": key} for key, count in times.items() if count > 1),
        )


def _conflicts(roster: Roster, found: Examination) -> None:
    for who, rows, step in (
        (
            "student",
            conflicts.student_conflicts(roster),
            "a counselor decides which section the student takes",
        ),
        ("teacher", conflicts.staff_conflicts(roster), "the scheduler decides who teaches"),
        ("room", conflicts.room_conflicts(roster), "the scheduler finds another room"),
    ):
        found.tell(
            _WARNING,
            f"schedule.{who}_conflict",
            f"{{n}} times a {who} has two sections in one period",
            step,
            _rows(who, rows),
        )
    found.tell(
        _WARNING,
        "schedule.over_seats",
        "{n} sections have more students than their room has seats",
        "the scheduler finds a larger room or splits the section",
        (
            {"section": one.section, "seats": str(one.seats), "students": str(one.students)}
            for one in conflicts.crowded_sections(roster)
        ),
    )


def _rows(who: str, found: Iterable[conflicts.PeriodConflict]) -> Iterator[dict[str, str]]:
    for one in found:
        yield {
            who: one.subject,
            "session": one.session,
            "period": one.period,
            "letter": one.letter,
            "sections": ", ".join(one.sections),
        }
