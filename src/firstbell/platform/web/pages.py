"""What a page is: a view that speaks only to its viewer, says nothing of other rows, and leaves a trace.

    @page(reads=DataClass.ATTENDANCE)
    def calendar(request: PageRequest, student_id: int) -> HttpResponse:
        days = attendance.api.calendar_of(request.viewer, student_id)   # NotVisible -> 404
        return render(request, "attendance/calendar.html", {"days": days})

Every view demands sign-in by default (middleware); ``page`` adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.audit import Act, record, record_many


class PageRequest(HttpRequest):
    """A request with its viewer."""

    viewer: Viewer
    reads: list[Act]
    #: what htmx says of its request; false for a whole page (set by its middleware)
    htmx: Any


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class PageRule:
    """Who may open a page at all. Found on the view as ``rule``; the access walk holds it to its table."""

    reads: DataClass | None = None
    writes: DataClass | None = None
    counts: DataClass | None = None
    roles: tuple[str, ...] = ()

    def let_in(self, viewer: Viewer) -> None:
        """Raise NotAllowed where the viewer's roles do not open the page."""
        if self.reads is not None:
            viewer.require(self.reads)
        if self.writes is not None:
            viewer.require(self.writes, write=True)
        if self.counts is not None and not viewer.may_count(self.counts):
            raise NotAllowed(f"counts of {self.counts.name.lower()} records")
        if self.roles and not viewer.holds(*self.roles):
            raise NotAllowed("this page")


def page(
    *,
    reads: DataClass | None = None,
    writes: DataClass | None = None,
    counts: DataClass | None = None,
    roles: Iterable[str] = (),
) -> Callable[[View], View]:
    """Make a view a page: open only to viewers who may read (write) that class, or hold one of ``roles``.

    ``counts`` opens it to those who may see counts of that class as well, without any person's row.
    ``NotAllowed`` becomes 403 and is recorded; ``NotVisible`` becomes 404. Sensitive reads noted
    with ``note_read`` are recorded before the page leaves: no record, no page.
    """
    rule = PageRule(reads, writes, counts, tuple(roles))

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.reads = []
            try:
                rule.let_in(request.viewer)
                response = view(request, *args, **kwargs)
            except NotAllowed as refusal:
                _record_refusal(request)
                raise PermissionDenied(str(refusal)) from refusal
            except NotVisible:
                raise Http404 from None
            if request.reads:
                record_many(request.viewer, request.reads)
            return response

        guarded.rule = rule  # type: ignore[attr-defined]  # read by the access walk
        return guarded

    return decorate


def note_read(
    request: HttpRequest,
    data_class: DataClass,
    object_kind: str,
    object_id: str | int = "",
    *,
    fields: Iterable[str] = (),
    count: int = 1,
) -> None:
    """Have this page's read of a sensitive class (D6 to D13) recorded; other classes pass without a row."""
    if not data_class.sensitive:
        return
    request.reads.append(  # type: ignore[attr-defined]  # set by ``page``
        Act(
            action="record.read",
            object_kind=object_kind,
            object_id=object_id,
            data_classes=(data_class,),
            fields=tuple(fields),
            count=count,
        )
    )


def _record_refusal(request: Any) -> None:
    """A refused attempt is an event; the page's own transaction is undone by then."""
    match = request.resolver_match
    record(request.viewer, "access.refuse", "page", match.view_name if match else "", count=0)
