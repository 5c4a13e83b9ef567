"""How long a demonstration takes: ``.venv/bin/python benchmarks/demonstration.py [SIZE ...]``.

For every size (2,000 and 17,400 when none is named) a district is built by one whole command, in a home and a
database of its own. Seconds by the clock and of the processor, the most memory resident (MiB), the size of
the database (MB).
"""

from __future__ import annotations

from pathlib import Path

from measuring import command, database, own_home, reader, show, whole


def main(sizes: list[int], kind: str, today: str | None, *, as_json: bool) -> None:
    """Build each size once."""
    rows = []
    for size in sizes:
        with own_home() as home, database(kind) as address:
            words = ["demo", "--no-serve", "--students", str(size), *(["--today", today] if today else [])]
            run = whole(command(*words), home, **({"DATABASE_URL": address} if address else {}))
            stored = None if address else _bytes(home / "firstbell.sqlite3") / 1e6
        rows.append(
            {
                "students": size,
                "seconds": run.seconds,
                "processor s": run.processor,
                "peak MiB": run.peak,
                "database MB": stored,
            }
        )
    show(rows, as_json=as_json, database=kind)


def _bytes(file: Path) -> int:
    return sum(one.stat().st_size for one in file.parent.glob(f"{file.name}*"))


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=[2_000, 17_400])
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options.add_argument("--today")
    given = options.parse_args()
    main(given.sizes, given.database, given.today, as_json=given.as_json)
