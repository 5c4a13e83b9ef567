"""How far one student is open to one viewer, as a value that pages may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from firstbell.platform.access.data import DataClass, Scope

#: relations of a family, whose view of a record is its own and not the office's
FAMILY = frozenset({Scope.OWN, Scope.WARDS})


@dataclass(frozen=True, slots=True)
class Opening:
    """One data class of one student: which fields are open, which open by a typed reason."""

    everything: bool = False
    fields: frozenset[str] = frozenset()
    masks_everything: bool = False
    masked_fields: frozenset[str] = frozenset()
    writes_everything: bool = False
    written_fields: frozenset[str] = frozenset()
    #: every role that opens it is one whose reads are disclosures
    logged: bool = False

    def shows(self, name: str) -> bool:
        """Whether the viewer sees the field as it is."""
        return self.everything or name in self.fields

    def masks(self, name: str) -> bool:
        """Whether the field is there for the viewer, but opens by a typed reason only."""
        return not self.shows(name) and (self.masks_everything or name in self.masked_fields)

    def writes(self, name: str) -> bool:
        """Whether the viewer may change the field."""
        return self.writes_everything or name in self.written_fields

    @property
    def reached(self) -> bool:
        """Whether anything of the class is there for the viewer."""
        return self.everything or self.masks_everything or bool(self.fields or self.masked_fields)


CLOSED = Opening()
OPEN = Opening(everything=True, writes_everything=True)


@dataclass(frozen=True, slots=True)
class Openings:
    """All classes of one student for one viewer. ``family``: reached as oneself or as a ward only."""

    student_id: int
    by_class: Mapping[DataClass, Opening] = field(default_factory=dict)
    family: bool = False

    def __getitem__(self, data_class: DataClass) -> Opening:
        return self.by_class.get(data_class, CLOSED)

    def shows(self, data_class: DataClass, name: str) -> bool:
        """Whether the viewer sees that field of that class."""
        return self[data_class].shows(name)

    def may_write(self, data_class: DataClass, name: str = "") -> bool:
        """Whether the viewer may change the student's rows of that class, or that one field of them."""
        opening = self[data_class]
        return opening.writes(name) if name else opening.writes_everything


@dataclass(frozen=True, slots=True)
class StudentTab:
    """A side of a student's page, from whichever room: its address's name, its words, for whom it is there.

    The address takes ``student_id``. The rooms' tabs stand in one list (``FIRSTBELL_STUDENT_TABS``).
    """

    route: str
    words: str
    opens: Callable[[Openings], bool]
