"""The bridge: every panel that is open to the viewer, or, before there is a district, the way to one."""

from __future__ import annotations

from firstbell.overview.data import Bridge, Panel, Place, Step
from firstbell.overview.selectors.panels import panels, panels_for
from firstbell.people.api import anything_set_up, people_counts
from firstbell.platform.access import Viewer

#: who sets a district up
FOUNDERS = ("technology_chief", "system_administrator", "superintendent")


def has_bridge(viewer: Viewer) -> bool:
    """Whether any panel is open to the viewer."""
    return any(module.opens(viewer) for module in panels().values())


def bridge(viewer: Viewer) -> Bridge:
    """The panels open to the viewer; without a school, what those who set the district up do first."""
    if not anything_set_up():
        return Bridge(steps=_steps() if viewer.holds(*FOUNDERS) else ())
    return Bridge(tuple(panels_for(viewer)))


def bridge_panel(viewer: Viewer, key: str) -> Panel | None:
    """One panel; None where it is not open to the viewer."""
    return next(panels_for(viewer, only=key), None) if key else None


def _steps() -> tuple[Step, ...]:
    """From an empty house to the first roll call."""
    counts = people_counts()
    return (
        Step(
            "Look around in a demonstration",
            False,
            "A whole district of invented people, beside this one and never mixed with it. "
            "It starts from the folder of the program.",
            command="python3 run demo",
        ),
        Step(
            "Bring your district in",
            bool(counts.get("schools")),
            "A OneRoster package from your student information system brings schools, calendars, people, "
            "sections and enrollments. The first run shows what it would do and changes nothing.",
            command="firstbell import oneroster PACKAGE.zip --dry-run",
            place=Place("import_upload", "Upload a package"),
        ),
        Step(
            "Give calendars and bell times to each school",
            bool(counts.get("calendar_dates") and counts.get("bell_schedules")),
            "Attendance needs to know which days are taught and when each period begins. "
            "Ed-Fi sources bring both; a OneRoster package does not.",
        ),
        Step(
            "Let people in",
            False,
            "Accounts open what a person's post, sections and family open, no more. "
            "Connect the district's own sign-in, or make accounts one by one.",
            place=Place("accounts", "Accounts"),
        ),
    )
