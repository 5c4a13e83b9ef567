"""Lists of letters, whom they go to, and what became of their copies."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from firstbell.attendance.data import DeliveryRow
from firstbell.attendance.web.tables.days import Occasions
from firstbell.platform.ui import (
    BadgeColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    moment_words,
)

LETTER_STATES = {
    "proposed": ("proposed", "warn"),
    "held": ("held", "info"),
    "sent": ("sent", "good"),
    "dismissed": ("not sent", "neutral"),
    "withdrawn": ("withdrawn", "neutral"),
}


class LetterRows(Table):
    """Letters of the truancy sequence."""

    student = Column("Student", head=True, link=lambda row: reverse("letter", args=[row.id]))
    number = NumberColumn("Letter")
    school = Column("School")
    occasions = NumberColumn("Occasions")
    first_day = DateColumn("First", priority=3)
    last_day = DateColumn("Latest")
    state = BadgeColumn("State", states=LETTER_STATES)
    triggers = BadgeColumn(
        "Today", states={True: ("still triggers", "neutral"), False: ("would no longer trigger", "info")}
    )
    hold_reason = Column("Held because", sortable=False)
    undelivered = NumberColumn("Copies to deliver")


class Recipients(Table):
    """Whom a letter would go to."""

    addressee = Column("To", head=True, sortable=False)
    relation = Column("Relation", sortable=False)
    language = Column("Language", sortable=False)
    channel = Column("By", sortable=False)
    email = Column("E-mail", sortable=False)
    address = Column("Address", sortable=False)


DELIVERY_STATES = {
    "to_print": ("to be printed", "warn"),
    "mailed": ("handed to the post", "good"),
    "queued": ("e-mail waits", "warn"),
    "sending": ("e-mail interrupted", "bad"),
    "sent": ("e-mail sent", "good"),
    "failed": ("e-mail failed", "bad"),
}


def copy_address(row: DeliveryRow) -> str:
    """The file of a copy."""
    return reverse("letter_file", args=[row.id])


class Deliveries(Table):
    """Copies of a letter as they left."""

    addressee = Column("To", head=True, sortable=False)
    language = Column("Language", sortable=False)
    address = Column("Where to", sortable=False)
    state = BadgeColumn("State", states=DELIVERY_STATES, sortable=False)
    result = Column("What became of it", sortable=False)
    at = Column("When", sortable=False)
    by = Column("By", sortable=False)
    file = Column(
        "Copy", sortable=False, accessor="id", link=lambda row: reverse("letter_file", args=[row.id])
    )

    def render_at(self, value: datetime) -> str:
        """Day and time."""
        return moment_words(value, year=False)

    def render_file(self) -> str:
        """The copy itself."""
        return "PDF"

    def value_file(self) -> str:
        """Nothing in a file."""
        return ""


class Evidence(Occasions):
    """The attendance rows behind a letter, frozen when it was sent."""
