"""What a page is: a view that speaks only to its viewer, says nothing of other rows, and leaves a trace.

    @page(reads=DataClass.ATTENDANCE)
    def calendar(request: PageRequest, student_id: int) -> HttpResponse:
        days = attendance.api.calendar_of(request.viewer, student_id)   # NotVisible -> 404
        return render(request, "attendance/calendar.html", {"days": days})

Every view demands sign-in by default (middleware); ``page`` adds the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def page(
    *, reads: DataClass | None = None, writes: DataClass | None = None, roles: Iterable[str] = ()
) -> Callable[[View], View]:
    """Make a view a page: open only to viewers who may read (write) that class, or hold one of ``roles``.

    ``NotAllowed`` becomes 403 and is recorded; ``NotVisible`` becomes 404. Sensitive reads noted
    with ``note_read`` are recorded before the page leaves: no record, no page.
    """
    needed = tuple(roles)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.reads = []
            try:
                _let_in(request.viewer, reads, writes, needed)
                response = view(request, *args, **kwargs)
            except NotAllowed as refusal:
                _record_refusal(request)
                raise PermissionDenied(str(refusal)) from refusal
            except NotVisible:
                raise Http404 from None
            if request.reads:
                record_many(request.viewer, request.reads)
            return response

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


def _let_in(
    viewer: Viewer, reads: DataClass | None, writes: DataClass | None, roles: tuple[str, ...]
) -> None:
    if reads is not None:
        viewer.require(reads)
    if writes is not None:
        viewer.require(writes, write=True)
    if roles and not viewer.holds(*roles):
        raise NotAllowed("this page")


def _record_refusal(request: Any) -> None:
    """A refused attempt is an event; the page's own transaction is undone by then."""
    match = request.resolver_match
    record(request.viewer, "access.refuse", "page", match.view_name if match else "", count=0)
