"""Where a role's day begins. The first line whose role is held and whose page stands decides."""

from __future__ import annotations

from firstbell.overview.data import Place
from firstbell.overview.web.links import address
from firstbell.platform.access import Viewer

#: who begins on the bridge whatever else they are
ON_THE_BRIDGE = ("technology_chief", "superintendent", "system_administrator", "business_office")
LANDINGS: tuple[tuple[tuple[str, ...], Place], ...] = (
    (("registrar",), Place("registrar_desk", "Registrar's desk")),
    (("attendance_clerk", "principal"), Place("board", "Board of rolls")),
    (("teacher", "substitute"), Place("rolls", "My rolls")),
    (("guardian",), Place("my_students", "My children")),
    (("student", "eligible_student"), Place("my_students", "My record")),
)


def landing(viewer: Viewer) -> str:
    """The address of the page on which the viewer begins; empty for the bridge."""
    if viewer.holds(*ON_THE_BRIDGE):
        return ""
    for roles, place in LANDINGS:
        if viewer.holds(*roles):
            found = address(viewer, place)
            if found:
                return found
    return ""
