"""How a class of plain values says where in an XML element each of its values stands.

A field is annotated with ``At`` (text, or a group of its own, at a path), ``Attr`` (an attribute) or
``Ref`` (a reference: an ``id`` of the same file, or an identity written out in place). A field without
a default is required; a tuple takes every occurrence. ``Plan`` is compiled once for a class and then
reads each element in a single pass.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from lxml import etree

NAMESPACE = "http://ed-fi.org/0100"


@dataclass(frozen=True)
class At:
    """The text (or the group) at ``path``, steps parted by ``/``."""

    path: str


@dataclass(frozen=True)
class Attr:
    """The attribute ``name`` of the element itself."""

    name: str


@dataclass(frozen=True)
class Ref:
    """A reference at ``path``: by ``ref`` to an ``id`` of the same file, else the identity at ``inline``."""

    path: str
    inline: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A group of values inside an element; equal when its values are."""


class Record(Part, frozen=True, kw_only=True, gc=False):
    """A top-level element, with its place. Subclasses say what names it for references in its file."""

    file: str
    line: int
    id: str = ""

    def identity(self) -> Any:
        """What a reference to this element stands for: the record itself unless a subclass knows better."""
        return self


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be read: its path in the element and why."""

    path: str
    problem: str


@dataclass(slots=True)
class Context:
    """What is known while one file is read: identities by id, and the faults of the element at hand."""

    identities: dict[str, Any]
    final: bool = False
    faults: list[Fault] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)


class Unresolved(Exception):  # noqa: N818 - a state of affairs, not a fault: the element comes later
    """A reference to an ``id`` that the file has not shown yet."""


def normalized(text: str | None) -> str:
    """``text`` with runs of white space as one blank and none at its ends.

    >>> normalized(' Turkish \\r\\n')
    'Turkish'
    """
    return " ".join(text.split()) if text else ""


def _boolean(text: str) -> bool:
    try:
        return {"true": True, "1": True, "false": False, "0": False}[text]
    except KeyError:
        raise ValueError("is not true or false") from None


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError("is not a number") from None
    if not value.is_finite():
        raise ValueError("is not a number")
    return value


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text[:10]) if text[10:] in ("", "Z") else _refuse()
    except ValueError:
        raise ValueError("is not a date as YYYY-MM-DD") from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a time as HH:MM:SS") from None


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("is not a whole number") from None


def _refuse() -> Any:
    raise ValueError


CONVERTERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    bool: _boolean,
    int: _integer,
    Decimal: _decimal,
    date: _date,
    time: _time,
}


@dataclass(slots=True)
class Node:
    """A step on the way to values: the slot filled here, the group that starts here, what lies below."""

    slot: int = -1
    many: bool = False
    group: Plan | None = None
    below: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: its path as told in findings, and how raw text (or a raw group) becomes its value."""

    name: str
    path: str
    many: bool
    required: bool
    default: Any
    convert: Callable[[str], Any] | None
    group: Plan | None
    reference: bool


class Plan:
    """The compiled reading of one class."""

    def __init__(self, cls: type[Any] | None) -> None:
        self.cls = cls
        self.slots: list[Slot] = []
        self.nodes: dict[str, Node] = {}
        self.attributes: list[tuple[int, str]] = []

    def gather(self, element: etree._Element) -> list[Any]:
        """The raw texts of ``element``, one entry a slot, in one pass over it."""
        raw: list[Any] = [None] * len(self.slots)
        for index, name in self.attributes:
            raw[index] = element.get(name)
        _walk(element, self.nodes, raw)
        return raw

    def build(self, raw: list[Any], context: Context, **given: Any) -> Any:
        """The value that ``raw`` says; what cannot be read goes to ``context.faults``.

        Raises Unresolved for a reference that the file has not shown yet, unless ``context.final``.
        """
        values = given
        for slot, item in zip(self.slots, raw, strict=True):
            if slot.many:
                parts = (_value(slot, one, context) for one in item or ())
                values[slot.name] = tuple(part for part in parts if part is not None)
                continue
            value = None if item is None else _value(slot, item, context)
            if value is None:
                if slot.required:
                    context.faults.append(Fault(slot.path, "is missing or cannot be resolved"))
                value = slot.default
            values[slot.name] = value
        return None if context.faults else self.cls(**values)  # type: ignore[misc] # None only in references


def _value(slot: Slot, item: Any, context: Context) -> Any:
    if slot.reference:
        return _resolve(slot, item, context)
    if slot.group is not None:
        return slot.group.build(item, context)
    text = normalized(item)
    if not text:
        return None
    try:
        return slot.convert(text) if slot.convert else text
    except ValueError as problem:
        context.faults.append(Fault(slot.path, str(problem)))
        return None


def _resolve(slot: Slot, item: list[Any], context: Context) -> Any:
    """What a reference names: the identity written in place, else that of the element with the id."""
    if slot.group is not None and len(item) > 1 and item[1] is not None:
        return _value(slot.group.slots[1], item[1], context)
    reference = normalized(item[0])
    if not reference:
        return None
    if reference in context.identities:
        return context.identities[reference]
    if not context.final:
        raise Unresolved
    context.unresolved.append(reference)
    return None


def _walk(element: etree._Element, nodes: dict[str, Node], raw: list[Any]) -> None:
    for child in element:
        node = nodes.get(child.tag)
        if node is None:
            continue
        if node.slot >= 0:
            value: Any = child.text if node.group is None else node.group.gather(child)
            if node.many:
                if raw[node.slot] is None:
                    raw[node.slot] = []
                raw[node.slot].append(value)
            elif raw[node.slot] is None:
                raw[node.slot] = value
        if node.below:
            _walk(child, node.below, raw)


@cache
def plan_of(cls: type[Any]) -> Plan:
    """The compiled plan of a ``Part`` or ``Record`` class."""
    plan = Plan(cls)
    defaults = dict(_defaults(cls))
    for name, hint in get_type_hints(cls, include_extras=True).items():
        markers = getattr(hint, "__metadata__", ())
        if markers:
            many, inner = _inner(get_args(hint)[0])
            required = name not in defaults and not many
            _add(plan, name, markers[0], inner, many=many, required=required, default=defaults.get(name))
    return plan


def _defaults(cls: type[Any]) -> Iterator[tuple[str, Any]]:
    for item in msgspec.structs.fields(cls):
        if not item.required:
            yield item.name, None if item.default is msgspec.NODEFAULT else item.default


def _inner(hint: Any) -> tuple[bool, Any]:
    """Whether every occurrence is taken, and the type of one."""
    if get_origin(hint) is tuple:
        return True, get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        return False, next(arg for arg in get_args(hint) if arg is not type(None))
    return False, hint


def _add(plan: Plan, name: str, marker: Any, inner: Any, *, many: bool, required: bool, default: Any) -> None:
    index = len(plan.slots)
    if isinstance(marker, Attr):
        plan.attributes.append((index, marker.name))
        plan.slots.append(Slot(name, f"@{marker.name}", False, required, default, str, None, False))
        return
    group = _reference(marker, inner) if isinstance(marker, Ref) else _group(inner)
    convert = None if group else CONVERTERS[inner]
    reference = isinstance(marker, Ref)
    plan.slots.append(Slot(name, marker.path, many, required, default, convert, group, reference))
    _place(plan.nodes, marker.path, Node(index, many, group))


def _group(inner: Any) -> Plan | None:
    return plan_of(inner) if isinstance(inner, type) and issubclass(inner, Part) else None


def _reference(marker: Ref, inner: Any) -> Plan:
    plan = Plan(None)
    plan.attributes.append((0, "ref"))
    plan.slots.append(Slot("ref", f"{marker.path}/@ref", False, False, None, str, None, False))
    if marker.inline:
        path = f"{marker.path}/{marker.inline}"
        group = _group(inner)
        convert = None if group else CONVERTERS[inner]
        plan.slots.append(Slot("inline", path, False, False, None, convert, group, False))
        _place(plan.nodes, marker.inline, Node(1, False, group))
    return plan


def _place(nodes: dict[str, Node], path: str, leaf: Node) -> None:
    *steps, last = (f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
    for step in steps:
        nodes = nodes.setdefault(step, Node()).below
    there = nodes.get(last)
    if there is None:
        nodes[last] = leaf
    elif there.slot < 0:
        leaf.below = there.below
        nodes[last] = leaf
    else:
        raise TypeError(f"two fields read {path}")
