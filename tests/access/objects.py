"""What an address can point at: for each kind of object, one for every target, and who reaches it.

A part of an address is known by its name (``student_id`` is a student); where it is not, the operation's
row in ``expected.yaml`` says what it is (``arguments: {pk: student}``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from firstbell.people.testing import TODAY
from firstbell.platform.access import Cell, Scope
from tests.access.table import reaches
from tests.access.world import (
    NOWHERE,
    SELVES,
    TARGETS,
    World,
    absence_of,
    act_of,
    delivery_of,
    enrollment_of,
    letter_of,
    lock_of,
    order_of,
    program_of,
)

Reach = Callable[[str, Cell, str, bool], bool]


@dataclass(frozen=True)
class ObjectKind:
    """Targets of one kind: ``find`` gives the id for a walker and a target, ``reach`` says who gets there."""

    targets: tuple[str, ...]
    find: Callable[[World, str, str], Any]
    reach: Reach


def _by_student(walker: str, cell: Cell, target: str, write: bool) -> bool:
    return reaches(cell.scopes, target, write=write)


def _by_section(walker: str, cell: Cell, target: str, write: bool) -> bool:
    scopes = cell.scopes & {Scope.SECTIONS, Scope.BUILDING}
    return Scope.DISTRICT in cell.scopes or (target == "related" and bool(scopes))


def _by_school(walker: str, cell: Cell, target: str, write: bool) -> bool:
    if Scope.DISTRICT in cell.scopes or (cell.aggregate and not write):
        return True
    return target == "related" and Scope.BUILDING in cell.scopes


def _of_building(kind: str, names: dict[str, str]) -> Callable[[World, str, str], Any]:
    return lambda world, walker, target: world.ids[kind, names[target]] if target in names else NOWHERE


def _of_student(look_up: Callable[[int], int]) -> Callable[[World, str, str], Any]:
    return lambda world, walker, target: look_up(world.student(walker, target))


def _contact(world: World, walker: str, target: str) -> int:
    """A contact of the student who stands so to the walker."""
    if target == "related" and walker in SELVES:
        return world.ids["contact", f"c-{SELVES[walker]}"]
    return world.ids["contact", f"c-{TARGETS[target]}"] if TARGETS[target] else NOWHERE


def _of_accounts(kind: str) -> Callable[[World, str, str], Any]:
    return lambda world, walker, target: world.ids[kind, "any"] if target == "related" else NOWHERE


def _colleague(walker: str, cell: Cell, target: str, write: bool) -> bool:
    return bool(cell.scopes)


def _lock(world: World, walker: str, target: str) -> int:
    """The closed period of a school."""
    names = {"related": "north", "elsewhere": "south"}
    return lock_of(world.ids["school", names[target]]) if target in names else NOWHERE


STUDENT_TARGETS = tuple(TARGETS)
PLACES = ("related", "elsewhere", "missing")
KINDS = {
    "student": ObjectKind(STUDENT_TARGETS, World.student, _by_student),
    "enrollment": ObjectKind(STUDENT_TARGETS, _of_student(enrollment_of), _by_student),
    "act": ObjectKind(STUDENT_TARGETS, _of_student(act_of), _by_student),
    "order": ObjectKind(STUDENT_TARGETS, _of_student(order_of), _by_student),
    "program": ObjectKind(STUDENT_TARGETS, _of_student(program_of), _by_student),
    "absence": ObjectKind(STUDENT_TARGETS, _of_student(absence_of), _by_student),
    "letter": ObjectKind(STUDENT_TARGETS, _of_student(letter_of), _by_student),
    "delivery": ObjectKind(STUDENT_TARGETS, _of_student(delivery_of), _by_student),
    "lock": ObjectKind(PLACES, _lock, _by_school),
    "contact": ObjectKind(STUDENT_TARGETS, _contact, _by_student),
    "staff": ObjectKind(
        PLACES, _of_building("staff", {"related": "north-nurse", "elsewhere": "south-nurse"}), _colleague
    ),
    "section": ObjectKind(
        PLACES, _of_building("section", {"related": "north-x1", "elsewhere": "south-x1"}), _by_section
    ),
    "school": ObjectKind(
        PLACES, _of_building("school", {"related": "north", "elsewhere": "south"}), _by_school
    ),
}
for kind in ("account", "grant", "reset"):
    # whose it is makes no difference to those who keep accounts: the page's roles decide
    KINDS[kind] = ObjectKind(("related", "missing"), _of_accounts(kind), lambda *_: True)
#: parts of an address that lead to nobody's row
PLAIN: dict[str, Callable[[World], Any]] = {
    "day": lambda world: TODAY.isoformat(),
    "date": lambda world: TODAY.isoformat(),
    "pk": lambda world: 1,
    "run": lambda world: world.ids["import_run", "held"],
    "slot": lambda world: world.ids["period", "north-p1"],
}
BY_NAME = {
    "student_id": "student",
    "section_id": "section",
    "school_id": "school",
    "enrollment_id": "enrollment",
    "act_id": "act",
    "order_id": "order",
    "participation_id": "program",
    "contact_id": "contact",
    "staff_id": "staff",
    "absence_id": "absence",
    "letter_id": "letter",
    "delivery_id": "delivery",
    "lock_id": "lock",
    "account_id": "account",
    "grant_id": "grant",
    "reset_id": "reset",
    "run_id": "run",
    "day": "day",
    "slot": "slot",
}
