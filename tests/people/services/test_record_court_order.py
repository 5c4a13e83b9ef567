"""A recorded court order bars its contact at once, above every other relation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.api import NewCourtOrder, job_viewer, record_court_orders, students_in_scope
from firstbell.people.testing import TODAY, small_district
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return small_district()


def order(district, begin=TODAY, **more):
    return NewCourtOrder(
        student_id=district.id("student", "north-0"),
        contact_id=district.id("contact", "c-north-0"),
        begin=begin,
        reference="FL-1",
        **more,
    )


def sees(district) -> bool:
    viewer = district.viewer("contact", "c-north-0")
    return students_in_scope(viewer, DataClass.DIRECTORY).exists()


def test_the_contact_sees_nothing_from_the_first_day_on(district):
    assert sees(district)
    assert record_court_orders(job_viewer("test", TODAY), [order(district)]) == 1
    assert not sees(district)
    assert AuditEntry.objects.get(action="custody.order").data_classes == "D12"


@pytest.mark.parametrize(
    ("begin", "end"),
    [(TODAY + timedelta(days=1), None), (TODAY - timedelta(days=9), TODAY - timedelta(days=1))],
)
def test_an_order_holds_between_its_dates_only(district, begin, end):
    record_court_orders(job_viewer("test", TODAY), [order(district, begin, end=end)])
    assert sees(district)


def test_the_registrar_records_and_the_same_order_counts_once(district):
    registrar = district.viewer("staff", "north-registrar")
    assert record_court_orders(registrar, [order(district)]) == 1
    assert record_court_orders(registrar, [order(district)]) == 0


@pytest.mark.parametrize("who", ["south-registrar", "north-teacher", "north-clerk"])
def test_nobody_else_does(district, who):
    with pytest.raises(NotVisible):
        record_court_orders(district.viewer("staff", who), [order(district)])
    assert sees(district)
