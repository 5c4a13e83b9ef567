"""What other rooms' tests may use of attendance: rolls taken in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from firstbell.attendance.data import Mark, RollReceipt
from firstbell.attendance.models import LetterSettings, RollSubmission
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


def absent_on(
    district: SmallDistrict, students: Sequence[str], days: Iterable[date], code: str = "A"
) -> None:
    """The school's clerk marks students of one school absent in every section on each of ``days``."""
    school = students[0].split("-")[0]
    clerk = district.viewer("staff", f"{school}-clerk")
    sections = sorted(key for kind, key in district.ids if kind == "section" and key.startswith(school))
    for day in days:
        for section in sections:
            submit_roll(
                clerk,
                district.id("section", section),
                day,
                district.id("period", f"{school}-p{section.split('-x')[1]}"),
                {district.id("student", student): Mark(code) for student in students},
                based_on=_version(district.id("section", section), day),
            )


def _version(section: int, day: date) -> int:
    found = RollSubmission.objects.filter(section=section, day=day).values_list("version", flat=True).first()
    return found or 0


def letter_settings(**values: Any) -> LetterSettings:
    """The district's letter settings with every text filled in; ``values`` change some."""
    filled: dict[str, Any] = {
        "begin": date(2026, 7, 1),
        "contact_name": "Rosa Vega",
        "contact_phone": "(555) 010-0100",
        "signatory": "The principal",
        "alternative_programs": {"en": "Independent study", "es": "Estudio independiente"},
        "support_services": {"en": "Counseling", "es": "Consejería"},
    }
    return LetterSettings.objects.create(**filled | values)
