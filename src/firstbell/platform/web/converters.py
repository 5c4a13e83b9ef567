"""Parts of an address that are values: a date."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter


class DayConverter:
    """A school-local date as ISO 8601: ``<day:day>`` matches ``2026-11-24``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError (the address does not match) for a day that the calendar does not have."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """A date, or one already written."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")
