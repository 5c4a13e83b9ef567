"""Opening a masked field with a typed reason."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.people.data.words import OpeningReason
from firstbell.people.models import FieldOpening
from firstbell.people.selectors.opening import openings
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing

OPEN_FOR = timedelta(minutes=15)
SHORTEST = 8


def open_field(
    viewer: Viewer, student_id: int, data_class: DataClass, field: str, *, code: OpeningReason, reason: str
) -> None:
    """Open a masked field of the student to this viewer for a quarter of an hour; who, what and why is kept.

    Raises Refused when the reason says nothing, NotVisible when no such field is masked for the viewer.
    """
    if viewer.account_id is None or not openings(viewer, student_id)[data_class].masks(field):
        raise NotVisible
    reason = reason.strip()
    if len(reason) < SHORTEST:
        raise Refused(
            [
                error(
                    "field.reason",
                    "the reason is too short to be reviewed",
                    "say in a few words what you need it for",
                    column="reason",
                )
            ]
        )
    with writing():
        FieldOpening.objects.create(
            account_id=viewer.account_id,
            student_id=student_id,
            data_class=data_class,
            field=field,
            reason_code=code.value,
            reason=reason,
            until=timezone.now() + OPEN_FOR,
        )
        audit.record(
            viewer,
            "field.open",
            "student",
            student_id,
            data_classes=[data_class],
            fields=[field],
            reason=f"{code.value}: {reason}",
        )
