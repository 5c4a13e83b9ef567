"""Somebody at one moment: the account and the roles it holds today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from firstbell.platform.access.data import Cell, DataClass, Scope
from firstbell.platform.access.policy import POLICY, Policy


class NotAllowed(Exception):  # noqa: N818 - says what happened to the viewer, not to the program
    """The viewer's roles do not open this page or this act at all (no row is spoken of)."""


class NotVisible(Exception):  # noqa: N818 - says what the viewer met, not that the program failed
    """The row does not exist, or not for this viewer: a page answers 404 either way, and says no more."""


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of a viewer today; ``school_id`` is the building, None where the role is not tied to one.

    ``timed``: held for a time only, by a grant with an end or for one day; cells marked ``t`` open to no
    other.
    """

    role: str
    school_id: int | None = None
    timed: bool = False


@dataclass(frozen=True)
class Viewer:
    """Who asks. Every selector takes one and returns only what the policy lets through.

    ``purpose`` names the job when a job runs (``"import:edfi"``), empty for people.
    """

    account_id: int | None
    name: str
    today: date
    roles: tuple[RoleHeld, ...] = ()
    purpose: str = ""
    policy: Policy = field(default=POLICY, repr=False, compare=False)

    def cells(self, data_class: DataClass) -> Iterator[tuple[RoleHeld, Cell]]:
        """Each role held with its cell for this class; the empty ones are left out, and those that only a
        timed grant opens where the role is held for good."""
        for held in self.roles:
            cell = self.policy.cell(held.role, data_class)
            if cell.timed and not held.timed:
                continue
            if cell.reads_rows or cell.aggregate or cell.suppressed:
                yield held, cell

    def may(self, data_class: DataClass, *, write: bool = False) -> bool:
        """Whether any role reaches rows of this class at all (or may write them)."""
        return any(cell.reads_rows and (cell.write or not write) for _, cell in self.cells(data_class))

    def may_count(self, data_class: DataClass) -> bool:
        """Whether any role sees counts of this class: of rows it reaches, or raw counts alone.

        Suppressed counts (P) do not open a page of raw ones.
        """
        return any(cell.reads_rows or cell.aggregate for _, cell in self.cells(data_class))

    def require(self, data_class: DataClass, *, write: bool = False) -> None:
        """Raise NotAllowed unless ``may``."""
        if not self.may(data_class, write=write):
            raise NotAllowed(f"{'changing' if write else 'reading'} {data_class.name.lower()} records")

    def holds(self, *roles: str) -> bool:
        """Whether one of these roles is held today."""
        return any(held.role in roles for held in self.roles)

    def holding(self, *roles: str) -> Viewer:
        """The same viewer in these roles only, for a page that shows one part of somebody's work."""
        return replace(self, roles=tuple(held for held in self.roles if held.role in roles))

    def schools(self, *roles: str) -> frozenset[int]:
        """The buildings in which one of these roles is held."""
        return frozenset(
            held.school_id for held in self.roles if held.role in roles and held.school_id is not None
        )

    def sees_whole_district(self, data_class: DataClass, *, write: bool = False) -> bool:
        """Whether some role reaches every row of this class."""
        return any(
            Scope.DISTRICT in cell.scopes and (cell.write or not write) for _, cell in self.cells(data_class)
        )

    def shows_everywhere(self, data_class: DataClass, field: str) -> bool:
        """Whether some role sees ``field`` of every row of this class."""
        return any(Scope.DISTRICT in cell.scopes and cell.shows(field) for _, cell in self.cells(data_class))

    def buildings(self, data_class: DataClass, *, write: bool = False) -> frozenset[int]:
        """Schools whose rows of this class a building role opens."""
        return frozenset(
            held.school_id
            for held, cell in self.cells(data_class)
            if Scope.BUILDING in cell.scopes and held.school_id is not None and (cell.write or not write)
        )

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles demands a second factor at sign-in."""
        return any(self.policy.needs_second_factor(held.role) for held in self.roles)


def nobody(today: date) -> Viewer:
    """A viewer without any role: sees nothing."""
    return Viewer(account_id=None, name="nobody", today=today)
