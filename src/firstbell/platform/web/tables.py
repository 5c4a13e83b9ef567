"""Lists of the ground floor's pages: the log and the jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from firstbell.platform.audit import AuditLine, act_words
from firstbell.platform.data import JobProgress, ScheduledWork
from firstbell.platform.ui import ActionsColumn, BadgeColumn, Column, Table, moment_words
from firstbell.platform.web.forms_watch import JOB_STATES

#: fields that a line names; the file has all
MOST_FIELDS = 6


def object_words(line: AuditLine) -> str:
    """What an act was done to: ``student 12``; empty where it was done to nothing in particular."""
    kind = line.object_kind.replace("_", " ")
    return f"{kind} {line.object_id}".strip()


def sentence(line: AuditLine) -> str:
    """A line in words, without who and when: ``corrected student 12: name, phone``."""
    words = f"{act_words(line.action)} {object_words(line)}".strip()
    if line.fields:
        words += f": {', '.join(name.replace('_', ' ') for name in line.fields[:MOST_FIELDS])}"
    if len(line.fields) > MOST_FIELDS:
        words += f" and {len(line.fields) - MOST_FIELDS} more fields"
    return f"{words} ({line.count:,} people or rows)" if line.count > 1 else words


def object_page(line: AuditLine) -> str:
    """The page of what an act was done to; empty where it has none."""
    routes: dict[str, str] = import_string(settings.FIRSTBELL_OBJECT_PAGES)
    if line.object_kind not in routes or not line.object_id.isdecimal():
        return ""
    try:
        return reverse(routes[line.object_kind], args=[int(line.object_id)])
    except NoReverseMatch:
        return ""


class LogLines(Table):
    """The log, the newest first."""

    at = Column("When", head=True, sortable=False)
    actor = Column("Who", sortable=False)
    action = Column("Did what", sortable=False, link=object_page)
    reason = Column("Why", sortable=False)
    sequence = Column("Row", sortable=False, priority=3)

    def render_at(self, record: AuditLine) -> str:
        """Day and time."""
        return moment_words(record.at)

    def render_action(self, record: AuditLine) -> str:
        """The act in words."""
        return sentence(record)

    def render_actor(self, record: AuditLine) -> str:
        """The person, the clock, or the program by its purpose."""
        return "the clock" if record.actor.startswith("schedule:") else record.actor.replace(":", " ")


class LogFile(Table):
    """The log for a file: every column as it is kept."""

    sequence = Column("Row")
    at = Column("When")
    actor_id = Column("Account")
    actor = Column("Who")
    purpose = Column("Purpose")
    action = Column("Act")
    object_kind = Column("Object")
    object_id = Column("Number")
    fields = Column("Fields", accessor="fields")
    data_classes = Column("Data classes")
    count = Column("Count")
    reason = Column("Reason")
    request_id = Column("Request")

    def value_at(self, record: AuditLine) -> str:
        """ISO 8601 in the district's time."""
        return timezone.localtime(record.at).isoformat(timespec="seconds")

    def value_fields(self, record: AuditLine) -> str:
        """Names, separated by spaces."""
        return " ".join(record.fields)

    def value_data_classes(self, record: AuditLine) -> str:
        """Codes, separated by spaces."""
        return " ".join(record.data_classes)


def span_words(span: timedelta | None) -> str:
    """How long something took or is apart: ``12 s``, ``5 min``, ``3 h``, ``1 day``."""
    if span is None:
        return ""
    seconds = span.total_seconds()
    if seconds < 1:
        return "under 1 s"
    for size, word in ((86400, "day"), (3600, "h"), (60, "min")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number}\N{NO-BREAK SPACE}{word}{'s' if word == 'day' and number > 1 else ''}"
    return f"{round(seconds)}\N{NO-BREAK SPACE}s"


class Scheduled(Table):
    """What runs by the clock."""

    label = Column("Work", head=True, sortable=False)
    period = Column("Every", sortable=False)
    outcome = BadgeColumn("Last run", accessor="last__state", states=JOB_STATES, sortable=False)
    began = Column("When", accessor="last__created_at", sortable=False)
    took = Column("Took", accessor="last__took", sortable=False)
    due_at = Column("Next due", sortable=False, empty_values=())
    said = Column("What it said", accessor="last__message", sortable=False)

    def render_period(self, value: timedelta) -> str:
        """``15 min``."""
        return span_words(value)

    def render_began(self, value: Any) -> str:
        """Day and time."""
        return moment_words(value, year=False)

    def render_took(self, value: timedelta) -> str:
        """``12 s``."""
        return span_words(value)

    def render_due_at(self, record: ScheduledWork) -> str:
        """When a worker begins it again."""
        if record.under_way:
            return "under way"
        if record.due_at is None or record.due_at <= timezone.now():
            return "now"
        return moment_words(record.due_at, year=False)

    def render_said(self, record: ScheduledWork) -> str:
        """The sentence of a run that did not end well."""
        return record.last.message if record.last and record.last.state != "done" else ""


def run_now_column() -> list[tuple[str, ActionsColumn]]:
    """A last column that leads to running a piece of work at once."""
    return [
        (
            "act",
            ActionsColumn(
                "Do",
                of=lambda row: (
                    []
                    if row.under_way
                    else [(reverse("job_run", args=[row.name]), "Run\N{NO-BREAK SPACE}now")]
                ),
            ),
        )
    ]


class Jobs(Table):
    """Jobs, the newest first."""

    created_at = Column("Asked for", head=True, sortable=False)
    label = Column("Work", sortable=False)
    by = Column("By", sortable=False)
    state = BadgeColumn("Outcome", states=JOB_STATES, sortable=False)
    took = Column("Took", sortable=False)
    message = Column("What it said", sortable=False)

    def render_created_at(self, value: Any) -> str:
        """Day and time."""
        return moment_words(value, year=False)

    def render_took(self, value: timedelta) -> str:
        """``12 s``."""
        return span_words(value)

    def render_message(self, record: JobProgress) -> str:
        """How far it is, or how it ended."""
        if record.state == "running" and record.percent:
            return f"{record.percent} %, {record.message}".rstrip(", ")
        return "" if record.state == "done" else record.message
