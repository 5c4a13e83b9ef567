"""Many rows at once are the rows that one at a time would have been."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

import pytest
from django.db import IntegrityError
from django.forms.models import model_to_dict

from firstbell.attendance.models import PupilDayRow, RollSubmission
from firstbell.people.models import (
    Agency,
    BellTimeRow,
    CalendarDate,
    ClassPeriod,
    Revision,
    School,
    SourceKey,
    StudentContact,
)
from firstbell.people.testing import small_district
from firstbell.platform.rows import BATCH, insert_rows

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, 30, 15, 250, tzinfo=timezone(timedelta(hours=-8)))


class Word(StrEnum):
    """A word of an enumeration, as records hold it."""

    TAUGHT = "taught"


def twin(model, columns, rows):
    """The rows as Django makes them, one object each: the naive twin."""
    model.objects.bulk_create([model(**dict(zip(columns, row, strict=True))) for row in rows])


@pytest.fixture
def district():
    return small_district(students=2, sections=2)


def cases(district):
    """(model, columns, rows, other rows with the same values but another key)."""
    period = district.id("period", "north-p1")
    calendar = district.id("calendar", "north-cal")
    section = district.id("section", "north-x1")
    pupil, other = district.id("student", "north-0"), district.id("student", "north-1")
    school = district.id("school", "north")
    bell = district.id("bell_schedule", "north-bell")
    return {
        "dates and words": (
            CalendarDate,
            ("calendar_id", "day", "day_type", "cycle_letter", "school_month", "note"),
            [(calendar, date(2030, 1, 1), Word.TAUGHT, "", None, "“Día” – ")],
            [(calendar, date(2030, 1, 2), Word.TAUGHT, "", None, "“Día” – ")],
        ),
        "instants": (
            RollSubmission,
            ("section_id", "day", "slot", "submitted_at", "by_name", "account_id"),
            [(section, date(2030, 1, 1), period, NOON, "Ann", None)],
            [(section, date(2030, 1, 2), period, NOON.astimezone(UTC), "Ann", None)],
        ),
        "lists, truths and small numbers": (
            PupilDayRow,
            (
                "student_id",
                "school_id",
                "day",
                "category",
                "code",
                "state_day_present",
                "local_day_present",
                "earns_ada",
                "full_day_unexcused",
                "unexcused_gaps",
                "fraction_n",
            ),
            [(pupil, school, date(2030, 1, 1), "in_person", "P", True, False, True, False, ["31.5"], 1)],
            [(other, school, date(2030, 1, 1), "in_person", "P", True, False, True, False, ["31.5"], 1)],
        ),
        "defaults and unknowns": (
            StudentContact,
            ("student_id", "contact_id", "relation", "lives_with"),
            [(pupil, district.id("contact", "c-north-1"), "Aunt", None)],
            [(other, district.id("contact", "c-north-0"), "Aunt", None)],
        ),
        "opaque ids": (
            School,
            ("agency_id", "name", "grades", "sourced_id", "changed_at"),
            [(district.id("agency", "d"), "One", ["09"], uuid.uuid5(uuid.NAMESPACE_DNS, "a"), NOON)],
            [(district.id("agency", "d"), "One", ["09"], uuid.uuid5(uuid.NAMESPACE_DNS, "b"), NOON)],
        ),
        "times of day": (
            BellTimeRow,
            ("bell_schedule_id", "period_id", "begin", "end", "minutes"),
            [(bell, district.id("period", "south-p1"), time(8, 30), time(9, 20, 30), 50)],
            [(bell, district.id("period", "south-p2"), time(8, 30), time(9, 20, 30), 50)],
        ),
    }


KEYS = {"id", "pk", "student", "contact", "calendar", "day", "sourced_id", "section", "period", "changed_at"}


@pytest.mark.parametrize(
    "case",
    [
        "dates and words",
        "instants",
        "lists, truths and small numbers",
        "defaults and unknowns",
        "opaque ids",
        "times of day",
    ],
)
def test_a_row_is_the_row_that_django_would_have_made(district, case):
    model, columns, rows, others = cases(district)[case]
    before = set(model.objects.values_list("pk", flat=True))
    assert insert_rows(model, columns, rows) == 1
    twin(model, columns, others)
    one, two = (model_to_dict(row) for row in model.objects.exclude(pk__in=before).order_by("pk"))
    assert one.keys() == two.keys()
    assert {k: v for k, v in one.items() if k not in KEYS} == {k: v for k, v in two.items() if k not in KEYS}


def test_an_automatic_time_is_the_moment_of_writing(district):
    began = datetime.now(UTC)
    insert_rows(Revision, ("kind", "object_id"), [("student", 1)])
    assert began <= Revision.objects.get(kind="student", object_id=1).at <= datetime.now(UTC)


def test_more_than_one_batch_comes_in_whole_and_in_order():
    rows = ((f"source {n % 3}", "student", str(n), n) for n in range(2 * BATCH + 1))
    assert insert_rows(SourceKey, ("source", "kind", "key", "object_id"), rows) == 2 * BATCH + 1
    assert SourceKey.objects.count() == 2 * BATCH + 1
    assert SourceKey.objects.get(key="12345").object_id == 12345


def test_nothing_is_written_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(SourceKey, ("source", "kind", "key", "object_id"), []) == 0


def test_a_constraint_refuses_all_of_them():
    rows = [("s", "student", str(n % 500), n) for n in range(600)]
    with pytest.raises(IntegrityError):
        insert_rows(SourceKey, ("source", "kind", "key", "object_id"), rows)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(LookupError, match=r"people\.Agency has no column colour"):
        insert_rows(Agency, ("colour",), [("red",)])


def test_a_row_of_the_wrong_width_is_refused(district):
    with pytest.raises(ValueError, match="zip"):
        insert_rows(ClassPeriod, ("school_id", "name"), [(1, "A"), (1, "B", 3)])
