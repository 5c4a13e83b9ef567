"""How sections and periods are called, for lists whose rows the caller has already narrowed to its viewer."""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.people.models import ClassPeriod, Section


def section_titles(sections: Iterable[int]) -> dict[int, str]:
    """Titles of sections. One query."""
    return dict(Section.objects.filter(pk__in=set(sections)).values_list("id", "title"))


def period_names(periods: Iterable[int]) -> dict[int, str]:
    """Names of class periods. One query."""
    return dict(ClassPeriod.objects.filter(pk__in=set(periods)).values_list("id", "name"))
