"""Sign-ins: whose role demands a second factor and who has none."""

from __future__ import annotations

from firstbell.overview.data import Panel, Place, Tile, Waiting
from firstbell.people.api import sign_in_counts
from firstbell.platform.access import DataClass, Viewer

ORDER = 70


def opens(viewer: Viewer) -> bool:
    """Whoever reads security findings of the whole district."""
    return viewer.shows_everywhere(DataClass.SECURITY, "second_factor")


def panel(viewer: Viewer) -> Panel | None:
    """A figure, and the way to the accounts."""
    counts = sign_in_counts(viewer)
    here = Place("accounts", "Show them", query="factor=none")
    waiting: tuple[Waiting, ...] = ()
    if counts.without:
        people = "person signs" if counts.without == 1 else "people sign"
        waiting = (
            Waiting(
                words=f"{counts.without:,} {people} in without a second factor in a role that demands one; "
                "each is asked to set one up at the next sign-in",
                tone="warn",
                place=here,
            ),
        )
    return Panel(
        key="sign_ins",
        title="Sign-ins",
        tiles=(
            Tile(
                label="Without a second factor",
                value=f"{counts.without:,}",
                unit=f"of {counts.demanded:,} who need one",
                usual=f"{counts.never:,} of them never signed in" if counts.never else "",
                tone="warn" if counts.without else "good",
                place=here,
            ),
        ),
        waiting=waiting,
    )
