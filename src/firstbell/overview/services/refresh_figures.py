"""Counting anew what the bridge keeps."""

from __future__ import annotations

from datetime import date

from firstbell.overview.selectors.kept import past_rates, problems, usual_hours, year_rows


def refresh_figures(today: date) -> dict[str, int]:
    """Count the last weeks' attendance and the roster's problems; the year only where none is kept."""
    past = past_rates(today, refresh=True).value
    usual_hours(today, refresh=True)
    found = problems(today, refresh=True).value
    if year_rows(today) is None:
        refresh_year(today)
    return {"schools": len(past), "problems": sum(row.number for row in found)}


def refresh_year(today: date) -> dict[str, int]:
    """Count every school's year so far, and as it stood four weeks before."""
    kept = year_rows(today, refresh=True)
    return {"schools": len(kept.value.now) if kept else 0}
