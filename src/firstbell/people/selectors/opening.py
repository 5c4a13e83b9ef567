"""The relations that hold between a viewer and one student today, and what the policy makes of them.

Each relation is asked once, and the cells of all roles that reach the student are united. A masked
field opens by a reason that was typed (``FieldOpening``), for a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from firstbell.people.data.opening import CLOSED, FAMILY, OPEN, Opening, Openings
from firstbell.people.models import FieldOpening, Student
from firstbell.people.selectors.scope import barred, related
from firstbell.platform.access import Cell, DataClass, NotVisible, RoleHeld, Scope, Viewer


def openings(viewer: Viewer, student_id: int) -> Openings:
    """How far the student is open to the viewer. Raises NotVisible for someone else's student.

    One query; a second one where a role masks fields.
    """
    if viewer.purpose:
        if not Student.objects.filter(pk=student_id).exists():
            raise NotVisible
        return Openings(student_id, dict.fromkeys(DataClass, OPEN))
    held = _relations(viewer, student_id)
    found: dict[DataClass, Opening] = {}
    for data_class in DataClass:
        cells = [
            (cell, _writes(viewer, role, cell, held))
            for role, cell in viewer.cells(data_class)
            if any(_key(role, scope) in held for scope in cell.scopes)
        ]
        if cells:
            found[data_class] = _united(cells)
    if not found.get(DataClass.DIRECTORY, CLOSED).reached:
        raise NotVisible
    scopes = {scope for _, scope, _ in held}
    if any(one.masks_everything or one.masked_fields for one in found.values()):
        found = _with_reasons(viewer, student_id, found)
    return Openings(student_id, found, family=bool(scopes) and scopes <= FAMILY)


_Key = tuple[str, Scope, int | None]


def _key(held: RoleHeld, scope: Scope, *, write: bool = False) -> _Key:
    """The relation behind a role and a scope; roles that share one are asked together."""
    if scope is Scope.SECTIONS:
        return "substitute" if held.role == "substitute" else "", scope, None
    if scope is Scope.BUILDING:
        return "write" if write else "", scope, held.school_id
    return "", scope, None


def _relations(viewer: Viewer, student_id: int) -> frozenset[_Key]:
    """The relations that hold between viewer and student today. Raises NotVisible when barred."""
    asked: dict[_Key, Any] = {}
    for data_class in DataClass:
        for role, cell in viewer.cells(data_class):
            for scope in cell.scopes:
                for write in {False, cell.write and scope is Scope.BUILDING}:
                    key = _key(role, scope, write=write)
                    asked.setdefault(key, related(viewer, role, scope, write=write))
    names = {f"relation_{number}": key for number, key in enumerate(asked)}
    row = (
        Student.objects.filter(pk=student_id)
        .exclude(barred(viewer))
        .annotate(
            **{
                name: ExpressionWrapper(asked[key], output_field=BooleanField())
                for name, key in names.items()
            }
        )
        .values(*names)
        .first()
        if names
        else None
    )
    if row is None:
        raise NotVisible
    return frozenset(key for name, key in names.items() if row[name])


def _writes(viewer: Viewer, role: RoleHeld, cell: Cell, held: frozenset[_Key]) -> bool:
    return cell.write and any(_key(role, scope, write=True) in held for scope in cell.scopes)


def _united(cells: list[tuple[Cell, bool]]) -> Opening:
    plain = [cell for cell, _ in cells if not cell.masked]
    masked = [cell for cell, _ in cells if cell.masked]
    return Opening(
        everything=any(not cell.fields for cell in plain),
        fields=frozenset().union(*(cell.fields for cell in plain)),
        masks_everything=any(not cell.fields for cell in masked),
        masked_fields=frozenset().union(*(cell.fields for cell in masked)),
        writes_everything=any(write and not cell.fields for cell, write in cells),
        written_fields=frozenset().union(*(cell.fields for cell, write in cells if write)),
        logged=all(cell.logged for cell, _ in cells),
    )


def _with_reasons(
    viewer: Viewer, student_id: int, found: Mapping[DataClass, Opening]
) -> dict[DataClass, Opening]:
    """The openings with those fields open for which a reason was typed within the last minutes."""
    opened: dict[str, set[str]] = {}
    if viewer.account_id is None:
        return dict(found)
    for code, name in FieldOpening.objects.filter(
        account_id=viewer.account_id, student=student_id, until__gt=timezone.now()
    ).values_list("data_class", "field"):
        opened.setdefault(code, set()).add(name)
    return {
        data_class: replace(
            one, fields=one.fields | {name for name in opened.get(data_class, ()) if one.masks(name)}
        )
        for data_class, one in found.items()
    }
