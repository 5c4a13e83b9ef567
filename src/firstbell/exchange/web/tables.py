"""Lists of the exchange room's pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from firstbell.exchange.data import RunRow
from firstbell.exchange.web.words import STATES, WEIGHTS, by_words, kind_of_file, kind_words
from firstbell.kernel.finding import Finding
from firstbell.people.data import KindDifference
from firstbell.platform.ui import BadgeColumn, Column, NumberColumn, Table, moment_words

#: rows that lead to a page of their own
ROUTES = {"schools": "school", "students": "student", "staff": "staff_member", "sections": "section"}


class Runs(Table):
    """Imports, the newest first."""

    started_at = Column(
        "When", head=True, sortable=False, link=lambda row: reverse("import_run", args=[row.id])
    )
    file_name = Column("File", sortable=False)
    by = Column("By", sortable=False)
    state = BadgeColumn("State", states=STATES, sortable=False)
    added = NumberColumn("Made", sortable=False)
    changed = NumberColumn("Changed", sortable=False)
    ended = NumberColumn("Ended", sortable=False)
    finding_count = NumberColumn("Findings", sortable=False)

    def render_started_at(self, record: RunRow) -> str:
        """Day and time."""
        return moment_words(record.started_at)

    def render_file_name(self, record: RunRow) -> str:
        """The file with its kind and its source."""
        return f"{record.file_name}, {kind_of_file(record.format)} from {record.source}"

    def render_by(self, record: RunRow) -> str:
        """The person, or the command."""
        return by_words(record.by)


class Difference(Table):
    """What an import does, kind by kind."""

    kind = Column("Kind", head=True, sortable=False)
    added = NumberColumn("Made", sortable=False)
    changed = NumberColumn("Changed", sortable=False)
    ended = NumberColumn("Ended", sortable=False)
    unchanged = NumberColumn("As before", sortable=False)
    examples = Column("For instance", sortable=False)

    def render_kind(self, record: KindDifference) -> str:
        """``Section enrollments``."""
        return kind_words(record.kind)

    def render_examples(self, record: KindDifference) -> str:
        """The first few made (+) and changed (~)."""
        return "; ".join(one for one in record.examples if not one.startswith("-"))


class Findings(Table):
    """What is wrong in a file, where, and what to do."""

    severity = BadgeColumn("Weight", states=WEIGHTS, sortable=False)
    place = Column("Where", sortable=False)
    message = Column("What is wrong", head=True, sortable=False)
    next_step = Column("What to do", sortable=False)

    def render_message(self, record: Finding) -> str:
        """As a sentence begins."""
        return record.message[:1].upper() + record.message[1:]

    def render_next_step(self, record: Finding) -> str:
        """As a sentence begins."""
        return record.next_step[:1].upper() + record.next_step[1:]


class FindingsFile(Table):
    """Findings for a file: file, row and column apart, with the stable code."""

    severity = BadgeColumn("Weight", states=WEIGHTS)
    file = Column("File")
    row = Column("Row")
    column = Column("Column")
    message = Column("What is wrong")
    next_step = Column("What to do")
    code = Column("Code")


class EndingRows(Table):
    """Who or what would end."""

    label = Column("Name", head=True, sortable=False, accessor="1", link=lambda row: row[2])
    number = Column("Our number", sortable=False, accessor="0")


def ending_rows(kind: str, rows: tuple[tuple[int, str], ...]) -> list[tuple[Any, ...]]:
    """Rows with the address of each one's page."""
    return [(row, label, reverse(ROUTES[kind], args=[row])) for row, label in rows]
