"""Codes and settings in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.forms.models import model_to_dict

from firstbell.attendance.data import AttendanceCode, CodeKind, ReasonClass, StateCategory
from firstbell.attendance.models import (
    AttendanceCodeRow,
    AttendanceLock,
    AttendanceSettings,
    LetterSettings,
)
from firstbell.attendance.rules.codes import codes_on
from firstbell.attendance.rules.rule_set import rule_set, unloaded_findings
from firstbell.kernel.finding import Finding

_ENUMS = {"kind": CodeKind, "reason": ReasonClass, "state_category": StateCategory}


def code_table() -> tuple[AttendanceCode, ...]:
    """Every code the district has or had, in screen order. One query."""
    return tuple(_code(row) for row in AttendanceCodeRow.objects.all())


def _code(row: AttendanceCodeRow) -> AttendanceCode:
    values = model_to_dict(row, exclude=["id", "titles"])
    for name, enum in _ENUMS.items():
        values[name] = enum(values[name])
    return AttendanceCode(titles=tuple(row.titles.items()), **values)


def codes_for(day: date) -> dict[str, AttendanceCode]:
    """The codes valid on ``day``, by code, in screen order. One query."""
    return codes_on(day, code_table())


Dated = TypeVar("Dated", AttendanceSettings, LetterSettings)


def _in_force(model: type[Dated], schools: Iterable[int], day: date) -> dict[int, Dated]:
    found: dict[int | None, Dated] = {}
    for row in model.objects.filter(begin__lte=day).order_by("begin"):
        found[row.school_id] = row
    fallback = found.get(None) or model(begin=day)
    return {school: found.get(school, fallback) for school in schools}


def settings_for(schools: Iterable[int], day: date) -> dict[int, AttendanceSettings]:
    """The settings in force at each school on ``day``: its own newest row, else the district's, else the
    house's defaults. One query."""
    return _in_force(AttendanceSettings, schools, day)


def unloaded_rules(schools: Iterable[int], day: date) -> list[Finding]:
    """What pages say beside the figures of schools whose state's rules are not loaded. One query."""
    names = {settings.rules for settings in settings_for(schools, day).values()}
    return unloaded_findings(rule_set(name, day) for name in names)


def letter_settings_for(schools: Iterable[int], day: date) -> dict[int, LetterSettings]:
    """The letter settings in force at each school on ``day``, as ``settings_for``. One query."""
    return _in_force(LetterSettings, schools, day)


def locked_through(schools: Iterable[int]) -> dict[int, date]:
    """The last locked day of each school that has one. One query."""
    locks: dict[int, date] = {}
    for school, through in AttendanceLock.objects.filter(school__in=list(schools)).values_list(
        "school_id", "through"
    ):
        locks[school] = max(through, locks.get(school, through))
    return locks
