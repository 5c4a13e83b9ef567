"""What other rooms' tests may use of attendance: rolls taken in one line."""

from __future__ import annotations

from datetime import date

from firstbell.attendance.data import Mark, RollReceipt
from firstbell.attendance.services.codes import ensure_codes
from firstbell.attendance.services.submit_roll import submit_roll
from firstbell.people.testing import SmallDistrict


def take_roll(
    district: SmallDistrict, section: str, marks: dict[str, str] | None = None, day: date | None = None
) -> RollReceipt:
    """The section's teacher submits its roll of ``day`` (today), ``marks`` by the roster's student keys."""
    ensure_codes()
    school, number = section.split("-x")
    return submit_roll(
        district.viewer("staff", f"{school}-teacher"),
        district.id("section", section),
        day or district.today,
        district.id("period", f"{school}-p{number}"),
        {district.id("student", key): Mark(code) for key, code in (marks or {}).items()},
    )
