"""Who stands in for whom in a section on a day."""

from __future__ import annotations

from datetime import date

from firstbell.people.models import Substitution


def acting_for_on(account_id: int | None, day: date) -> dict[int, str]:
    """By section id the teacher for whom this account acts on ``day`` ("First Last", empty if unnamed)."""
    if account_id is None:
        return {}
    rows = Substitution.objects.filter(day=day, staff__account=account_id).values_list(
        "section_id", "acting_for__first_name", "acting_for__last_name"
    )
    return {section: " ".join(part for part in names if part) for section, *names in rows}
