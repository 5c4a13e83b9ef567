"""What was done in a student's case beside letters: calls, meetings, visits, agreements."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from firstbell.attendance.data import NoteKind
from firstbell.attendance.models import CaseNote
from firstbell.attendance.selectors.letter_access import NOTE_WRITERS
from firstbell.kernel.finding import Refused, error
from firstbell.people.api import students_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing

LONGEST = 1000


def add_case_note(
    viewer: Viewer, student_id: int, kind: NoteKind, text: str, *, at: datetime | None = None
) -> int:
    """Note a call, meeting, visit or agreement; answers the row's id. Notes are added, never changed.

    Raises NotVisible for a student whose case is not the viewer's, Refused for an empty or coming note.
    """
    with writing():
        reached = students_in_scope(viewer.holding(*NOTE_WRITERS), DataClass.ATTENDANCE)
        if not reached.filter(pk=student_id).exists():
            raise NotVisible
        when = at or timezone.now()
        if not text.strip() or len(text) > LONGEST or when > timezone.now():
            raise Refused(
                [
                    error(
                        "attendance.note",
                        f"a note has 1 to {LONGEST} characters and lies in the past",
                        "write what was said or agreed, and when it was",
                        column="text",
                    )
                ]
            )
        note = CaseNote.objects.create(
            student_id=student_id,
            at=when,
            kind=NoteKind(kind),
            text=text.strip(),
            account_id=viewer.account_id,
            by_name=viewer.name,
        )
        audit.record(
            viewer, "attendance.case_note", "student", student_id, data_classes=[DataClass.ATTENDANCE]
        )
    return note.pk
