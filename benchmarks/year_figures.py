"""How long a year's figures take: ``.venv/bin/python benchmarks/year_figures.py [--students N]``.

On a demonstration district, as it stands today: ADA of every school by grade span, chronic absence of every
student, and the truancy sequence with the letter that is due, each counted anew from the pupil-days; then
every pupil-day derived anew from what teachers and office said, and compared with the stored one. Median
seconds of ``--runs``, in one process, with nothing kept between two runs but what the database keeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measuring import command, database, middle, open_house, own_home, reader, show, whole


def main(students: int, runs: int, kind: str, home: Path | None, *, as_json: bool) -> None:
    """Build (or take the district that stands in ``home``) and count."""
    with own_home() as folder, database(kind) as address:
        if home is None:
            more = {"DATABASE_URL": address} if address else {}
            whole(command("demo", "--no-serve", "--students", str(students)), folder, **more)
        open_house(home or folder, address)
        rows = [one | {"seconds": middle(times), "slowest": max(times)} for one, times in counted(runs)]
        total = sum(row["seconds"] for row in rows[:3])
        show(rows, as_json=as_json, database=kind, runs=runs, the_first_three=f"{total:.1f} s")


def counted(runs: int) -> list[tuple[dict[str, Any], list[float]]]:
    """Each figure with what it says, and the seconds of every run."""
    found = []
    for label, count in figures():
        times, said = [], ""
        for _ in range(runs):
            begin = time.perf_counter()
            said = count()
            times.append(time.perf_counter() - begin)
        found.append(({"": label, "says": said}, times))
    return found


def figures() -> list[tuple[str, Callable[[], str]]]:
    """What is counted, each as its pages and jobs count it."""
    from django.utils import timezone

    from firstbell.attendance.api import year_figures
    from firstbell.attendance.selectors.ladder import ladders
    from firstbell.attendance.services.recompute import compare_schools
    from firstbell.people.api import job_viewer, schools_in_scope
    from firstbell.platform.access import DataClass

    today = timezone.localdate()
    everything = job_viewer("benchmark", today)
    schools = list(schools_in_scope(everything, DataClass.ATTENDANCE).values_list("id", flat=True))

    def ada() -> str:
        year = year_figures(schools, today)
        return f"ADA {sum(year.ada().values())}, by span {len(year.ada_by_span())}"

    def chronic() -> str:
        rows = year_figures(schools, today).students
        return f"{sum(bool(one.chronic) for one in rows):,} of {sum(one.eligible for one in rows):,}"

    def truancy() -> str:
        year = year_figures(schools, today)
        places = {one.student_id: one.school_id for one in year.students}
        ladder = ladders(places, today)
        due = sum(ladder.due(student) is not None for student in places)
        return f"{sum(one.truant for one in year.students):,} truant, {due:,} letters due"

    def days() -> str:
        found = compare_schools(schools)
        return f"{found.compared:,} days, {len(found.wrong)} differ"

    return [
        ("ADA", ada),
        ("chronic absence", chronic),
        ("truancy", truancy),
        ("every pupil-day derived anew", days),
    ]


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("--students", type=int, default=17_400)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options.add_argument("--home", type=Path, help="a home with a demonstration that stands already")
    given = options.parse_args()
    main(given.students, given.runs, given.database, given.home, as_json=given.as_json)
