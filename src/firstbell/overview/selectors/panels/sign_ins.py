"""Sign-ins: whose role demands a second factor and who has none."""

from __future__ import annotations

from firstbell.overview.data import Panel, Place, Tile, Waiting
from firstbell.people.api import CONFIRMERS, sign_in_counts, waiting_grants
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.accounts import KEEPERS, waiting_resets

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
    waiting += _second_person(viewer)
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


def _second_person(viewer: Viewer) -> tuple[Waiting, ...]:
    """Grants and resets that wait for a second person, for those who may be it."""
    here = Place("accounts_waiting", "Look at them")
    grants = waiting_grants(viewer) if viewer.holds(*CONFIRMERS) else []
    resets = waiting_resets(viewer) if viewer.holds(*KEEPERS) else []
    told = [
        (len(grants), "role", "waits for a second person's word"),
        (len(resets), "reset of a second factor", "waits for a second person's word"),
    ]
    return tuple(
        Waiting(words=f"{number} {thing if number == 1 else things(thing)} {words}", tone="warn", place=here)
        for number, thing, words in told
        if number
    )


def things(thing: str) -> str:
    """``resets of a second factor``."""
    first, _, rest = thing.partition(" ")
    return f"{first}s {rest}".strip()
