"""What an act would change, shown before it is done: the act itself, taken back at once."""

from __future__ import annotations

from collections.abc import Callable

from firstbell.people.models import RosterAct
from firstbell.people.selectors.student_record import what_acts_wrote
from firstbell.platform.writing import writing


class _TakenBack(Exception):  # noqa: N818 - not an error: how a rehearsal ends
    pass


def rehearse(student_id: int, write: Callable[[], object]) -> list[str]:
    """The lines that ``write`` would add to the student's history; nothing is changed.

    Raises what ``write`` raises. The caller's ``write`` checks the viewer.
    """
    lines: list[str] = []
    try:
        with writing():
            last = RosterAct.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            write()
            written, _ = what_acts_wrote(student_id)
            lines = [line for act in sorted(written) if act > last for line in written[act]]
            raise _TakenBack
    except _TakenBack:
        return lines
