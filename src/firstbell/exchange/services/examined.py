"""What every delivery passes before it is shown: references, repeated keys, conflicts."""

from __future__ import annotations

from firstbell.exchange.data import Delivery
from firstbell.people.api import examine


def examined(delivery: Delivery) -> Delivery:
    """The same delivery with what its roster shows as a whole, refusing findings first."""
    seen = examine(delivery.roster)
    delivery.findings = sorted([*delivery.findings, *seen.findings], key=lambda finding: not finding.refuses)
    for code, rows in seen.details.items():
        delivery.details.setdefault(code, []).extend(rows)
    return delivery
