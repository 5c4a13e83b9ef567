"""What does not add up in the roster, as pages and the bridge tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem in the roster. ``sentence``: what follows the number, of one and of several."""

    code: str
    title: str
    sentence: str
    next_step: str
    #: student or section
    about: str

    def words(self, number: int) -> str:
        """``3 students are in no section today``."""
        one, several = self.sentence.split("|")
        return f"{number:,} {one if number == 1 else several}"


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How many have a problem at a school."""

    kind: ProblemKind
    school_id: int
    school: str
    number: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A student or section that has a problem."""

    about: str
    id: int
    name: str
    number: str
