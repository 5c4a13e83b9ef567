"""Where one may go from every page, by role: the navigation of the house, in the order of a working day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from firstbell.attendance.web.views_board import OFFICE, WATCHERS
from firstbell.attendance.web.views_letters import READERS as CASE_READERS
from firstbell.attendance.web.views_schools import READERS
from firstbell.exchange.api import IMPORTERS
from firstbell.overview.api import has_bridge
from firstbell.overview.web.landing import landing
from firstbell.people.api import may_enroll, may_find
from firstbell.platform.access import Viewer
from firstbell.platform.accounts import KEEPERS
from firstbell.platform.audit import LOG_READERS
from firstbell.platform.jobs import JOB_WATCHERS


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its words, the name of its address, its icon, and for whom it is there."""

    words: str
    route: str
    icon: str
    opens: Callable[[Viewer], bool]


#: groups in order; each room's lines stand where its users look for them
NAVIGATION: tuple[tuple[str, tuple[Line, ...]], ...] = (
    (
        "",
        (
            Line("First page", "home", "bridge", lambda viewer: not landing(viewer)),
            Line("Bridge", "bridge", "bridge", lambda viewer: bool(landing(viewer)) and has_bridge(viewer)),
            Line("Registrar’s desk", "registrar_desk", "people", lambda viewer: viewer.holds("registrar")),
        ),
    ),
    (
        "People",
        (
            Line("My children", "my_students", "people", lambda viewer: viewer.holds("guardian")),
            Line(
                "My record",
                "my_students",
                "person",
                lambda viewer: viewer.holds("student", "eligible_student") and not viewer.holds("guardian"),
            ),
            Line("Find a person", "find_people", "find", may_find),
            Line("Enroll a student", "enroll_new", "plus", may_enroll),
            Line("Schools and calendars", "schools", "school", lambda viewer: bool(viewer.roles)),
        ),
    ),
    (
        "Attendance",
        (
            Line("My rolls", "rolls", "roll", lambda viewer: viewer.holds("teacher", "substitute")),
            Line("Rolls of the day", "board", "clock", lambda viewer: viewer.holds(*WATCHERS)),
            Line("Counter", "counter", "person", lambda viewer: viewer.holds(*OFFICE)),
            Line("Known absences", "known_absences", "calendar", lambda viewer: viewer.holds(*OFFICE)),
            Line("Letters", "letters", "letter", lambda viewer: viewer.holds(*CASE_READERS)),
            Line("Figures", "schools_attendance", "chart", lambda viewer: viewer.holds(*READERS)),
        ),
    ),
    (
        "Looking after the house",
        (
            Line("Imports", "imports", "exchange", lambda viewer: viewer.holds(*IMPORTERS)),
            Line("Accounts", "accounts", "lock", lambda viewer: viewer.holds(*KEEPERS)),
            Line(
                "Second person",
                "accounts_waiting",
                "shield",
                lambda viewer: viewer.holds("superintendent") and not viewer.holds(*KEEPERS),
            ),
            Line("Jobs", "jobs", "clock", lambda viewer: viewer.holds(*JOB_WATCHERS)),
            Line("Audit log", "audit_log", "shield", lambda viewer: viewer.holds(*LOG_READERS)),
        ),
    ),
)
