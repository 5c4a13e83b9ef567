"""Columns of a list, described once for the page, the phone and the CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import django_tables2
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django_tables2.data import TableListData

from firstbell.kernel.fetched import Fetched
from firstbell.platform.ui.words import decimal_words, percent_words, time_words

Linkify = Callable[[Any], str]


class Column(django_tables2.Column):
    """Text. ``head`` makes the cell the row's heading; ``priority=3`` leaves it out on narrow desks.

    ``link`` takes the row and answers the address it leads to ("" for none); ``empty`` is said where there
    is no value.
    """

    number = False
    nowrap = False
    empty_values: tuple[Any, ...] = (None, "")

    def __init__(
        self,
        label: str,
        *,
        head: bool = False,
        priority: int = 1,
        link: Linkify | None = None,
        sortable: bool = True,
        note: str = "",
        empty: str = "",
        **more: Any,
    ) -> None:
        self.head, self.note, self.priority = head, note, priority
        classes = " ".join(
            word
            for word in (
                "number" if self.number else "",
                "nowrap" if self.nowrap else "",
                "priority-3" if priority == 3 else "",
            )
            if word
        )
        attrs = {"class": classes} if classes else {}
        linkify = {"linkify": (lambda record: link(record) or None)} if link else {}
        super().__init__(
            verbose_name=label,
            attrs={"th": attrs, "td": attrs},
            orderable=sortable,
            default=empty,
            **linkify,
            **more,
        )


class NumberColumn(Column):
    """A count or an exact number, ``places`` digits after the point."""

    number = True

    def __init__(self, label: str, *, places: int = 0, **more: Any) -> None:
        self.places = places
        super().__init__(label, **more)

    def render(self, value: Any) -> str:
        """As a reader of columns wants it."""
        return decimal_words(value, self.places)

    def value(self, value: Any) -> Any:
        """For a file: the number without separators."""
        return decimal_words(value, self.places).replace(",", "")


class PercentColumn(Column):
    """A share from 0 to 1, shown as a percent."""

    number = True

    def render(self, value: Fraction) -> str:
        """As a percent with one digit."""
        return percent_words(value)

    def value(self, value: Fraction) -> str:
        """For a file: the percent's number."""
        return decimal_words(Fraction(value) * 100, 2)


class DateColumn(Column):
    """A school-local date."""

    nowrap = True

    def render(self, value: date) -> str:
        """``Nov 24, 2026``."""
        if isinstance(value, datetime):
            value = timezone.localtime(value).date()
        return f"{value:%b} {value.day}, {value.year}"

    def value(self, value: date) -> str:
        """For a file: ISO 8601."""
        return value.isoformat()


class TimeColumn(Column):
    """A time of day, or an instant shown as one."""

    nowrap = True

    def render(self, value: time | datetime) -> str:
        """``8:05 am``."""
        return time_words(value)

    def value(self, value: time | datetime) -> str:
        """For a file: ISO 8601."""
        return value.isoformat(timespec="minutes")


class MomentColumn(Column):
    """An instant, shown in the district's time."""

    def render(self, value: datetime) -> str:
        """``Nov 24, 2026, 8:05 am``."""
        local = timezone.localtime(value)
        return f"{local:%b} {local.day}, {local.year}, {time_words(local)}"

    def value(self, value: datetime) -> str:
        """For a file: ISO 8601."""
        return value.isoformat(timespec="minutes")


class BadgeColumn(Column):
    """A state from a fixed list: a shape, a word and a tone. ``states``: value -> (word, tone)."""

    def __init__(self, label: str, *, states: Mapping[Any, tuple[str, str]], **more: Any) -> None:
        self.states = states
        super().__init__(label, **more)

    def render(self, value: Any) -> Any:
        """The badge."""
        from firstbell.platform.ui.marks import badge

        word, tone = self.states.get(value, (str(value), "neutral"))
        return badge(word, tone)

    def value(self, value: Any) -> str:
        """For a file: the word."""
        return self.states.get(value, (str(value), ""))[0]


class BadgesColumn(Column):
    """Any number of states of a row. ``of`` takes the row and answers (word, tone) pairs."""

    empty_values = ()

    def __init__(self, label: str, *, of: Callable[[Any], Iterable[tuple[str, str]]], **more: Any) -> None:
        self.of = of
        super().__init__(label, accessor="pk", sortable=False, **more)

    def render(self, record: Any) -> Any:
        """The badges in a row."""
        from firstbell.platform.ui.marks import badge

        return format_html_join(" ", "{}", ((badge(word, tone),) for word, tone in self.of(record)))

    def value(self, record: Any) -> str:
        """For a file: the words."""
        return ", ".join(word for word, _ in self.of(record))


class ActionsColumn(Column):
    """What can be done with a row. ``of`` takes the row and answers (address, words) pairs."""

    empty_values = ()

    def __init__(self, label: str, *, of: Callable[[Any], Iterable[tuple[str, str]]], **more: Any) -> None:
        self.of = of
        super().__init__(label, accessor="pk", sortable=False, exclude_from_export=True, **more)

    def render(self, record: Any) -> Any:
        """The links as small buttons."""
        links = format_html_join(
            " ",
            '<a class="button button--small" href="{}">{}</a>',
            ((url, words) for url, words in self.of(record)),
        )
        return format_html('<span class="table__actions">{}</span>', links) if links else ""


class Table(django_tables2.Table):
    """A list on a page. Rows are values of a room's ``data``; write ``class Rows(Table)`` with columns.

    ``caption`` names the table for everybody; ``nothing`` is said where there are no rows.
    """

    nothing = "There is nothing here."

    def __init__(
        self, rows: Any, *, caption: str, nothing: str = "", caption_hidden: bool = False, **more: Any
    ) -> None:
        # a sequence that fetches what a page shows stays one; it cannot be sorted here
        kept = TableListData(rows) if isinstance(rows, Fetched) else list(rows)
        more.setdefault("orderable", not isinstance(rows, Fetched))
        super().__init__(data=kept, template_name="platform/ui/table.html", **more)
        self.caption = caption
        self.caption_hidden = caption_hidden
        if nothing:
            self.nothing = nothing
