"""How many records are kept for rooms to come."""

from __future__ import annotations

from django.db.models import Count

from firstbell.exchange.models import KeptRecordRow


def kept_counts() -> dict[str, int]:
    """Kept records by kind. Counts only: no row is shown, no viewer needed."""
    rows = KeptRecordRow.objects.order_by("kind").values_list("kind").annotate(number=Count("id"))
    return dict(rows)
