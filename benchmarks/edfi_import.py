"""How long a whole district takes to come in: ``.venv/bin/python benchmarks/edfi_import.py [--runs N]``.

The Ed-Fi sample district Grand Bend (2010-11, 92 MB of XML, in ``../shared/data/edfi-grandbend-2010``) is
imported into an empty home, then the same file again, which changes nothing; each as a whole process, in
turn. Seconds by the clock and of the processor, the most memory resident (MiB), and the ratio of the two
in each pair.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from measuring import ROOT, Run, command, database, middle, own_home, reader, show, whole

DATA = Path(os.environ.get("FIRSTBELL_SHARED") or ROOT.parent / "shared") / "data" / "edfi-grandbend-2010"
LABELS = ("import", "the same again")


def main(runs: int, kind: str, *, as_json: bool) -> None:
    """Import and import again, ``runs`` times, each time into a new home."""
    if not DATA.exists():
        sys.exit(f"the outside data does not lie at {DATA}")
    found = [pair(kind) for _ in range(runs)]
    ratios = [again.seconds / first.seconds for first, again in found]
    rows = [
        {
            "": label,
            "seconds": middle([two[place].seconds for two in found]),
            "slowest": max(two[place].seconds for two in found),
            "processor s": middle([two[place].processor for two in found]),
            "peak MiB": max(two[place].peak for two in found),
        }
        for place, label in enumerate(LABELS)
    ]
    show(rows, as_json=as_json, database=kind, runs=runs, again_of_import=f"{middle(ratios):.2f}")


def pair(kind: str) -> tuple[Run, Run]:
    """One import and the one after it, which must find everything as it was."""
    with own_home() as home, database(kind) as address:
        more = {"DATABASE_URL": address} if address else {}
        words = command("import", "edfi", str(DATA), "--json")
        whole(command("counts", "--json"), home, **more)  # the empty database is made before the clock runs
        first, again = whole(words, home, **more), whole(words, home, **more)
    said = [json.loads(one.output)["state"] for one in (first, again)]
    if said != ["applied", "unchanged"]:
        sys.exit(f"the two imports ended as {said}")
    return first, again


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    given = options.parse_args()
    main(given.runs, given.database, as_json=given.as_json)
