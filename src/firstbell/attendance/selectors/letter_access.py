"""Who sees letters and cases, who decides on them, and which address may be shown or printed."""

from __future__ import annotations

from django.db.models import QuerySet

from firstbell.attendance.models import Letter
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.people.api import students_in_scope
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Scope, Viewer

#: staff who read letters and case notes; a teacher sees attendance, not the case made of it
READERS = (*OFFICE, "counselor", "case_manager", "registrar", "state_reporting")
#: staff who write case notes
NOTE_WRITERS = (*OFFICE, "counselor", "case_manager")
MASK = "confidential address"


def letters_in_scope(viewer: Viewer) -> QuerySet[Letter]:
    """Letters of students whose case the viewer may read."""
    if viewer.purpose:
        return Letter.objects.all()
    return Letter.objects.filter(
        student__in=students_in_scope(viewer.holding(*READERS), DataClass.ATTENDANCE)
    )


def may_decide(viewer: Viewer, school_id: int) -> bool:
    """Whether the viewer is of the office that reviews and sends letters of this school."""
    return bool(viewer.purpose) or school_id in viewer.schools(*OFFICE)


def letter_to_decide(viewer: Viewer, letter_id: int) -> Letter:
    """The letter, held for this transaction. Raises NotVisible, and NotAllowed outside of its office."""
    row = letters_in_scope(viewer).filter(pk=letter_id).first()
    if row is None:
        raise NotVisible
    if not may_decide(viewer, row.school_id):
        raise NotAllowed("deciding on this school's letters")
    return Letter.objects.select_for_update().get(pk=row.pk)


def opens_confidential_address(viewer: Viewer, school_id: int, *, reason: str = "") -> bool:
    """Whether policy lets the viewer print a confidential address of a student of this school.

    The custody class decides: its field must be open to one of the viewer's roles there, and where it is
    masked a typed reason opens it.
    """
    if viewer.purpose:
        return True
    for held, cell in viewer.cells(DataClass.CUSTODY):
        here = Scope.DISTRICT in cell.scopes or (
            Scope.BUILDING in cell.scopes and held.school_id == school_id
        )
        named = not cell.fields or "confidential_address" in cell.fields
        if here and named and (not cell.masked or reason.strip()):
            return True
    return False
