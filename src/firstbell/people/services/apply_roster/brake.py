"""The brake: a roster that would end too many people waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from firstbell import params
from firstbell.kernel.finding import Finding, error
from firstbell.people.services.apply_roster.comparison import Tally

TABLE = Path(__file__).resolve().parents[2] / "tables" / "import_brake.yaml"


def brake_findings(
    tallies: Mapping[str, Tally], *, active: Mapping[str, int], today: date | None = None
) -> list[Finding]:
    """A finding for each kind of which more than its share would end (interoperability spec, A5.4)."""
    table = params.load(TABLE)
    findings = []
    for kind in ("schools", "students", "staff", "sections"):
        tally = tallies.get(kind)
        if tally is None or not tally.ended:
            continue
        limit = Fraction(str(table[kind].on(today or date.max).value))
        share = Fraction(tally.ended, max(active.get(kind, 0), tally.ended))
        if share > limit:
            findings.append(
                error(
                    "roster.brake",
                    f"{tally.ended} of {active.get(kind, 0)} {kind} would end, more than {float(limit):.0%}",
                    "look at the difference; if it is right, apply it again and confirm",
                    column=kind,
                )
            )
    return findings
