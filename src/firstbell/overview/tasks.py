"""The bridge's figures, counted by the clock."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from firstbell.overview import api
from firstbell.platform.jobs import Run, work


@work("overview.figures", label="Figures of the bridge counted")
def count_figures(run: Run) -> dict[str, Any]:
    """The last weeks and the roster's problems."""
    return dict(api.refresh_figures(timezone.localdate()))


@work("overview.year", label="The year's absence counted")
def count_year(run: Run) -> dict[str, Any]:
    """Chronic absence of every school."""
    return dict(api.refresh_year(timezone.localdate()))
