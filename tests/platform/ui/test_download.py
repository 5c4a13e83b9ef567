"""A list leaves as a file only with a row in the audit chain, and no cell of it is a formula."""

import csv
import io
from dataclasses import dataclass

import pytest

from firstbell.platform.access import DataClass
from firstbell.platform.models import AuditEntry
from firstbell.platform.testing import viewer_with
from firstbell.platform.ui import Column, NumberColumn, Table, download


@dataclass
class Row:
    name: str
    days: int


class Rows(Table):
    name = Column("Name")
    days = NumberColumn("Days")


@pytest.mark.django_db
def test_an_export_is_recorded_and_harmless_to_spreadsheets():
    rows = [Row("=HYPERLINK(1)", 1), Row("-2", -2), Row("Ng", 12345), Row("+1 555", 0)]
    response = download(
        viewer_with("registrar"),
        Rows(rows, caption="x"),
        "x.csv",
        data_classes=[DataClass.DIRECTORY],
        purpose="attendance list",
    )
    text = response.content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Name", "Days"],
        ["'=HYPERLINK(1)", "1"],
        ["-2", "-2"],
        ["Ng", "12345"],
        ["'+1 555", "0"],
    ]
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.count, entry.data_classes) == ("record.export", 4, "D1")
