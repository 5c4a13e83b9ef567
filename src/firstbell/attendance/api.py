"""The door of the attendance room: what other rooms and its own pages may call."""

from firstbell.attendance.services.codes import ensure_codes
from firstbell.attendance.services.load import load_attendance
from firstbell.attendance.services.recompute import recompute_days, recompute_schools
from firstbell.attendance.services.submit_roll import StaleRoll, submit_roll

__all__ = [
    "StaleRoll",
    "ensure_codes",
    "load_attendance",
    "recompute_days",
    "recompute_schools",
    "submit_roll",
]
