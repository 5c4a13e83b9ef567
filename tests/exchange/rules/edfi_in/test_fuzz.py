"""Whatever an Ed-Fi source says, it is mapped whole or refused with a reason."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.kernel.finding import any_refuses
from firstbell.people.rules.references import dangling_references
from tests.formats.edfi.district import DISTRICT_XML, write_district

INTERCHANGES = sorted(DISTRICT_XML)
VALUES = [
    "",
    "9001",
    "Fall Semester",
    "2010-2011",
    "501",
    "2011-01-01",
    "1",
    "true",
    "x|y",
    "é" * 300,
    "-1",
    "1e400",
]


@st.composite
def rewritten(draw: st.DrawFn) -> dict[str, str]:
    """The district with some texts between tags exchanged, some interchanges missing or doubled."""
    district = dict(DISTRICT_XML)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(INTERCHANGES))
        parts = district[name].split(">")
        spots = [i for i, part in enumerate(parts) if part.partition("<")[0].strip()]
        if spots:
            spot = draw(st.sampled_from(spots))
            parts[spot] = draw(st.sampled_from(VALUES)) + "<" + parts[spot].partition("<")[2]
            district[name] = ">".join(parts)
    if draw(st.booleans()):
        district[draw(st.sampled_from(INTERCHANGES))] = ""
    if draw(st.booleans()):
        doubled = draw(st.sampled_from(INTERCHANGES))
        district[doubled] += district[doubled]
    return district


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rewritten())
def test_a_rewritten_district_is_mapped_or_refused_and_never_fails(district: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        delivery = read_edfi(write_district(Path(folder), **district))
    keys = Counter((kept.kind, kept.key) for kept in delivery.kept or ())
    assert all(count == 1 for count in keys.values())
    assert delivery.attendance is not None
    students = {record.key for record in delivery.roster.students or ()} | {""}
    assert all(kept.student in students for kept in delivery.kept or ())
    if not any_refuses(delivery.findings):
        assert dangling_references(delivery.roster) == []
        assert all(event.code for event in delivery.attendance.events)
