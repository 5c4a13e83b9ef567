"""All disclosures about one student."""

from __future__ import annotations

from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.disclosure.bases import bases
from firstbell.platform.disclosure.data import DisclosureLine
from firstbell.platform.models import DisclosedStudent, Disclosure


def disclosures_about(
    viewer: Viewer, student_id: int, *, with_exempt: bool = False, most: int | None = None
) -> list[DisclosureLine]:
    """The student's record of disclosures, newest first; the parent's copy leaves the exempt ones out.

    One query.

    The caller has found the student through its own selector for this viewer. Raises NotAllowed
    without access to logs (data class D17): teachers may not read it (Cal. Ed. Code 49064).
    """
    viewer.require(DataClass.LOGS)
    rows = Disclosure.objects.filter(
        pk__in=DisclosedStudent.objects.filter(student_id=student_id).values("disclosure_id")
    )
    if not with_exempt:
        rows = rows.filter(exempt=False)
    return [_line(row) for row in rows.order_by("-requested_at", "-pk")[:most]]


def _line(row: Disclosure) -> DisclosureLine:
    return DisclosureLine(
        id=row.pk,
        party=row.party,
        basis=bases()[row.basis],
        purpose=row.purpose,
        channel=row.channel,
        data_classes=tuple(DataClass(code) for code in row.data_classes.split()),
        fields=tuple(row.fields.split()),
        requested_at=row.requested_at,
        released_at=row.released_at,
        refused_reason=row.refused_reason,
        agreement=row.agreement,
        redisclosure_terms=row.redisclosure_terms,
        student_count=row.student_count,
    )
