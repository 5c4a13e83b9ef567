"""What a panel of the bridge is: what is, what is usual, what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link leads: the name of an address and its parts. Drawn only where the viewer may go."""

    route: str
    words: str
    parts: tuple[Any, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who can act, by name and post, with the number of their page."""

    name: str
    post: str
    staff_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure at the top of the bridge beside what is usual. ``tone``: good, warn, bad or none."""

    label: str
    value: str
    unit: str = ""
    usual: str = ""
    tone: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for somebody. ``tone``: bad (now), warn (soon), info (when there is time)."""

    words: str
    tone: str
    whose: tuple[Somebody, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A school day's share and the share that is usual for its weekday."""

    day: date
    share: Fraction | None
    usual: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One room's part of the bridge. ``rows`` go to the table of that key; ``facts`` are (name, words)."""

    key: str
    title: str
    lede: str = ""
    tiles: tuple[Tile, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    rows: tuple[Any, ...] = ()
    nothing: str = ""
    trend: tuple[TrendPoint, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of setting a district up: what to do, whether it is done, and how."""

    title: str
    done: bool
    words: str
    command: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """All panels open to a viewer, and what waits in any of them, the most pressing first."""

    panels: tuple[Panel, ...] = ()
    steps: tuple[Step, ...] = field(default=())

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Every panel's figures, in the order of the panels."""
        return tuple(tile for panel in self.panels for tile in panel.tiles)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits, the most pressing first."""
        order = ("bad", "warn", "info")
        found = [one for panel in self.panels for one in panel.waiting]
        return tuple(sorted(found, key=lambda one: order.index(one.tone)))
