"""Who is named for a student sees the student, from the day on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.api import assign_caseload, job_viewer, students_in_scope
from firstbell.people.testing import TODAY, small_district
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return small_district()


def seen(district, day=TODAY) -> set[int]:
    viewer = district.viewer("staff", "north-counselor")
    return set(students_in_scope(viewer, DataClass.DIRECTORY).values_list("id", flat=True))


def link(district, student="north-0", begin=TODAY):
    return district.id("staff", "north-counselor"), district.id("student", student), begin


def test_a_counselor_sees_whom_somebody_named(district):
    assert seen(district) == set()
    assert assign_caseload(job_viewer("test", TODAY), [link(district)]) == 1
    assert seen(district) == {district.id("student", "north-0")}
    assert AuditEntry.objects.filter(action="caseload.assign", count=1).exists()


def test_naming_somebody_again_changes_nothing(district):
    principal = district.viewer("staff", "north-principal")
    assert assign_caseload(principal, [link(district), link(district)]) == 1
    assert assign_caseload(principal, [link(district)]) == 0
    assert AuditEntry.objects.filter(action="caseload.assign").count() == 1


def test_a_later_begin_waits(district):
    assign_caseload(job_viewer("test", TODAY), [link(district, begin=TODAY + timedelta(days=1))])
    assert seen(district) == set()


@pytest.mark.parametrize("who", ["south-principal", "north-teacher", "north-counselor"])
def test_nobody_from_elsewhere_names(district, who):
    with pytest.raises(NotVisible):
        assign_caseload(district.viewer("staff", who), [link(district)])
    assert seen(district) == set()
