"""What may be chosen: codes and excuse reasons in force on a day. The district's lists, nobody's rows."""

from __future__ import annotations

from datetime import date

from firstbell.attendance.data import AttendanceCode, FigureSource
from firstbell.attendance.rules.excuses import excuse_reasons
from firstbell.attendance.rules.rule_set import house_rules
from firstbell.attendance.selectors.setup import codes_for


def valid_codes(day: date, *, ahead: bool = False) -> tuple[AttendanceCode, ...]:
    """Codes valid on ``day`` in screen order; with ``ahead`` those usable for a coming absence. One query."""
    return tuple(code for code in codes_for(day).values() if code.future or not ahead)


def excuse_choices(day: date, language: str = "en") -> list[tuple[str, str]]:
    """(key, title) of the excuse reasons in force on ``day``."""
    return [(one.key, one.title(language)) for one in excuse_reasons(day)]


def early_warning_rule(day: date) -> FigureSource:
    """The early-warning bands in force, in words, with their source."""
    row = house_rules(day).row("early_warning_bands")
    words = [
        f"{name.replace('_', ' ')} from {percent} %" for name, percent in row.value.items() if percent != "0"
    ]
    return FigureSource(parameter="early_warning_bands", value=", ".join(words), citation=row.citation)
