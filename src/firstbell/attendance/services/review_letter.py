"""The school's review of a proposed letter: hold it, release it, dismiss it, plan the conference."""

from __future__ import annotations

from datetime import datetime

from firstbell.attendance.data import LetterState
from firstbell.attendance.models import Letter, LetterAct
from firstbell.attendance.selectors.letter_access import letter_to_decide
from firstbell.kernel.finding import Refused, error
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.writing import writing


def hold_letter(viewer: Viewer, letter_id: int, reason: str) -> None:
    """Keep a proposed letter back, saying why. Raises NotVisible, NotAllowed, Refused."""
    _decide(viewer, letter_id, "hold", {LetterState.PROPOSED}, LetterState.HELD, _reason(reason))


def release_letter(viewer: Viewer, letter_id: int) -> None:
    """Let a held letter go on. Raises NotVisible, NotAllowed, Refused."""
    _decide(viewer, letter_id, "release", {LetterState.HELD}, LetterState.PROPOSED, "")


def dismiss_letter(viewer: Viewer, letter_id: int, reason: str) -> None:
    """Decide that a waiting letter is not sent; its occasions count for no later letter. Raises as above."""
    waiting = {LetterState.PROPOSED, LetterState.HELD}
    _decide(viewer, letter_id, "dismiss", waiting, LetterState.DISMISSED, _reason(reason))


def plan_conference(viewer: Viewer, letter_id: int, at: datetime, place: str) -> None:
    """Set when and where the conference of a waiting letter is. Raises as above."""
    with writing():
        letter = letter_to_decide(viewer, letter_id)
        _check(letter, {LetterState.PROPOSED, LetterState.HELD})
        if not place.strip():
            raise Refused(
                [error("attendance.letter.place", "a conference needs a place", "name it", column="place")]
            )
        letter.conference_at, letter.conference_place = at, place.strip()
        letter.save(update_fields=["conference_at", "conference_place"])
        _remember(viewer, letter, "conference", "")


def _decide(
    viewer: Viewer, letter_id: int, verb: str, states: set[LetterState], to: LetterState, reason: str
) -> None:
    with writing():
        letter = letter_to_decide(viewer, letter_id)
        _check(letter, states)
        letter.state, letter.hold_reason = to, reason if to is LetterState.HELD else ""
        letter.save(update_fields=["state", "hold_reason"])
        _remember(viewer, letter, verb, reason)


def _check(letter: Letter, states: set[LetterState]) -> None:
    if LetterState(letter.state) not in states:
        raise Refused(
            [
                error(
                    "attendance.letter.state",
                    f"the letter is {letter.state} by now",
                    "open the list again and decide on what is there",
                )
            ]
        )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(
            [error("act.reason", "this decision needs a reason", "say in a few words why", column="reason")]
        )
    return reason.strip()[:300]


def _remember(viewer: Viewer, letter: Letter, verb: str, reason: str) -> None:
    LetterAct.objects.create(
        letter=letter, verb=verb, account_id=viewer.account_id, by_name=viewer.name, reason=reason
    )
    audit.record(
        viewer, f"attendance.{verb}_letter", "letter", letter.pk, data_classes=[DataClass.ATTENDANCE]
    )
