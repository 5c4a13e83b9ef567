"""A substitute has a section on the day arranged, and not the day before or after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.api import arrange_substitutes, job_viewer, sections_in_scope, viewer_for
from firstbell.people.testing import TODAY, small_district
from firstbell.platform.access import DataClass, NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return small_district()


def row(district, day=TODAY):
    return (
        district.id("section", "north-x1"),
        district.id("staff", "substitute"),
        district.id("staff", "north-teacher"),
        day,
    )


def sections(district, day) -> set[int]:
    viewer = viewer_for(district.account("staff", "substitute"), day)
    return set(sections_in_scope(viewer, DataClass.ATTENDANCE, write=True).values_list("id", flat=True))


def test_the_section_is_the_substitutes_for_the_day(district):
    assert arrange_substitutes(job_viewer("test", TODAY), [row(district)]) == 1
    assert sections(district, TODAY) == {district.id("section", "north-x1")}
    assert sections(district, TODAY - timedelta(days=1)) == set()
    assert sections(district, TODAY + timedelta(days=1)) == set()


@pytest.mark.parametrize("who", ["north-clerk", "north-principal"])
def test_the_schools_office_arranges_and_the_same_again_counts_once(district, who):
    office = district.viewer("staff", who)
    assert arrange_substitutes(office, [row(district)]) == 1
    assert arrange_substitutes(office, [row(district)]) == 0
    assert arrange_substitutes(office, []) == 0


@pytest.mark.parametrize("who", ["south-clerk", "north-teacher", "chief"])
def test_nobody_else_does(district, who):
    with pytest.raises(NotVisible):
        arrange_substitutes(district.viewer("staff", who), [row(district)])
    assert sections(district, TODAY) == set()
