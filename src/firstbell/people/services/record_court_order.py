"""Recording a court order: it bars a contact from a student, above every other relation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firstbell.people.models import CourtOrder
from firstbell.people.selectors.scope import students_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing

BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourtOrder:
    """A court order as sighted; ``reference`` is the court's number, ``end`` inclusive or open."""

    student_id: int
    contact_id: int
    begin: date
    reference: str
    end: date | None = None


def record_court_orders(viewer: Viewer, orders: Iterable[NewCourtOrder]) -> int:
    """Record orders that bar access from their first day on; answers how many are new.

    Raises NotVisible for a student whose custody records the viewer may not write.
    """
    with writing():
        rows = list(orders)
        if not viewer.purpose:
            mine = students_in_scope(viewer, DataClass.CUSTODY, write=True).values_list("id", flat=True)
            if not {order.student_id for order in rows} <= set(mine):
                raise NotVisible
        present = set(CourtOrder.objects.values_list("student_id", "contact_id", "begin", "reference"))
        new = [
            CourtOrder(
                student_id=order.student_id,
                contact_id=order.contact_id,
                begin=order.begin,
                end=order.end,
                reference=order.reference,
            )
            for order in rows
            if (order.student_id, order.contact_id, order.begin, order.reference) not in present
        ]
        CourtOrder.objects.bulk_create(new, batch_size=BATCH)
        if new:
            audit.record(viewer, "custody.order", "student", data_classes=[DataClass.CUSTODY], count=len(new))
    return len(new)
