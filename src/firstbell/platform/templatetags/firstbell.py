"""The components of ``platform.ui`` in templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from firstbell.kernel.finding import Finding
from firstbell.platform.ui import marks, words

register = template.Library()
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.badge, name="badge")


@register.simple_tag(takes_context=True)
def table(context: template.Context, rows: Any) -> SafeString:
    """A ``platform.ui.Table``, with sorting links and pager for this request."""
    request: HttpRequest = context["request"]
    drawn = get_template(rows.template_name).render({"table": rows, "request": request}, request)
    return mark_safe(drawn)  # noqa: S308 - rendered by an escaping template


@register.simple_tag
def form_rows(form: Any) -> SafeString:
    """Every visible field with label, help and mistakes; the summary of mistakes first."""
    return mark_safe(get_template("platform/ui/form.html").render({"form": form}))  # noqa: S308 - escaped there


@register.inclusion_tag("platform/ui/form_problems.html")
def form_problems(form: Any) -> dict[str, Any]:
    """The summary of a form's mistakes, for a page that draws the rows itself."""
    return {"form": form}


@register.simple_tag
def form_row(field: BoundField) -> SafeString:
    """One field with label, help and mistakes."""
    return mark_safe(  # noqa: S308 - rendered by an escaping template
        get_template("platform/ui/form_row.html").render(
            {"field": field, "check": isinstance(field.field.widget, CheckboxInput)}
        )
    )


@register.inclusion_tag("platform/ui/field.html")
def field_row(field: BoundField) -> dict[str, Any]:
    """One field of a filter bar."""
    return {"field": field, "check": isinstance(field.field.widget, CheckboxInput)}


@register.inclusion_tag("platform/ui/empty.html")
def empty(title: str, words: str = "", url: str = "", action: str = "", icon: str = "info") -> dict[str, Any]:
    """Nothing here: why, and what to do next."""
    return {"title": title, "words": words, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("platform/ui/stat.html")
def stat(
    label: str, value: Any, *, unit: str = "", note: str = "", tone: str = "", url: str = "", action: str = ""
) -> dict[str, Any]:
    """A figure with its label, what is usual, and the way to whoever can act."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "tone": tone,
        "url": url,
        "action": action,
    }


@register.inclusion_tag("platform/ui/note.html")
def note(sentence: str, tone: str = "info") -> dict[str, Any]:
    """A sentence that must not be missed."""
    return {"sentence": sentence, "tone": tone, "icon": marks.TONES.get(tone, "info")}


@register.inclusion_tag("platform/ui/findings.html")
def findings(rows: Iterable[Finding]) -> dict[str, Any]:
    """What is wrong, where, and what to do next."""
    return {"rows": list(rows)}


@register.inclusion_tag("platform/ui/chart.html", name="chart")
def draw_chart(measured: Any) -> dict[str, Any]:
    """A line chart and its table."""
    return {"chart": measured}


@register.inclusion_tag("platform/ui/calendar.html")
def calendar(months: Iterable[Any], title: str) -> dict[str, Any]:
    """Months of marked days."""
    return {"months": list(months), "title": title}


@register.inclusion_tag("platform/ui/tabs.html", takes_context=True)
def tabs(context: template.Context, links: Iterable[tuple[str, str]], label: str) -> dict[str, Any]:
    """Links between the sides of one thing: (address, words) pairs; the current one is marked."""
    path = context["request"].path
    return {"links": [(url, word, url == path) for url, word in links], "label": label}


@register.filter
def percent(share: Fraction | None, places: int = 1) -> str:
    """A share as a percent."""
    return words.percent_words(share, places)


@register.filter
def exact(value: Any, places: int = 0) -> str:
    """A number rounded half up; an en dash for none."""
    return "–" if value is None else words.decimal_words(value, places)


@register.filter
def clock(value: time | datetime | None) -> str:
    """A time of day."""
    return words.time_words(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """``Tue, Nov 24, 2026``; an en dash for none."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value:%a, %b} {value.day}, {value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """``Nov 24, 8:05 am``."""
    return words.moment_words(value, year=False)
