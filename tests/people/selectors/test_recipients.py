"""Who may be written to, and under which letterhead (letters test bars, rights and coming of age)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.api import letterheads, recipients_of
from firstbell.people.models import Contact, StudentContact, StudentDirectory
from firstbell.people.testing import TODAY, SmallDistrict, small_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


def addresses(district: SmallDistrict) -> list[tuple[str, ...]]:
    student = district.id("student", "north-1")
    found = recipients_of(district.viewer("staff", "north-clerk"), [student], TODAY)
    return [one.address for one in found[student]]


def test_a_contact_without_an_address_is_reached_at_the_student_s_home_unless_they_live_apart(district):
    StudentDirectory.objects.update_or_create(
        student_id=district.id("student", "north-1"),
        defaults={"address": "12 Oak St", "city": "Town", "state": "CA", "postal_code": "90000"},
    )
    assert addresses(district) == [("12 Oak St", "Town, CA 90000")]
    StudentContact.objects.update(lives_with=False)
    assert addresses(district) == [()]
    Contact.objects.update(address="9 Elm St", city="Town", state="CA", postal_code="90001")
    assert addresses(district) == [("9 Elm St", "Town, CA 90001")]


def test_a_relation_that_ended_is_no_recipient(district):
    StudentContact.objects.update(end=TODAY - timedelta(days=1))
    assert addresses(district) == []


def test_students_of_other_schools_are_not_spoken_of(district):
    student = district.id("student", "south-1")
    assert recipients_of(district.viewer("staff", "north-clerk"), [student], TODAY) == {}


def test_a_letterhead_names_school_and_district(district):
    head = letterheads([district.id("school", "north")])[district.id("school", "north")]
    assert (head.school, head.agency) == ("North School", "Test District")
