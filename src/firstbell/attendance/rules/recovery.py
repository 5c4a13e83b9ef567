"""Attendance recovery: days made good outside school hours, within the year's limit (EC 46210-46211)."""

from __future__ import annotations

from fractions import Fraction

from firstbell.attendance.rules.rule_set import RuleSet

Amount = Fraction | int


def credited_days(absences: Amount, recovered: Amount, rules: RuleSet) -> Fraction:
    """Days credited in the school year: the least of the limit, the absences and the days recovered.

    Raises MissingParameter where the rules know no recovery, ValueError for negative days.
    """
    if absences < 0 or recovered < 0:
        raise ValueError("days cannot be negative: check absences and recovered days")
    limit = Fraction(rules.decimal("recovery_maximum_days"))
    return min(limit, Fraction(absences), Fraction(recovered))


def chronic_absences(absences: Amount, credited: Amount, rules: RuleSet) -> Fraction:
    """Absences that count for the chronic rate: recovered days stay in unless the rules take them out."""
    if rules.value("recovery_reduces_chronic_absence"):
        return Fraction(absences) - Fraction(credited)
    return Fraction(absences)
