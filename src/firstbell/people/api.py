"""The door of the people room: what other rooms and its own pages may call."""

from firstbell.people.selectors.scope import schools_in_scope, sections_in_scope, students_in_scope
from firstbell.people.selectors.viewer import job_viewer, running, viewer_for
from firstbell.people.services.apply_roster import Held, apply_roster

__all__ = [
    "Held",
    "apply_roster",
    "job_viewer",
    "running",
    "schools_in_scope",
    "sections_in_scope",
    "students_in_scope",
    "viewer_for",
]
