"""The registrar's desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from firstbell.people.models import SectionEnrollment
from firstbell.people.testing import TODAY, SmallDistrict

pytestmark = pytest.mark.django_db


def test_the_desk_leads_from_a_problem_to_the_students(enter: Any, district: SmallDistrict) -> None:
    SectionEnrollment.objects.filter(student=district.id("student", "north-0")).update(
        end=TODAY - timedelta(days=1)
    )
    registrar = enter("north-registrar")
    page = registrar.get("/people/desk/").content.decode()
    address = f"/people/problems/without_section/{district.id('school', 'north')}/"
    assert address in page
    listed = registrar.get(address).content.decode()
    assert "Learner-north, First0" in listed
    assert "First1" not in listed
    file = registrar.get(f"{address}?as=csv")
    assert "Learner-north, First0" in file.content.decode()


def test_a_desk_without_problems_says_so(enter: Any, district: SmallDistrict) -> None:
    page = enter("north-registrar").get("/people/desk/").content.decode()
    assert "contradicts itself" in page
    assert "last two weeks" in page
