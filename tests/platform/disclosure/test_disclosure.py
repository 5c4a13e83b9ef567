"""The record of disclosures (34 CFR 99.32): complete, by student, closed to those it is closed to."""

import pytest
from django.db import IntegrityError

from firstbell.kernel.finding import Refused
from firstbell.platform.access import DataClass, NotAllowed
from firstbell.platform.disclosure import Release, bases, disclosures_about, record_disclosure
from firstbell.platform.models import AuditEntry, DisclosedStudent, Disclosure
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
REGISTRAR = viewer_with("registrar", school_id=1)


def release(**changes):
    values = {
        "party": "Example County",
        "basis": "audit_or_evaluation",
        "purpose": "Yearly audit",
        "channel": "export:oneroster",
        "data_classes": (DataClass.DIRECTORY, DataClass.ATTENDANCE),
        "fields": ("name", "date"),
    }
    return Release(**(values | changes))


def test_every_student_concerned_has_the_entry_and_nobody_else():
    record_disclosure(REGISTRAR, release(), [3, 1, 2, 2])
    (entry,) = disclosures_about(REGISTRAR, 2)
    assert (entry.party, entry.basis.code, entry.student_count) == (
        "Example County",
        "audit_or_evaluation",
        3,
    )
    assert entry.data_classes == (DataClass.DIRECTORY, DataClass.ATTENDANCE)
    assert entry.released_at is not None
    assert disclosures_about(REGISTRAR, 4) == []


def test_a_refused_request_is_an_entry_too():
    record_disclosure(REGISTRAR, release(refused_reason="no signed order"), [1])
    (entry,) = disclosures_about(REGISTRAR, 1)
    assert entry.released_at is None
    assert entry.refused_reason == "no signed order"
    assert AuditEntry.objects.get().action == "disclosure.refuse"


@pytest.mark.parametrize(
    "basis", ["parent", "eligible_student", "school_official", "consent", "directory_information"]
)
def test_the_parents_copy_leaves_out_what_the_rule_exempts(basis):
    """34 CFR 99.32(d)(1) to (4)."""
    record_disclosure(REGISTRAR, release(basis=basis), [1])
    assert disclosures_about(REGISTRAR, 1) == []
    assert len(disclosures_about(REGISTRAR, 1, with_exempt=True)) == 1


@pytest.mark.parametrize("basis", ["enrolling_school", "subpoena", "emergency", "study", "unauthorized"])
def test_the_parents_copy_shows_everything_else(basis):
    record_disclosure(REGISTRAR, release(basis=basis), [1])
    assert len(disclosures_about(REGISTRAR, 1)) == 1


def test_every_basis_names_its_source():
    assert all(basis.source for basis in bases().values())


@pytest.mark.parametrize("gap", [{"party": " "}, {"purpose": ""}, {"channel": ""}, {"basis": "because"}])
def test_a_gap_is_refused_by_name_and_nothing_is_written(gap):
    with pytest.raises(Refused) as refusal:
        record_disclosure(REGISTRAR, release(**gap), [1])
    assert refusal.value.findings[0].column in gap
    assert not Disclosure.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["teacher", "attendance_clerk", "counselor"])
def test_the_log_is_closed_to_those_who_only_work_with_the_student(role):
    """Cal. Ed. Code 49064."""
    with pytest.raises(NotAllowed):
        disclosures_about(viewer_with(role), 1)


def test_one_release_of_twelve_thousand_is_found_by_student_in_one_query(django_assert_num_queries):
    record_disclosure(REGISTRAR, release(), range(12_000))
    assert DisclosedStudent.objects.count() == 12_000
    with django_assert_num_queries(1):
        assert len(disclosures_about(REGISTRAR, 7)) == 1


def test_the_database_holds_that_a_row_is_released_or_refused():
    number = record_disclosure(REGISTRAR, release(), [1])
    with pytest.raises(IntegrityError):
        Disclosure.objects.filter(pk=number).update(refused_reason="both")
