"""A student's record of disclosures: the office enters, a family reads its copy (34 CFR 99.32)."""

from __future__ import annotations

from typing import Any

import pytest

from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from firstbell.platform.models import AuditEntry, DisclosedStudent, Disclosure

pytestmark = pytest.mark.django_db
ROBOT = Viewer(None, "test", TODAY, purpose="test")
KEY = "6f6c0a52-6a0e-4bd1-a5ce-2f0d8d6a2f13"
ENTRY = {
    "form_id": KEY,
    "party": "Hon. R. Alder, County court",
    "basis": "subpoena",
    "purpose": "A custody case",
    "data_classes": ["D3", "D4"],
    "channel": "letter",
    "requested_on": "2026-11-20",
    "released_on": "2026-11-23",
}


def released(student: int, basis: str = "study", **more: Any) -> None:
    release = Release(
        party=f"Party of {basis}",
        basis=basis,
        purpose="Some interest",
        channel="letter",
        data_classes=(DataClass.ENROLLMENT,),
        **more,
    )
    record_disclosure(ROBOT, release, [student])


@pytest.fixture
def student(district: SmallDistrict) -> int:
    return district.id("student", "north-0")


def test_the_registrar_enters_what_left_by_hand_and_it_stands_in_the_record(enter: Any, student: int) -> None:
    client = enter("north-registrar")
    answer = client.post(f"/people/students/{student}/disclosures/add/", ENTRY)
    assert answer["Location"] == f"/people/students/{student}/disclosures/"
    page = client.get(answer["Location"]).content.decode()
    for said in (
        "Hon. R. Alder, County court",
        "Judicial order or subpoena",
        "enrollment and schedule; attendance",
        "Nov 20, 2026",
        "Nov 23, 2026",
    ):
        assert said in page
    entry = AuditEntry.objects.get(action="disclosure.release")
    assert (entry.data_classes, entry.count) == ("D3 D4", 1)


def test_a_form_that_is_sent_twice_enters_once(enter: Any, student: int) -> None:
    client = enter("north-registrar")
    for _ in range(2):
        assert client.post(f"/people/students/{student}/disclosures/add/", ENTRY).status_code == 302
    assert DisclosedStudent.objects.filter(student_id=student).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"released_on": ""}, "either answered on a day or refused for a reason"),
        ({"refused_reason": "no order"}, "either answered on a day or refused for a reason"),
        ({"released_on": "2026-11-25"}, "That day has not come"),
        ({"released_on": "2026-11-19"}, "released before it was asked for"),
        ({"party": " "}, "This field is required"),
        ({"data_classes": []}, "This field is required"),
        ({"basis": "because"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    enter: Any, student: int, changes: dict[str, Any], said: str
) -> None:
    answer = enter("north-registrar").post(f"/people/students/{student}/disclosures/add/", ENTRY | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_a_refused_request_is_entered_with_its_reason(enter: Any, student: int) -> None:
    client = enter("north-registrar")
    client.post(
        f"/people/students/{student}/disclosures/add/",
        ENTRY | {"released_on": "", "refused_reason": "The order was not signed"},
    )
    page = client.get(f"/people/students/{student}/disclosures/").content.decode()
    assert "Refused: The order was not signed" in page
    assert Disclosure.objects.get().released_at is None


def test_a_family_reads_its_copy_and_no_clerks_marks(enter: Any, student: int) -> None:
    """34 CFR 99.32(d): no entry for school officials, consent, directory information, a sealed subpoena."""
    released(student)
    for basis in ("school_official", "consent", "directory_information", "sealed_subpoena"):
        released(student, basis)
    page = enter("c-north-0", "contact").get(f"/people/students/{student}/disclosures/").content.decode()
    assert "Party of study" in page
    assert page.count("Party of") == 1
    assert "Enter a disclosure" not in page
    office = enter("north-registrar").get(f"/people/students/{student}/disclosures/").content.decode()
    assert office.count("Party of") == 5
    assert office.count("</svg>office only") == 4


def test_a_teacher_finds_no_such_page_and_no_tab(enter: Any, student: int) -> None:
    """Cal. Ed. Code 49064."""
    client = enter("north-teacher")
    assert client.get(f"/people/students/{student}/disclosures/").status_code == 404
    assert "Disclosures" not in client.get(f"/people/students/{student}/").content.decode()


def test_only_who_keeps_the_record_writes_it(enter: Any, student: int) -> None:
    assert (
        enter("north-principal").post(f"/people/students/{student}/disclosures/add/", ENTRY).status_code
        == 403
    )
    assert not Disclosure.objects.exists()


def test_the_record_leaves_as_a_file_whole_and_that_is_recorded(enter: Any, student: int) -> None:
    for _ in range(205):
        released(student)
    client = enter("north-registrar")
    page = client.get(f"/people/students/{student}/disclosures/").content.decode()
    assert "Only the newest are shown here" in page
    assert page.count("Party of study") == 200
    file = client.get(f"/people/students/{student}/disclosures/?as=csv").content.decode()
    assert file.count("Party of study") == 205
    assert AuditEntry.objects.latest("sequence").action == "record.export"
