"""The bridge's panels: a file each. A room's news appears on the bridge when its panel lies here.

A panel module has ``ORDER`` (where it stands), ``opens(viewer)`` (for whom it is there) and
``panel(viewer)`` (what it shows; None where there is nothing to say). It reads the rooms through their
``api``, in a number of queries that does not grow with the number of schools.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from firstbell.overview.data import Panel
from firstbell.platform.access import Viewer


class PanelModule(Protocol):
    """What a file in this folder offers."""

    ORDER: int

    def opens(self, viewer: Viewer) -> bool:
        """Whether the panel is there for this viewer."""

    def panel(self, viewer: Viewer) -> Panel | None:
        """What it shows."""


def panels() -> dict[str, PanelModule]:
    """Every panel by the name of its file, which is its key, in the order of the bridge."""
    found = {
        info.name: cast(PanelModule, importlib.import_module(f"{__name__}.{info.name}"))
        for info in pkgutil.iter_modules(__path__)
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].ORDER))


def panels_for(viewer: Viewer, *, only: str = "") -> Iterator[Panel]:
    """What each open panel, or the one of that key, shows to the viewer."""
    for key, module in panels().items():
        if only in ("", key) and module.opens(viewer):
            shown = module.panel(viewer)
            if shown is not None:
                yield shown
