"""The state's absence summary of a student at a school: days by category, which make the expected days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from firstbell.attendance.data import StateCategory
from firstbell.kernel.finding import Finding, error

FIELDS = {
    StateCategory.IN_PERSON: "13.16",
    StateCategory.SUSPENSION_OUT: "13.17",
    StateCategory.SUSPENSION_IN: "13.18",
    StateCategory.EXCUSED: "13.19",
    StateCategory.UNEXCUSED: "13.20",
    StateCategory.INDEPENDENT_STUDY_NO_ADA: "13.21",
    StateCategory.INDEPENDENT_STUDY_ADA: "13.22",
}


def summarize(membership_days: int, exceptions: Iterable[StateCategory]) -> dict[StateCategory, Fraction]:
    """Full days by category: each exception a day, the rest of the membership attended in person.

    Raises ValueError where there are more exceptions than days.
    """
    days = dict.fromkeys(StateCategory, Fraction(0))
    for category in exceptions:
        days[category] += 1
    exceptional = sum(days.values(), Fraction(0)) - days[StateCategory.IN_PERSON]
    if exceptional > membership_days:
        raise ValueError("more days carry a code than the student was enrolled: check entries and exits")
    days[StateCategory.IN_PERSON] = membership_days - exceptional
    return days


def check(expected: Fraction | int, days: Mapping[StateCategory, Fraction | int]) -> list[Finding]:
    """Whether the categories make the expected days (STAS0318) and 13.21 fits beneath (STAS0311)."""
    total = sum((Fraction(value) for value in days.values()), Fraction(0))
    findings = []
    if total != expected:
        findings.append(
            error(
                "STAS0318",
                f"13.15 is {expected} but 13.16 to 13.22 make {total}",
                "recompute the student's days, then look for a day without category",
                column="13.15",
            )
        )
    room = Fraction(expected) - sum(
        Fraction(days.get(c, 0)) for c in (StateCategory.IN_PERSON, StateCategory.SUSPENSION_IN)
    )
    if days.get(StateCategory.INDEPENDENT_STUDY_NO_ADA, 0) > room:
        findings.append(
            error(
                "STAS0311",
                "13.21 is more than 13.15 less 13.16 less 13.18",
                "check the independent study days",
                column="13.21",
            )
        )
    return findings
