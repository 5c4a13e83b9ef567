"""Whatever bytes come, the reader answers with records and findings; it never fails."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from firstbell.formats.edfi import open_source
from tests.formats.edfi.district import DISTRICT_XML, document

INTERCHANGES = sorted(DISTRICT_XML)
SNIPPETS = [
    b"<",
    b">",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"]]>",
    b"<!DOCTYPE x>",
    b"<![CDATA[",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b' ref="S"',
    b' id="S"',
    b"2010-02-30",
    b"<Term/>",
    b"99999999999999999999",
    b"NaN",
    b"xmlns='x'",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file with a few places cut, doubled, overwritten or filled with something hostile."""
    interchange = draw(st.sampled_from(INTERCHANGES))
    data = document(interchange, DISTRICT_XML[interchange]).encode()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        filling = draw(st.one_of(st.sampled_from([*SNIPPETS, data[start:end] * 2]), st.binary(max_size=20)))
        data = data[:start] + filling + data[end:]
    return data


@example(b"<:\x01?xml?><Interchange>")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_mutated_file_gives_records_and_findings_and_never_fails(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.xml").write_bytes(data)
        source = open_source(Path(folder))
        records = list(source.records())
    assert records or source.findings
    assert all(finding.message and finding.next_step and finding.file for finding in source.findings[:1])
    assert all(record.file == "one.xml" for record in records)
