"""Runs of imports."""

from __future__ import annotations

from typing import Any

from firstbell.exchange.models import ImportRun


def last_options(format_name: str, source: str) -> dict[str, Any]:
    """The habits by which a source was read when it was last applied."""
    runs = ImportRun.objects.filter(format=format_name, source=source, state__in=("applied", "unchanged"))
    return dict(runs.order_by("-pk").values_list("options", flat=True).first() or {})
