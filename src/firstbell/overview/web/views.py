"""The first page: the bridge for those who look after the district, the day's work for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from firstbell.overview import api
from firstbell.overview.data import Bridge, Panel
from firstbell.overview.web.landing import landing
from firstbell.overview.web.links import address
from firstbell.overview.web.tables import CLASSES, TABLES
from firstbell.platform.access import NotVisible, Viewer
from firstbell.platform.ui import Chart, Series, Table, chart, download, percent_words, present
from firstbell.platform.web.pages import PageRequest, page

#: rows of a panel's table before the rest is folded away
FEW = 6
SIZE = 100


@require_safe
@page()
def home(request: PageRequest) -> HttpResponse:
    """Where the viewer's role begins its day."""
    where = landing(request.viewer)
    if where:
        return redirect(where)
    return _bridge(request) if api.has_bridge(request.viewer) else render(request, "overview/home.html")


@require_safe
@page()
def bridge(request: PageRequest) -> HttpResponse:
    """Every panel that is open to the viewer, also to those whose day begins elsewhere."""
    return _bridge(request)


@require_safe
@page()
def bridge_panel(request: PageRequest, key: str) -> HttpResponse:
    """All rows of one panel, also as a file."""
    found = api.bridge_panel(request.viewer, key)
    if found is None or key not in TABLES:
        raise NotVisible
    kind, caption = TABLES[found.key]
    if request.GET.get("as") == "csv":
        file_name = f"{found.key}-{request.viewer.today}.csv"
        purpose = f"the bridge: {found.title}"
        whole = kind(found.rows, caption=caption)
        return download(request.viewer, whole, file_name, data_classes=CLASSES[found.key], purpose=purpose)
    table = _table(request, found, found.rows, size=SIZE)
    return render(request, "overview/panel.html", {"panel": found, "table": table})


def _bridge(request: PageRequest) -> HttpResponse:
    viewer = request.viewer
    shown = api.bridge(viewer)
    return render(
        request,
        "overview/bridge.html",
        {
            "today": viewer.today,
            "steps": [(step, address(viewer, step.place)) for step in shown.steps],
            "tiles": [(tile, address(viewer, tile.place), tile.place) for tile in shown.tiles],
            "waiting": _waiting(viewer, shown),
            "panels": [drawn for panel in shown.panels if (drawn := _drawn(request, panel))],
        },
    )


def _waiting(viewer: Viewer, shown: Bridge) -> list[dict[str, Any]]:
    return [
        {
            "words": one.words,
            "tone": one.tone,
            "url": address(viewer, one.place),
            "action": one.place.words if one.place else "",
            "whose": one.whose,
        }
        for one in shown.waiting
    ]


def _drawn(request: PageRequest, panel: Panel) -> dict[str, Any] | None:
    """A panel with its table, its chart and the links that are open; None where its figures say it all."""
    links = [(address(request.viewer, place), place.words) for place in panel.places]
    shown = {
        "panel": panel,
        "table": _table(request, panel, panel.rows[:FEW]),
        "more": len(panel.rows) > FEW,
        "chart": _chart(panel),
        "links": [(url, words) for url, words in links if url],
    }
    body = panel.lede or panel.facts or panel.nothing or shown["table"] or shown["chart"]
    return shown if body else None


def _table(request: PageRequest, panel: Panel, rows: Sequence[Any], *, size: int = 0) -> Table | None:
    if not rows or panel.key not in TABLES:
        return None
    kind, caption = TABLES[panel.key]
    told = [name for name in ("note",) if name in kind.base_columns and not any(row.note for row in rows)]
    table = kind(rows, caption=caption, caption_hidden=True, exclude=tuple(told), orderable=bool(size))
    return present(request, table, size=size)


def _chart(panel: Panel) -> Chart | None:
    if not panel.trend:
        return None
    shares = [point.share for point in panel.trend if point.share is not None]
    last = panel.trend[-1]
    return chart(
        "trend",
        panel.title,
        [f"{point.day:%b} {point.day.day}" for point in panel.trend],
        [
            Series("Attendance", tuple(_points(point.share) for point in panel.trend)),
            Series("Usual for the weekday", tuple(_points(point.usual) for point in panel.trend)),
        ],
        summary=f"Between {percent_words(min(shares))} and {percent_words(max(shares))}; "
        f"{percent_words(last.share)} on {last.day:%A, %B} {last.day.day}.",
        unit="percent",
    )


def _points(share: Any) -> float | None:
    return None if share is None else float(share * 100)
