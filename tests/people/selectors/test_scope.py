"""Who reaches whom: relations with dates, and a bar that beats them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from firstbell.people import api
from firstbell.people.models import (
    Caseload,
    RoleGrant,
    SectionStaff,
    Staff,
    StaffAssignment,
    StudentContact,
    StudentDemographics,
    Substitution,
)
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.testing import viewer_with

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


@pytest.mark.parametrize(
    ("begin", "end", "seen"), [(-9, 0, 1), (0, None, 1), (-9, -1, 0), (1, None, 0), (-9, 9, 1)]
)
def test_a_caseload_holds_between_its_dates(
    district: SmallDistrict, begin: int, end: int | None, seen: int
) -> None:
    account = district.account("staff", "north-counselor")
    Caseload.objects.create(
        staff=Staff.objects.get(account=account),
        student_id=district.id("student", "north-3"),
        begin=TODAY + timedelta(days=begin),
        end=None if end is None else TODAY + timedelta(days=end),
    )
    assert reached(api.viewer_for(account, TODAY)) == seen


def born(district: SmallDistrict, key: str, day: date) -> None:
    StudentDemographics.objects.filter(student=district.id("student", key)).update(birth_date=day)


@pytest.mark.parametrize(
    ("birth", "today", "adult"),
    [
        (date(2008, 11, 25), TODAY, False),
        (date(2008, 11, 24), TODAY, True),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2010, 2, 28), date(2028, 2, 29), True),
        (date(2010, 3, 1), date(2028, 2, 29), False),
    ],
)
def test_at_eighteen_the_link_of_the_guardian_ends_and_the_student_s_rights_begin(
    district: SmallDistrict, birth: date, today: date, adult: bool
) -> None:
    born(district, "north-0", birth)
    StudentContact.objects.update(begin=None)
    parent = api.viewer_for(district.account("contact", "c-north-0"), today)
    student = api.viewer_for(district.account("student", "north-0"), today)
    assert reached(parent) == (0 if adult else 1)
    assert parent.holds("guardian") is not adult
    assert student.holds("eligible_student") is adult
    assert reached(student, DataClass.NEED) == (1 if adult else 0)


def test_a_recorded_dependency_keeps_the_link_until_its_end(district: SmallDistrict) -> None:
    born(district, "north-0", date(2008, 11, 24))
    links = StudentContact.objects.filter(student=district.id("student", "north-0"))
    links.update(end=TODAY)
    parent = district.account("contact", "c-north-0")
    assert reached(api.viewer_for(parent, TODAY)) == 1
    assert reached(api.viewer_for(parent, TODAY + timedelta(days=1))) == 0


def test_a_student_without_a_birth_date_is_no_adult(district: SmallDistrict) -> None:
    StudentDemographics.objects.filter(student=district.id("student", "north-0")).update(birth_date=None)
    StudentDemographics.objects.filter(student=district.id("student", "north-1")).delete()
    assert [reached(district.viewer("contact", f"c-north-{n}")) for n in (0, 1)] == [1, 1]
    assert district.viewer("student", "north-0").holds("student")


def test_the_link_of_a_younger_sibling_stays(district: SmallDistrict) -> None:
    born(district, "north-0", date(2008, 11, 24))
    StudentContact.objects.create(
        contact_id=district.id("contact", "c-north-0"),
        student_id=district.id("student", "north-1"),
        relation="Mother",
    )
    parent = district.viewer("contact", "c-north-0")
    seen = api.students_in_scope(parent, DataClass.GRADEBOOK).values_list("pk", flat=True)
    assert list(seen) == [district.id("student", "north-1")]


def test_what_is_open_for_a_time_needs_a_grant_that_ends(district: SmallDistrict) -> None:
    """A privacy officer by post sees logs, and students only while a dated grant lasts (B1, ``t``)."""
    account = district.account("staff", "substitute")
    StaffAssignment.objects.filter(staff__account=account).update(role="privacy_officer")
    assert api.viewer_for(account, TODAY).may(DataClass.LOGS)
    assert reached(api.viewer_for(account, TODAY)) == 0
    grant = RoleGrant.objects.create(account=account, role="privacy_officer", begin=TODAY)
    assert reached(api.viewer_for(account, TODAY)) == 0
    grant.end = TODAY
    grant.save()
    assert reached(api.viewer_for(account, TODAY)) == 12
    assert reached(api.viewer_for(account, TODAY + timedelta(days=1))) == 0


def test_a_job_is_barred_from_nobody_and_a_contact_without_an_account_bars_no_stranger(
    district: SmallDistrict,
) -> None:
    district.bar("c-north-0", "north-0")
    assert reached(api.job_viewer("nightly", TODAY)) == 12
    stranger = viewer_with("registrar", school_id=district.id("school", "north"), account_id=999)
    assert reached(stranger) == 6
    assert reached(replace(stranger, account_id=None)) == 6


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
