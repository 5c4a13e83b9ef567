"""Walking: what an operation should answer, what it answers, and what it tells besides."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

from django.db import transaction

from firstbell.platform.access import POLICY, Cell, DataClass
from tests.access.objects import BY_NAME, KINDS, PLAIN
from tests.access.routes import Operation
from tests.access.sentinels import allowed
from tests.access.table import CLOSED, OPERATIONS, Expected
from tests.access.world import World

NOTHING = Cell()
#: the page is looked at only: nobody gets further, so nobody learns more
NOT_TAKEN = "not taken"
WHOLE = os.environ.get("FIRSTBELL_WALK") == "whole"
PARTS_OF_ONE_ANSWER = re.compile(
    r'name="(?:csrfmiddlewaretoken|next)" value="[^"]*"|Reference [0-9a-f]+|nonce="[^"]*"'
)


def expected_of(operation: Operation) -> Expected:
    """The operation's row; an address without a name is closed."""
    return OPERATIONS.get(operation.name, CLOSED)


def kind_of(row: Expected, part: str) -> str:
    """What a part of the address is: a kind of object, something plain, or the very text."""
    return row.arguments.get(part) or BY_NAME.get(part, part)


def addresses(world: World, operation: Operation, row: Expected, walker: str) -> Iterator[tuple[str, str]]:
    """(target, address) for the ways in which a row can stand to the walker; one where there is none."""
    kinds = {part: kind_of(row, part) for part in operation.parts}
    found = [kind for kind in kinds.values() if kind in KINDS]
    for target in _targets(operation, row, walker, KINDS[found[0]].targets) if found else ("",):
        values = {
            part: KINDS[kind].find(world, walker, target) if kind in KINDS else _plain(world, kind)
            for part, kind in kinds.items()
        }
        yield target, operation.path(values)


def _targets(operation: Operation, row: Expected, walker: str, every: tuple[str, ...]) -> tuple[str, ...]:
    """Where the walker goes. Every role goes to its own row; to all the others one for each way of reaching.

    Who that one is changes from page to page, so that over the house everybody goes everywhere;
    ``FIRSTBELL_WALK=whole`` sends everybody everywhere on every page.
    """
    if not _let_in(row, walker):
        return every[:1] + every[-1:]  # whose row it is makes no difference: one, and none
    if WHOLE or walker not in POLICY.roles:
        return every
    alike = [role for role in POLICY.roles if _ways(row, role) == _ways(row, walker)]
    return every if alike[crc32(operation.name.encode()) % len(alike)] == walker else every[:1]


def _ways(row: Expected, role: str) -> list[Any]:
    """How a role reaches rows here."""
    cells = [POLICY.cell(role, data_class) for data_class in row.classes]
    return [(cell.scopes, cell.write, cell.masked, cell.aggregate) for cell in cells]


def _plain(world: World, kind: str) -> Any:
    return PLAIN[kind](world) if kind in PLAIN else kind


def answer(row: Expected, operation: Operation, walker: str, target: str) -> str:
    """open, refused, absent, or sign_in for somebody who did not."""
    if row.closed:
        return "absent"
    if row.who == "anyone":
        return "open"
    if walker == "stranger":
        return "sign_in"
    exception = row.exceptions.get(walker)
    if isinstance(exception, str):
        return exception
    if exception and target in exception:
        return str(exception[target])
    if not _let_in(row, walker):
        return "refused"
    kinds = [kind for part in operation.parts if (kind := kind_of(row, part)) in KINDS]
    for kind in kinds:
        if target == "missing":
            return "absent"
        for data_class in row.classes:
            cell = POLICY.cell(walker, data_class) if walker in POLICY.roles else NOTHING
            if not KINDS[kind].reach(walker, cell, target, bool(row.writes)):
                return "absent"
            if data_class is row.classes[-1] and not _field_open(row, cell):
                return "absent"
    return "open"


def _field_open(row: Expected, cell: Cell) -> bool:
    """Whether the cell has the field that the row asks for, open or behind a reason."""
    if row.masked:
        return cell.masked and (not cell.fields or row.field in cell.fields)
    return not row.field or cell.shows(row.field)


def _let_in(row: Expected, walker: str) -> bool:
    """Whether the walker's role opens the page at all."""

    def cell(data_class: DataClass) -> Cell:
        return POLICY.cell(walker, data_class) if walker in POLICY.roles else NOTHING

    return not (
        (row.reads and not cell(row.reads).reads_rows)
        or (row.writes and not (cell(row.writes).reads_rows and cell(row.writes).write))
        or (row.counts and not (cell(row.counts).reads_rows or cell(row.counts).aggregate))
        or (row.roles and walker not in row.roles)
    )


def outcome(response: Any) -> str:
    """What happened, in the table's words."""
    if response.status_code == 403:
        return "refused"
    if response.status_code == 404:
        return "absent"
    target = response.headers.get("Location", response.headers.get("HX-Redirect", ""))
    if target.startswith("/accounts/login/"):
        return "sign_in"
    if response.status_code < 400 or response.status_code == 422:  # a form refused, with its reasons
        return "open"
    if response.status_code == 405:
        return NOT_TAKEN
    return str(response.status_code)


def ask(world: World, walker: str, method: str, address: str, data: Any) -> Any:
    """One request; whatever it does is undone."""
    with transaction.atomic():
        response = getattr(world.clients[walker], method)(address, data)
        response.everything = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    world.clients[walker].cookies.pop("messages", None)
    return response


def shown(response: Any) -> str:
    """All that an answer tells: its body and where it sends."""
    return response.everything.decode("utf-8", "replace") + response.headers.get("Location", "")


def leaks(world: World, walker: str, response: Any, row: Expected) -> list[str]:
    """Marked values in an answer that neither a cell of the walker's opens nor the row excepts."""
    return sorted(
        f"{sentinel.data_class} {sentinel.field} of {sentinel.student}"
        for sentinel in world.sentinels.found_in(shown(response))
        if f"{sentinel.data_class} {sentinel.field}"
        not in row.shows.get(world.stands(walker, sentinel.student), ())
        and not allowed(
            world.cells(walker, sentinel.data_class), sentinel, world.reached(walker, sentinel.student)
        )
    )


def attempts(row: Expected) -> Iterator[tuple[str, dict[str, Any]]]:
    """How an operation is tried: looked at; sent empty and filled in."""
    if not row.only_post:
        yield "get", row.query
    if row.takes_form:
        yield "post", {}
        if row.post:
            yield "post", row.post


def faults(
    world: World, operation: Operation, row: Expected, walkers: Iterable[str] | None = None
) -> list[str]:
    """Everything about an operation that is not as it should be, one line each; nothing where all is well."""
    found: list[str] = []
    for walker in walkers or world.walkers:
        absent = set()
        for target, address in addresses(world, operation, row, walker):
            for method, data in attempts(row):
                response = ask(world, walker, method, address, data)
                happened, wanted = outcome(response), answer(row, operation, walker, target)
                where = f"{walker} {method} {target or address}"
                if happened not in (wanted, NOT_TAKEN):
                    found.append(f"{where}: {happened}, not {wanted}")
                if happened == "absent":
                    absent.add(PARTS_OF_ONE_ANSWER.sub("", shown(response)))
                found += [f"{where} shows {leak}" for leak in leaks(world, walker, response, row)]
        if len(absent) > 1:
            found.append(f"{walker}: a hidden row and one that does not exist answer differently")
    return found
