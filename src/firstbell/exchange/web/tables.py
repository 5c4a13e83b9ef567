"""Lists of the exchange room's pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from firstbell.exchange.data import RunRow
from firstbell.exchange.web.words import FORMATS, STATES, kind_words
from firstbell.people.data import KindDifference
from firstbell.platform.ui import BadgeColumn, Column, NumberColumn, Table, moment_words

#: rows that lead to a page of their own
ROUTES = {"schools": "school", "students": "student", "staff": "staff_member", "sections": "section"}


class Runs(Table):
    """Imports, the newest first."""

    started_at = Column(
        "When", head=True, sortable=False, link=lambda row: reverse("import_run", args=[row.id])
    )
    source = Column("Source", sortable=False)
    format = Column("Kind", sortable=False, priority=3)
    file_name = Column("File", sortable=False, priority=3)
    by = Column("By", sortable=False)
    state = BadgeColumn("State", states=STATES, sortable=False)
    added = NumberColumn("Made", sortable=False)
    changed = NumberColumn("Changed", sortable=False)
    ended = NumberColumn("Ended", sortable=False)
    finding_count = NumberColumn("Findings", sortable=False)

    def render_started_at(self, record: RunRow) -> str:
        """Day and time."""
        return moment_words(record.started_at)

    def value_started_at(self, record: RunRow) -> str:
        """For a file: ISO 8601."""
        return timezone.localtime(record.started_at).isoformat(timespec="seconds")

    def render_format(self, record: RunRow) -> str:
        """The kind of file, short."""
        return FORMATS.get(record.format, record.format).split(" CSV")[0]


class Difference(Table):
    """What an import does, kind by kind."""

    kind = Column("Kind", head=True, sortable=False)
    added = NumberColumn("Made", sortable=False)
    changed = NumberColumn("Changed", sortable=False)
    ended = NumberColumn("Ended", sortable=False)
    unchanged = NumberColumn("As before", sortable=False)
    examples = Column("For instance", sortable=False, priority=3)

    def render_kind(self, record: KindDifference) -> str:
        """``Section enrollments``."""
        return kind_words(record.kind)

    def render_examples(self, record: KindDifference) -> str:
        """The first few, with their sign: + made, ~ changed, - ended."""
        return "; ".join(record.examples)


class Findings(Table):
    """What is wrong in a file, where, and what to do."""

    severity = BadgeColumn(
        "Weight",
        states={"error": ("must be mended", "bad"), "warning": ("worth a look", "warn")},
        sortable=False,
    )
    file = Column("File", sortable=False)
    row = Column("Row", sortable=False)
    column = Column("Column", sortable=False)
    message = Column("What is wrong", head=True, sortable=False)
    next_step = Column("What to do", sortable=False)
    code = Column("Code", sortable=False, priority=3)


class EndingRows(Table):
    """Who or what would end."""

    label = Column("Name", head=True, sortable=False, accessor="1", link=lambda row: row[2])
    number = Column("Our number", sortable=False, accessor="0")


def ending_rows(kind: str, rows: tuple[tuple[int, str], ...]) -> list[tuple[Any, ...]]:
    """Rows with the address of each one's page."""
    return [(row, label, reverse(ROUTES[kind], args=[row])) for row, label in rows]
