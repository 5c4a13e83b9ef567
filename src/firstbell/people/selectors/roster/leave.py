"""What may leave with a viewer: the rows that the policy opens without a limit, asked for once."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from firstbell.people.models import Section, Student
from firstbell.people.selectors.scope import sections_in_scope, students_in_scope
from firstbell.platform.access import DataClass, Viewer


def unlimited(viewer: Viewer, data_class: DataClass) -> Viewer:
    """The viewer in the roles that read this class whole: every field, unmasked, no mere counts."""
    roles = {
        held.role
        for held, cell in viewer.cells(data_class)
        if cell.reads_rows and not (cell.fields or cell.masked or cell.suppressed)
    }
    return viewer.holding(*roles)


def students_leaving(viewer: Viewer, data_class: DataClass) -> QuerySet[Student]:
    """Students whose rows of ``data_class`` may leave with the viewer whole."""
    return students_in_scope(unlimited(viewer, data_class), data_class)


class Leave:
    """Rows that may leave, and the ids under which they do."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self.today: date = viewer.today
        #: sourced id by list of the roster and row id
        self.keys: dict[str, dict[int, str]] = {}

    @cached_property
    def students(self) -> QuerySet[Student]:
        """Students who leave: name and enrolment both open."""
        enrolled = students_leaving(self.viewer, DataClass.ENROLLMENT)
        named = students_leaving(self.viewer, DataClass.DIRECTORY)
        return named.filter(ended_on=None, pk__in=enrolled.values("pk"))

    @cached_property
    def described(self) -> frozenset[int]:
        """Students whose demographics, directory and contacts leave too."""
        rows = students_leaving(self.viewer, DataClass.CONTACT).filter(pk__in=self.students.values("pk"))
        return frozenset(rows.values_list("pk", flat=True))

    @cached_property
    def sections(self) -> QuerySet[Section]:
        """Sections that leave."""
        whole = unlimited(self.viewer, DataClass.ENROLLMENT)
        return sections_in_scope(whole, DataClass.ENROLLMENT).filter(ended_on=None)

    @cached_property
    def posts(self) -> bool:
        """Whether staff leave with their posts."""
        if self.viewer.purpose:
            return True
        return unlimited(self.viewer, DataClass.STAFF).sees_whole_district(DataClass.STAFF)

    def name(self, kind: str, row: int, sourced_id: Any) -> str:
        """The key of a record from now on."""
        key = self.keys.setdefault(kind, {})[row] = str(sourced_id)
        return key

    def key(self, kind: str, row: int | None) -> str:
        """The key of a record that leaves; empty for one that does not."""
        return self.keys.get(kind, {}).get(row, "") if row else ""
