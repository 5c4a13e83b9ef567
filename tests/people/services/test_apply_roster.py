"""Applying a roster: the difference and nothing else, all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firstbell.kernel.finding import Refused
from firstbell.people.api import Held, apply_roster, people_counts
from firstbell.people.data import Roster, SectionEnrollmentRecord, StudentRecord
from firstbell.people.models import (
    NameWord,
    Revision,
    RosterAct,
    SchoolEnrollment,
    SectionEnrollment,
    Student,
    StudentContact,
)
from firstbell.people.testing import SOURCE, TODAY, small_district, small_roster
from firstbell.platform.access import Viewer

pytestmark = pytest.mark.django_db

JOB = Viewer(account_id=None, name="test", today=TODAY, purpose="test")


def one(difference: object, kind: str) -> tuple[int, int, int, int]:
    found = next(k for k in difference.kinds if k.kind == kind)  # type: ignore[attr-defined]
    return found.added, found.changed, found.ended, found.unchanged


def test_every_record_becomes_one_row() -> None:
    roster = small_roster(students=4, sections=2)
    apply_roster(JOB, roster, source=SOURCE)
    counts = people_counts()
    for kind, wanted in roster.counts().items():
        name = {
            "calendar_days": "calendar_dates",
            "sessions": "academic_sessions",
            "periods": "class_periods",
        }
        assert counts[name.get(kind, kind)] == wanted, kind


def test_the_same_roster_again_changes_nothing_and_leaves_no_act() -> None:
    apply_roster(JOB, small_roster(), source=SOURCE)
    before = (people_counts(), RosterAct.objects.count(), Revision.objects.count())
    difference = apply_roster(JOB, small_roster(), source=SOURCE)
    assert difference.changes == 0
    assert (people_counts(), RosterAct.objects.count(), Revision.objects.count()) == before


def test_a_dry_run_tells_the_difference_and_writes_nothing() -> None:
    difference = apply_roster(JOB, small_roster(students=3), source=SOURCE, dry_run=True)
    assert one(difference, "students") == (6, 0, 0, 0)
    assert set(people_counts().values()) == {0}


def test_a_changed_name_is_written_with_its_history_and_found_by_the_new_name() -> None:
    roster = small_roster()
    apply_roster(JOB, roster, source=SOURCE)
    first = roster.students[0]
    roster.students[0] = replace(first, name=replace(first.name, last="Zürcher"))
    difference = apply_roster(JOB, roster, source=SOURCE)
    assert one(difference, "students") == (0, 1, 0, 11)
    revision = Revision.objects.get(kind="student")
    assert (revision.before, revision.after) == (
        {"last_name": first.name.last},
        {"last_name": "Zürcher"},
    )
    assert NameWord.objects.filter(word="zurcher").exists()


def test_the_opaque_id_survives_a_rename() -> None:
    roster = small_roster()
    apply_roster(JOB, roster, source=SOURCE)
    before = set(Student.objects.values_list("sourced_id", flat=True))
    roster.students = [replace(s, name=replace(s.name, last="New")) for s in roster.students]
    apply_roster(JOB, roster, source=SOURCE)
    assert set(Student.objects.values_list("sourced_id", flat=True)) == before


def test_an_id_of_the_source_that_is_a_uuid_is_kept() -> None:
    key = "3f0e8c55-6f0f-5f1c-9d0a-2f7c0c1f1a11"
    roster = small_roster()
    roster.students.append(StudentRecord(key=key, name=roster.students[0].name, local_id="777"))
    apply_roster(JOB, roster, source=SOURCE)
    assert str(Student.objects.get(local_id="777").sourced_id) == key


def test_what_a_complete_roster_lacks_ends_and_is_never_deleted() -> None:
    roster = small_roster(students=12)
    apply_roster(JOB, roster, source=SOURCE)
    gone = roster.students.pop().key
    roster.student_contacts = [c for c in roster.student_contacts if c.student != gone]
    roster.school_enrollments = [e for e in roster.school_enrollments if e.student != gone]
    roster.section_enrollments = [e for e in roster.section_enrollments if e.student != gone]
    difference = apply_roster(JOB, roster, source=SOURCE)
    assert one(difference, "students") == (0, 0, 1, 23)
    student = Student.objects.get(ended_on=TODAY)
    current = SchoolEnrollment.objects.get(student=student, superseded_at=None)
    assert (TODAY - current.exit).days == 1
    assert SchoolEnrollment.objects.filter(student=student).count() == 2, "the first version stays readable"
    assert StudentContact.objects.get(student=student).end is not None


def test_a_row_that_comes_back_is_the_same_row() -> None:
    roster = small_roster(students=12)
    apply_roster(JOB, roster, source=SOURCE)
    ids = set(Student.objects.values_list("id", flat=True))
    shorter = small_roster(students=12)
    gone = shorter.students.pop().key
    for name in ("student_contacts", "school_enrollments", "section_enrollments"):
        setattr(shorter, name, [r for r in getattr(shorter, name) if r.student != gone])
    apply_roster(JOB, shorter, source=SOURCE)
    apply_roster(JOB, roster, source=SOURCE)
    assert set(Student.objects.values_list("id", flat=True)) == ids
    assert not Student.objects.exclude(ended_on=None).exists()
    assert SchoolEnrollment.objects.filter(superseded_at=None, exit=None).count() == 24


def test_a_roster_that_would_end_too_many_students_waits_for_a_person() -> None:
    apply_roster(JOB, small_roster(students=10), source=SOURCE)
    fewer = small_roster(students=8)
    with pytest.raises(Held) as held:
        apply_roster(JOB, fewer, source=SOURCE)
    assert "4 of 20 students would end" in held.value.findings[0].message
    assert not Student.objects.exclude(ended_on=None).exists(), "nothing changed"
    apply_roster(JOB, fewer, source=SOURCE, confirm=True)
    assert Student.objects.exclude(ended_on=None).count() == 4


def test_a_complete_roster_without_any_student_is_held_too() -> None:
    apply_roster(JOB, small_roster(), source=SOURCE)
    empty = small_roster()
    for name in ("students", "student_contacts", "school_enrollments", "section_enrollments"):
        setattr(empty, name, [])
    with pytest.raises(Held):
        apply_roster(JOB, empty, source=SOURCE)


def test_a_list_the_source_does_not_speak_of_is_left_alone() -> None:
    apply_roster(JOB, small_roster(), source=SOURCE)
    before = people_counts()
    difference = apply_roster(JOB, Roster(students=small_roster().students), source=SOURCE)
    assert difference.changes == 0
    assert people_counts() == before


def test_a_reference_to_nobody_refuses_the_whole() -> None:
    roster = small_roster()
    roster.section_enrollments.append(
        SectionEnrollmentRecord(student="nobody", section="north-x1", begin=TODAY)
    )
    with pytest.raises(Refused) as refused:
        apply_roster(JOB, roster, source=SOURCE)
    assert refused.value.findings[0].code == "reference.missing_target_record"
    assert "nobody" in refused.value.findings[0].message
    assert set(people_counts().values()) == {0}


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda r: r.students.append(r.students[0]), "reference.duplicate_sourced_id"),
        (
            lambda r: r.students.append(replace(r.students[0], key="long", local_id="1", state_id="2" * 41)),
            "value.too_long",
        ),
        (
            lambda r: r.students.append(
                replace(r.students[0], key="nul", local_id="", state_id="", username="a\x00b")
            ),
            "value.nul",
        ),
        (
            lambda r: r.school_enrollments.append(
                replace(r.school_enrollments[0], entry=TODAY, school="south")
            ),
            "enrollment.overlap",
        ),
        (
            lambda r: r.school_enrollments.__setitem__(
                0, replace(r.school_enrollments[0], exit=r.school_enrollments[0].entry.replace(year=2025))
            ),
            "enrollment.exit_before_entry",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_code_and_nothing_changes(spoil: object, code: str) -> None:
    roster = small_roster()
    spoil(roster)  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        apply_roster(JOB, roster, source=SOURCE)
    assert code in {finding.code for finding in refused.value.findings}
    assert all(finding.next_step for finding in refused.value.findings)
    assert set(people_counts().values()) == {0}


def test_a_second_source_recognizes_a_student_by_the_state_id_never_by_the_name() -> None:
    apply_roster(JOB, small_roster(), source=SOURCE)
    known = small_roster().students[0]
    again = Roster(
        students=[
            replace(known, key="other-1"),
            replace(known, key="other-2", state_id="", local_id=""),
        ],
        complete=False,
    )
    difference = apply_roster(JOB, again, source="second")
    assert one(difference, "students") == (1, 0, 0, 1)


def test_a_delta_ends_a_section_enrollment_by_the_key_of_its_source() -> None:
    roster = small_roster()
    roster.section_enrollments = [
        replace(row, key=f"e{n}") for n, row in enumerate(roster.section_enrollments)
    ]
    apply_roster(JOB, roster, source=SOURCE)
    delta = Roster(complete=False, ended=[("section_enrollments", "e0")])
    difference = apply_roster(JOB, delta, source=SOURCE)
    assert one(difference, "section_enrollments")[2] == 1
    ended = SectionEnrollment.objects.get(source_key="e0", superseded_at=None)
    assert ended.end < TODAY


def test_the_number_of_queries_does_not_grow_with_the_roster(django_assert_max_num_queries: object) -> None:
    apply_roster(JOB, small_roster(students=40), source=SOURCE)
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        apply_roster(JOB, small_roster(students=40), source=SOURCE)


def test_the_small_district_answers_ids_by_key() -> None:
    district = small_district()
    assert Student.objects.get(pk=district.id("student", "north-0")).last_name == "Learner-north"
