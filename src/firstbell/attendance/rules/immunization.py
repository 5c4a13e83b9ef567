"""No ADA after the conditional immunization date without documents: flagged ahead, stopped on the date."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from firstbell.attendance.rules.rule_set import RuleSet


class ImmunizationStanding(StrEnum):
    """What a student's conditional date means for credit on a day."""

    CLEAR = "clear"
    DUE_SOON = "due_soon"
    NO_CREDIT = "no_credit"


def standing(
    day: date, conditional_until: date | None, documented: date | None, rules: RuleSet
) -> ImmunizationStanding:
    """Standing on ``day``; credit stops on the conditional date and returns with the documents.

    Raises MissingParameter where the rules do not say how far ahead to flag.
    """
    if conditional_until is None or (documented is not None and documented <= day):
        return ImmunizationStanding.CLEAR
    if day >= conditional_until:
        return ImmunizationStanding.NO_CREDIT
    ahead = timedelta(days=int(rules.value("immunization_notice_days")))
    return ImmunizationStanding.DUE_SOON if day >= conditional_until - ahead else ImmunizationStanding.CLEAR
