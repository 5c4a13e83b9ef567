"""Who reaches whom: relations with dates, and a bar that beats them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from firstbell.people import api
from firstbell.people.models import (
    Caseload,
    SectionStaff,
    Staff,
    StaffAssignment,
    StudentContact,
    Substitution,
)
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import DataClass, NotVisible, Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


def reached(viewer: Viewer, data_class: DataClass = DataClass.DIRECTORY, *, write: bool = False) -> int:
    return api.students_in_scope(viewer, data_class, write=write).count()


def test_nobody_sees_anybody_without_a_role(district: SmallDistrict) -> None:
    viewer = Viewer(account_id=None, name="nobody", today=TODAY)
    assert reached(viewer) == 0
    assert api.find_people(viewer, "first") == []


@pytest.mark.parametrize(
    ("kind", "key", "seen"),
    [
        ("student", "north-0", 1),
        ("contact", "c-north-0", 1),
        ("staff", "north-teacher", 6),
        ("staff", "north-registrar", 6),
        ("staff", "north-counselor", 0),
        ("staff", "superintendent", 0),
    ],
)
def test_each_role_reaches_its_own_relation(district: SmallDistrict, kind: str, key: str, seen: int) -> None:
    assert reached(district.viewer(kind, key)) == seen


def test_a_teacher_loses_the_section_the_day_after_it_ends(district: SmallDistrict) -> None:
    teacher = district.viewer("staff", "north-teacher")
    SectionStaff.objects.filter(staff__account=teacher.account_id).update(end=TODAY)
    assert reached(district.viewer("staff", "north-teacher")) == 6
    SectionStaff.objects.filter(staff__account=teacher.account_id).update(end=TODAY - timedelta(days=1))
    assert reached(district.viewer("staff", "north-teacher")) == 0


def test_an_aide_in_a_section_is_no_teacher_of_it(district: SmallDistrict) -> None:
    account = district.account("staff", "north-teacher")
    SectionStaff.objects.filter(staff__account=account, section=district.id("section", "north-x1")).update(
        position="aide"
    )
    teacher = api.viewer_for(account, TODAY)
    assert list(api.sections_in_scope(teacher, DataClass.ATTENDANCE).values_list("pk", flat=True)) == [
        district.id("section", "north-x2")
    ]
    SectionStaff.objects.filter(staff__account=account).update(position="aide")
    StaffAssignment.objects.filter(staff__account=account).delete()
    assert api.viewer_for(account, TODAY).roles == ()


def test_a_registrar_whose_post_ended_sees_nobody(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "north-registrar")
    StaffAssignment.objects.filter(staff__account=registrar.account_id).update(end=TODAY - timedelta(days=1))
    assert reached(district.viewer("staff", "north-registrar")) == 0


def test_a_substitute_sees_the_section_on_the_day_only(district: SmallDistrict) -> None:
    account = district.account("staff", "substitute")
    Substitution.objects.create(
        section_id=district.id("section", "north-x1"), staff=Staff.objects.get(account=account), day=TODAY
    )
    assert reached(api.viewer_for(account, TODAY)) == 6
    assert reached(api.viewer_for(account, TODAY + timedelta(days=1))) == 0
    assert reached(api.viewer_for(account, TODAY), DataClass.CONTACT) == 0


def test_a_counselor_sees_the_caseload(district: SmallDistrict) -> None:
    account = district.account("staff", "north-counselor")
    Caseload.objects.create(
        staff=Staff.objects.get(account=account), student_id=district.id("student", "north-3"), begin=TODAY
    )
    seen = api.students_in_scope(api.viewer_for(account, TODAY), DataClass.ATTENDANCE)
    assert [row.pk for row in seen] == [district.id("student", "north-3")]


def test_a_barred_contact_sees_nothing_from_the_next_question_on(district: SmallDistrict) -> None:
    parent = district.viewer("contact", "c-north-0")
    assert reached(parent) == 1
    district.bar("c-north-0", "north-0")
    assert reached(parent) == 0
    assert api.find_people(parent, "first0") == []
    with pytest.raises(NotVisible):
        api.student_page(parent, district.id("student", "north-0"))


def test_no_further_role_removes_a_bar(district: SmallDistrict) -> None:
    """A parent who also teaches the child stays barred from that child, not from the class."""
    account = district.account("contact", "c-north-0")
    Staff.objects.filter(pk=district.id("staff", "north-teacher")).update(account=account)
    assert reached(api.viewer_for(account, TODAY)) == 6
    district.bar("c-north-0", "north-0")
    seen = set(
        api.students_in_scope(api.viewer_for(account, TODAY), DataClass.DIRECTORY).values_list(
            "pk", flat=True
        )
    )
    assert district.id("student", "north-0") not in seen
    assert len(seen) == 5


def test_a_barred_teacher_does_not_find_the_child_on_the_section_s_list(district: SmallDistrict) -> None:
    account = district.account("contact", "c-north-0")
    Staff.objects.filter(pk=district.id("staff", "north-teacher")).update(account=account)
    section = district.id("section", "north-x1")
    assert len(api.section_roster(api.viewer_for(account, TODAY), section, TODAY)) == 6
    district.bar("c-north-0", "north-0")
    seen = {row.student_id for row in api.section_roster(api.viewer_for(account, TODAY), section, TODAY)}
    assert len(seen) == 5
    assert district.id("student", "north-0") not in seen


def test_a_contact_without_rights_or_portal_sees_nothing(district: SmallDistrict) -> None:
    links = StudentContact.objects.filter(student=district.id("student", "north-0"))
    for change in ({"has_rights": False}, {"has_rights": True, "portal_access": False}):
        links.update(**change)
        assert reached(district.viewer("contact", "c-north-0")) == 0


def test_a_building_role_reads_leavers_and_writes_while_they_are_nobody_elses(
    district: SmallDistrict,
) -> None:
    student = district.id("student", "north-0")
    north, south = district.viewer("staff", "north-registrar"), district.viewer("staff", "south-registrar")
    api.withdraw(north, student, last_day=TODAY - timedelta(days=1), exit_code="T160")
    mine = api.students_in_scope(north, DataClass.ENROLLMENT, write=True)
    assert mine.filter(pk=student).exists(), "a leaver's record can still be corrected"
    assert not api.students_in_scope(south, DataClass.ENROLLMENT).filter(pk=student).exists()


def test_reading_does_not_mean_writing(district: SmallDistrict) -> None:
    teacher = district.viewer("staff", "north-teacher")
    assert reached(teacher, DataClass.ENROLLMENT) == 6
    assert reached(teacher, DataClass.ENROLLMENT, write=True) == 0
    assert reached(teacher, DataClass.ATTENDANCE, write=True) == 6


def test_a_teachers_student_page_has_no_address_and_no_programs(district: SmallDistrict) -> None:
    page = api.student_page(district.viewer("staff", "north-teacher"), district.id("student", "north-0"))
    assert page.card.name == "Learner-north, First0"
    assert not {"birth_date", "address"} & set(page.facts)
    assert (page.programs, page.orders) == (None, None)
    assert page.contacts is not None
    assert not page.card.openings.may_write(DataClass.ENROLLMENT)


def test_the_viewer_is_one_query(district: SmallDistrict, django_assert_num_queries: object) -> None:
    account = district.account("staff", "north-teacher")
    with django_assert_num_queries(1):  # type: ignore[operator]
        api.viewer_for(account, TODAY)


def test_a_disabled_account_is_nobody(district: SmallDistrict) -> None:
    account = district.account("staff", "north-teacher")
    account.is_active = False
    assert api.viewer_for(account, TODAY).roles == ()


def test_the_page_and_the_search_cost_the_same_for_a_large_school(
    django_assert_num_queries: object, django_assert_max_num_queries: object
) -> None:
    district = small_district(students=40)
    registrar = district.viewer("staff", "north-registrar")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(api.find_people(registrar, "learner")) == 20
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        api.student_page(registrar, district.id("student", "north-0"))


def test_tomorrow_is_another_viewer(district: SmallDistrict) -> None:
    registrar = replace(district.viewer("staff", "north-registrar"), today=TODAY + timedelta(days=1))
    assert reached(registrar) == 6
