"""The district's attendance codes: what a mark says, to whom, and how it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CodeKind(StrEnum):
    """What a code says about the body in the seat."""

    PRESENT = "present"
    ABSENT = "absent"
    HALF = "half"


class ReasonClass(StrEnum):
    """Whether the law or the district accepts the reason; neutral where no reason is asked."""

    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    NEUTRAL = "neutral"


class StateCategory(StrEnum):
    """Where a day goes in the state's absence summary (California absence summary 13.16-13.22)."""

    IN_PERSON = "in_person"
    SUSPENSION_OUT = "suspension_out"
    SUSPENSION_IN = "suspension_in"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    INDEPENDENT_STUDY_NO_ADA = "independent_study_no_ada"
    INDEPENDENT_STUDY_ADA = "independent_study_ada"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCode:
    """A code of the district's table, valid from ``begin`` to ``end`` (inclusive, None: still in use).

    ``titles`` are (ISO 639 language, text) pairs. ``rank`` decides which code names a day that saw
    several: the highest wins. A code that was used is ended, never deleted.
    """

    code: str
    key: str
    titles: tuple[tuple[str, str], ...]
    kind: CodeKind
    reason: ReasonClass
    state_category: StateCategory
    rank: int
    begin: date
    end: date | None = None
    tardy: bool = False
    left_early: bool = False
    earns_ada: bool = False
    counts_for_truancy: bool = False
    office_only: bool = False
    default: bool = False
    prefill: bool = False
    future: bool = False
    needs_comment: bool = False
    needs_minutes: bool = False
    on_site: bool = True
    order: int = 0
    color: str = ""

    def title(self, language: str = "en") -> str:
        """The title in ``language``, else in English, else the code itself."""
        titles = dict(self.titles)
        return titles.get(language) or titles.get("en") or self.code

    def valid_on(self, day: date) -> bool:
        """Whether the code may be written for ``day``."""
        return self.begin <= day and (self.end is None or day <= self.end)
