"""``python3 run test``: the suite on SQLite, on all cores.

* ``python3 run test``: rules, services and pages on SQLite
* ``python3 run test --postgres``: the same on PostgreSQL, on a cluster that starts and ends here
* ``python3 run test --journeys``: a person's day in a real browser (needs Chromium)
* ``python3 run test --grandbend``: the whole Grand Bend district in, out and in again (minutes)
* ``python3 run test --all``: the suite and all of these
* ``python3 run test tests/kernel -k span``: anything else goes to pytest
"""

from __future__ import annotations

import sys

import pytest

WORKERS = "2"


def arguments(given: list[str]) -> list[str]:
    """What pytest is called with.

    >>> arguments(["--postgres", "tests/kernel"])
    ['-n', '2', '--database', 'postgres', 'tests/kernel']
    >>> arguments(["-n0", "-x"])
    ['-n0', '-x']
    """
    out = [] if any(a.startswith(("-n", "--numprocesses", "--pdb")) for a in given) else ["-n", WORKERS]
    for argument in given:
        out += ["--database", "postgres"] if argument == "--postgres" else [argument]
    return out


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.stdout.write(f"{__doc__}\n")
        sys.exit(0)
    sys.exit(pytest.main(arguments(sys.argv[1:])))
