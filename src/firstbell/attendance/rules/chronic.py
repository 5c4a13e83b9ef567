"""Chronic absenteeism: one definition in one place, by the state's dated rule, compared exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from firstbell.attendance.data import StateCategory
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.kernel.exact import half_up

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class AbsenceSummary:
    """A student's days at one school in a school year, by state category; they make the expected days.

    ``enrolled_days`` are the school days from entry to exit or now, where a state counts those instead.
    ``status`` is the enrollment status, ``group`` an exempt group or empty. Leavers keep their summary.
    """

    days: Mapping[StateCategory, Fraction | int]
    enrolled_days: int | None = None
    status: str = "primary"
    group: str = ""
    attended_any: bool | None = None

    @property
    def expected(self) -> Fraction:
        """All days in which the student was expected (13.15 as the sum of 13.16 to 13.22)."""
        return Fraction(sum(self.days.values()))

    @property
    def attended(self) -> bool:
        """Whether at least one day was attended, in-school suspension included."""
        if self.attended_any is not None:
            return self.attended_any
        present = (StateCategory.IN_PERSON, StateCategory.SUSPENSION_IN)
        return any(self.days.get(category, 0) > 0 for category in present)


def absences(summary: AbsenceSummary, rules: RuleSet) -> Fraction:
    """Days that count as absent under the rules, whatever their reason. Raises MissingParameter."""
    counted = rules.once(
        "chronic.counted",
        lambda: [StateCategory(name) for name in rules.value("chronic_absent_categories")],
    )
    return Fraction(sum(summary.days.get(category, 0) for category in counted))


def absence_rate(absent: Fraction, expected: Fraction) -> Fraction | None:
    """Share of the expected days that was missed; None where no day was expected."""
    return absent / expected if expected else None


def reaches(absent: Fraction, expected: Fraction, percent: Decimal) -> bool:
    """Whether the absences are at least ``percent`` of the expected days, compared without rounding.

    >>> reaches(Fraction(14), Fraction(140), Decimal(10)), reaches(Fraction(15), Fraction(152), Decimal(10))
    (True, False)
    """
    return expected > 0 and absent * HUNDRED >= expected * Fraction(percent)


def eligible(summary: AbsenceSummary, rules: RuleSet) -> bool:
    """Whether the student counts in the rate at all: days, attendance, status, group.

    Raises MissingParameter, and ValueError where the rules count enrolled days and they are not given.
    """
    rule = rules.once("chronic.eligibility", lambda: _eligibility(rules))
    days: Fraction | int | None = summary.expected if rule.of_expected else summary.enrolled_days
    if days is None:
        raise ValueError("these rules count the days enrolled: give enrolled_days")
    if rule.statuses is not None and summary.status not in rule.statuses:
        return False
    if summary.group in rule.exempt_groups:
        return False
    return days >= rule.minimum and (summary.attended or not rule.must_have_attended)


@dataclass(frozen=True, slots=True)
class _Eligibility:
    """The figures of ``eligible``; ``statuses`` None: every one."""

    of_expected: bool
    minimum: Fraction
    statuses: frozenset[str] | None
    exempt_groups: frozenset[str]
    must_have_attended: bool


def _eligibility(rules: RuleSet) -> _Eligibility:
    known = rules.table.parameters
    return _Eligibility(
        of_expected=rules.value("chronic_minimum_days_of") == "expected",
        minimum=Fraction(rules.decimal("chronic_minimum_days")),
        statuses=frozenset(rules.value("chronic_statuses")) if "chronic_statuses" in known else None,
        exempt_groups=frozenset(
            rules.value("chronic_exempt_groups") if "chronic_exempt_groups" in known else ()
        ),
        must_have_attended=bool(rules.value("chronic_must_have_attended")),
    )


def chronic(summary: AbsenceSummary, rules: RuleSet) -> bool:
    """Whether the student is chronically absent at this school: eligible, and at or over the threshold."""
    percent = rules.once("chronic.threshold", lambda: rules.decimal("chronic_threshold_percent"))
    return eligible(summary, rules) and reaches(absences(summary, rules), summary.expected, percent)


def band(absent: Fraction, expected: Fraction, house: RuleSet) -> str | None:
    """The early-warning band (``fine``, ``at_risk``, ``chronic``, ``severe``); None if none was expected."""
    if not expected:
        return None
    bounds = house.once("bands", lambda: _bands(house))
    return next((name for name, bound in bounds if reaches(absent, expected, bound)), None)


def _bands(house: RuleSet) -> list[tuple[str, Decimal]]:
    """Bands with the percent from which each holds, the highest first."""
    bounds = {name: Decimal(str(bound)) for name, bound in house.value("early_warning_bands").items()}
    return sorted(bounds.items(), key=lambda row: row[1], reverse=True)


@dataclass(frozen=True, slots=True)
class ChronicCount:
    """Chronic and all counted students, with the exact rate; ``public`` is what may be printed."""

    chronic: int
    counted: int

    @property
    def rate(self) -> Fraction | None:
        """Share of the counted students; None where there are none."""
        return Fraction(self.chronic, self.counted) if self.counted else None

    @property
    def percent(self) -> Decimal | None:
        """The rate in percent, half up to one decimal, as public files print it."""
        return None if self.rate is None else half_up(self.rate * HUNDRED, 1)

    def public(self, rules: RuleSet) -> Decimal | None:
        """The percent, or None where the cell is too small to be printed."""
        return self.percent if self.counted > rules.value("public_cell_minimum") else None


def state_count(summaries: Iterable[AbsenceSummary], rules: RuleSet) -> ChronicCount:
    """The state's count of one school: a student counts at each school where eligibility holds."""
    rows = [summary for summary in summaries if eligible(summary, rules)]
    return ChronicCount(sum(chronic(row, rules) for row in rows), len(rows))


def local_plan_count(rows: Iterable[tuple[str, AbsenceSummary]], rules: RuleSet) -> ChronicCount:
    """The local plan's count: chronic students by all students enrolled in the year, each student once.

    ``rows`` are (student, summary at one school); a student who is chronic at any school is chronic.
    """
    everyone: dict[str, bool] = {}
    for student, summary in rows:
        everyone[student] = everyone.get(student, False) or chronic(summary, rules)
    return ChronicCount(sum(everyone.values()), len(everyone))
