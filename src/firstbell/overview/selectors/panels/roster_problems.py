"""What does not add up in the roster, and whose it is to mend."""

from __future__ import annotations

from collections import defaultdict

from firstbell.overview.data import Panel, Place, Somebody, Waiting
from firstbell.overview.selectors.kept import problems
from firstbell.people.api import posts_at, schools_in_scope, schools_unset
from firstbell.people.data import ProblemCount
from firstbell.platform.access import DataClass, Scope, Viewer

ORDER = 40


def opens(viewer: Viewer) -> bool:
    """Whoever keeps enrolments of a building, or sees counts of all of them."""
    return any(
        cell.aggregate or Scope.DISTRICT in cell.scopes or (Scope.BUILDING in cell.scopes and cell.write)
        for _, cell in viewer.cells(DataClass.ENROLLMENT)
    )


def panel(viewer: Viewer) -> Panel | None:
    """Each kind of problem with its number, and the registrar of the school that has most of it."""
    schools = set(schools_in_scope(viewer, DataClass.ENROLLMENT).values_list("id", flat=True))
    if not schools:
        return None
    mends = schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).values_list("id", flat=True)
    mine = set(mends)
    by_kind: dict[str, list[ProblemCount]] = defaultdict(list)
    for row in problems(viewer.today).value:
        if row.school_id in schools:
            by_kind[row.kind.code].append(row)
    unset = schools_unset(viewer)
    registrars = posts_at(viewer, ("registrar",)) if by_kind else {}
    waiting = [
        Waiting(words=f"{school} lacks {words}", tone="warn", place=Place("imports", "Import it"))
        for _, school, words in unset
    ]
    for rows in by_kind.values():
        worst = max(rows, key=lambda row: row.number)
        where = f" at {worst.school}" if len(rows) == 1 else f", {worst.number:,} of them at {worst.school}"
        people = registrars.get(worst.school_id, ()) or registrars.get(None, ())
        waiting.append(
            Waiting(
                words=worst.kind.words(sum(row.number for row in rows)) + where,
                tone="warn",
                whose=()
                if worst.school_id in mine
                else tuple(Somebody(who.name, who.title, who.staff_id) for who in people[:1]),
                place=Place("roster_problem", "Look at them", (worst.kind.code, worst.school_id)),
            )
        )
    return Panel(
        key="roster_problems",
        title="Data problems",
        waiting=tuple(waiting),
        rows=tuple(row for rows in by_kind.values() for row in rows),
        nothing="Nothing in the roster contradicts itself.",
    )
