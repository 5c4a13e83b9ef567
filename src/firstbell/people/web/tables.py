"""Lists of people's pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from firstbell.people.data import (
    CalendarDayRow,
    ContactOf,
    ContactRow,
    EnrollmentRow,
    KnownStudent,
    RosterRow,
    SchoolRow,
    SectionChoice,
)
from firstbell.platform.disclosure import DisclosureLine
from firstbell.platform.ui import (
    ActionsColumn,
    BadgeColumn,
    BadgesColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    TimeColumn,
)
from firstbell.platform.ui.marks import badge


def action(label: str, words: str, address: Callable[[Any], str]) -> list[tuple[str, ActionsColumn]]:
    """A last column with one thing to do with each row; no button where ``address`` answers nothing."""

    def of(row: Any) -> list[tuple[str, str]]:
        url = address(row)
        return [(url, words)] if url else []

    return [("act", ActionsColumn(label, of=of))]


class StudentHits(Table):
    """Students found."""

    name = Column("Student", head=True, sortable=False, link=lambda hit: reverse("student", args=[hit.id]))
    grade = Column("Grade", sortable=False)
    school = Column("School", sortable=False)
    number = Column("Local ID", sortable=False)
    inactive = BadgeColumn(
        "Today", states={True: ("not enrolled", "neutral"), False: ("enrolled", "good")}, sortable=False
    )


class StaffHits(Table):
    """Staff found."""

    name = Column("Staff", head=True, sortable=False, link=lambda hit: reverse("staff_member", args=[hit.id]))
    detail = Column("Post", sortable=False)
    inactive = BadgeColumn(
        "Today", states={True: ("no post", "neutral"), False: ("works here", "good")}, sortable=False
    )


class ContactHits(Table):
    """Contacts found."""

    name = Column("Contact", head=True, sortable=False, link=lambda hit: reverse("contact", args=[hit.id]))
    detail = Column("Students", sortable=False)


def rights(row: ContactRow | ContactOf) -> Iterator[tuple[str, str]]:
    """What a contact may and what the office must know, most urgent first."""
    if row.barred:
        yield "do not contact, do not release", "bad"
    if not row.rights_shown:
        return
    if row.primary:
        yield "call first", "info"
    if row.lives_with:
        yield "lives with", "neutral"
    if row.has_rights:
        yield "rights to records", "neutral"
    if row.may_pick_up:
        yield "may pick up", "good"
    elif not row.barred:
        yield "may not pick up", "warn"
    if row.emergency:
        yield "emergency", "neutral"


class Contacts(Table):
    """A student's contacts, in the order in which they are called."""

    name = Column("Contact", head=True, sortable=False, link=lambda row: reverse("contact", args=[row.id]))
    relation = Column("Relation", sortable=False)
    phone = Column("Phone", sortable=False)
    email = Column("E-mail", sortable=False, priority=3)
    standing = BadgesColumn("Rights", of=rights)

    def render_relation(self, record: ContactRow) -> str:
        """The relation, and the language in which to call where it is known and not English."""
        spoken = record.language and not record.language.lower().startswith("en")
        return f"{record.relation}, speaks {record.language}" if spoken else record.relation


class Programs(Table):
    """A student's programmes."""

    label = Column("Program", head=True, sortable=False)
    name = Column("Name", sortable=False)
    detail = Column("Detail", sortable=False)
    begin = DateColumn("From", sortable=False)
    end = DateColumn("To", sortable=False)
    ended = BadgeColumn(
        "Today", sortable=False, states={True: ("ended", "neutral"), False: ("running", "info")}
    )


class Orders(Table):
    """Court orders about a student."""

    contact = Column("Contact", head=True, sortable=False)
    bars_access = BadgeColumn(
        "Order", sortable=False, states={True: ("bars access", "bad"), False: ("on record", "info")}
    )
    reference = Column("Court and case", sortable=False)
    begin = DateColumn("From", sortable=False)
    end = DateColumn("To", sortable=False)
    in_force = BadgeColumn(
        "Today", sortable=False, states={True: ("in force", "warn"), False: ("not in force", "neutral")}
    )


def said(value: str) -> str:
    """A word of a fixed list as people say it: ``short_term`` -> ``short term``."""
    return value.replace("_", " ")


class Enrollments(Table):
    """School enrolments as they hold, or as they were known."""

    school = Column("School", head=True, sortable=False)
    grade = Column("Grade", sortable=False)
    entry = DateColumn("Entry", sortable=False)
    entry_words = Column("Entry code", sortable=False)
    exit = DateColumn("Exit", sortable=False)
    exit_words = Column("Exit code", sortable=False)
    status = Column("Status", sortable=False)

    def render_grade(self, record: EnrollmentRow) -> str:
        """As a column shows it."""
        return record.grade.short

    def render_status(self, record: EnrollmentRow) -> str:
        """Status, and what is unusual about how its days are counted."""
        words = [said(record.status)]
        if record.program != "regular":
            words.append(said(record.program))
        if not record.ada_eligible:
            words.append("earns no ADA")
        return ", ".join(words)


class EnrollmentVersions(Enrollments):
    """Every version of every enrolment: what was known from when to when."""

    recorded_at = DateColumn("Known from", sortable=False)
    superseded_at = DateColumn("Until", sortable=False)
    recorded_by = Column("By", sortable=False)
    reason = Column("Reason", sortable=False)


class Schedule(Table):
    """A student's sections."""

    meetings = Column("Period", sortable=False)
    title = Column(
        "Section",
        head=True,
        sortable=False,
        link=lambda row: reverse("section", args=[row.section_id]) if row.reachable else "",
    )
    teachers = Column("Teacher", sortable=False)
    rooms = Column("Room", sortable=False)
    session = Column("Session", sortable=False, priority=3)
    begin = DateColumn("From", sortable=False)
    end = DateColumn("To", sortable=False)


def section_signs(row: SectionChoice) -> Iterator[tuple[str, str]]:
    """What speaks against a section."""
    for title in row.clashes:
        yield f"same time as {title}", "warn"
    if row.full:
        yield "full", "bad"


class SectionChoices(Table):
    """Sections a student may join."""

    meetings = Column("Period", sortable=False)
    title = Column("Section", head=True, sortable=False)
    code = Column("Code", sortable=False, priority=3)
    teachers = Column("Teacher", sortable=False)
    session = Column("Session", sortable=False, priority=3)
    taken = Column("Students", sortable=False)
    signs = BadgesColumn("Mind", of=section_signs)

    def render_taken(self, record: SectionChoice) -> str:
        """How many are in it, of how many seats."""
        return f"{record.taken} of {record.seats}" if record.seats is not None else str(record.taken)


class Sections(Table):
    """Sections of a school."""

    title = Column("Section", head=True, link=lambda row: reverse("section", args=[row.id]))
    meetings = Column("Period")
    code = Column("Code", priority=3)
    teachers = Column("Teacher")
    session = Column("Session", priority=3)
    taken = NumberColumn("Students")
    seats = NumberColumn("Seats")


class KnownStudents(Table):
    """Students of the district who may be the one being enrolled."""

    name = Column("Student", head=True, sortable=False)
    birth_date = DateColumn("Born", sortable=False)
    grade = Column("Grade", sortable=False)
    school = Column("School", sortable=False)
    status = Column("Today", sortable=False)
    match = BadgeColumn(
        "Same",
        sortable=False,
        states={
            "state_id": ("state ID", "bad"),
            "local_id": ("local ID", "bad"),
            "name": ("name and birth date", "warn"),
        },
    )

    def render_grade(self, record: KnownStudent) -> str:
        """As a column shows it."""
        return record.grade.short if record.grade else ""


class ContactStudents(Table):
    """Whose contact somebody is."""

    student = Column(
        "Student", head=True, sortable=False, link=lambda row: reverse("student", args=[row.student_id])
    )
    relation = Column("Relation", sortable=False)
    standing = BadgesColumn("Rights", of=rights)
    begin = DateColumn("From", sortable=False)
    end = DateColumn("To", sortable=False)


class Schools(Table):
    """Every school."""

    name = Column("School", head=True, link=lambda row: reverse("school", args=[row.id]))
    grades = Column("Grades", sortable=False)
    students = NumberColumn("Students today")
    day_type = Column("Today", sortable=False)
    note = Column("Note", sortable=False)

    def render_day_type(self, record: SchoolRow) -> str:
        """What the day is."""
        return record.day_type.label if record.day_type else "No school day"


class SpecialDays(Table):
    """Days of a calendar that are not regular."""

    day = DateColumn("Day", head=True, sortable=False)
    day_type = Column("Kind", sortable=False)
    letter = Column("Letter", sortable=False)
    note = Column("Note", sortable=False)

    def render_day_type(self, record: CalendarDayRow) -> str:
        """As people say it."""
        return record.day_type.label


class BellChoices(Table):
    """Bell schedules on a day, and why each rings or not."""

    name = Column("Bell schedule", head=True, sortable=False)
    rings = BadgeColumn("Rings", sortable=False, states={True: ("rings", "good"), False: ("no", "neutral")})
    why = Column("Why", sortable=False)


class BellTimesTable(Table):
    """The times of a bell schedule."""

    period = Column("Period", head=True, sortable=False)
    begin = TimeColumn("From", sortable=False)
    end = TimeColumn("To", sortable=False)
    minutes = NumberColumn("Counted minutes", sortable=False)


def roster_signs(row: RosterRow) -> Iterator[tuple[str, str]]:
    """What must be known beside a name on a list."""
    if row.do_not_release:
        yield "do not release", "bad"
    if row.recently == "added":
        yield f"added {row.begin:%b} {row.begin.day}", "info"
    elif row.recently == "dropped":
        end = f" {row.end:%b} {row.end.day}" if row.end else ""
        yield f"dropped{end}", "neutral"


class Roster(Table):
    """A section's list."""

    name = Column(
        "Student", head=True, sortable=False, link=lambda row: reverse("student", args=[row.student_id])
    )
    local_id = Column("Local ID", sortable=False)
    grade = Column("Grade", sortable=False)
    signs = BadgesColumn("Mind", of=roster_signs)


class Posts(Table):
    """Posts of a staff member."""

    title = Column("Post", head=True, sortable=False)
    school = Column("School", sortable=False)
    begin = DateColumn("From", sortable=False)
    end = DateColumn("To", sortable=False)
    running = BadgeColumn(
        "Today", states={True: ("holds it", "good"), False: ("not today", "neutral")}, sortable=False
    )


class StaffSections(Table):
    """Sections somebody teaches today."""

    meetings = Column("Period", sortable=False)
    title = Column(
        "Section", head=True, sortable=False, link=lambda row: reverse("section", args=[row.section_id])
    )
    rooms = Column("Room", sortable=False)
    session = Column("Session", sortable=False)


class RecentActs(Table):
    """What was done lately, on the registrar's desk."""

    student = Column(
        "Student",
        head=True,
        sortable=False,
        link=lambda act: reverse("student_history", args=[act.student_id]),
    )
    words = Column("What was done", sortable=False)
    at = DateColumn("When", sortable=False)
    by = Column("By", sortable=False)
    undone = BadgeColumn("", states={True: ("undone", "neutral"), False: ("", "")}, sortable=False)

    def render_undone(self, value: bool) -> str:
        """A badge where the act was taken back, nothing else."""
        return badge("undone", "neutral") if value else ""


class ProblemsBySchool(Table):
    """Problems of the roster at the schools one keeps."""

    title = Column(
        "Problem",
        head=True,
        accessor="kind__title",
        sortable=False,
        link=lambda row: reverse("roster_problem", args=[row.kind.code, row.school_id]),
    )
    school = Column("School", sortable=False)
    number = NumberColumn("How many", sortable=False)


class ProblemRows(Table):
    """Whom or what a problem is about."""

    name = Column(
        "Name",
        head=True,
        link=lambda row: reverse("student_enrollments", args=[row.id]) if row.about == "student" else "",
    )
    number = Column("Number")


def disclosed(row: DisclosureLine) -> Iterator[tuple[str, str]]:
    """How a request ended."""
    if row.refused_reason:
        yield "refused", "warn"
    elif row.basis.code == "unauthorized":
        yield "without permission", "bad"
    else:
        yield "released", "neutral"


def disclosed_marks(row: DisclosureLine) -> Iterator[tuple[str, str]]:
    """How a request ended, and whether the family's copy leaves it out."""
    yield from disclosed(row)
    if row.basis.exempt:
        yield "office only", "info"


class FamilyDisclosures(Table):
    """The record of disclosures as a family reads it."""

    party = Column("To whom", head=True, sortable=False)
    purpose = Column("What for", sortable=False)
    basis = Column("Ground", sortable=False, accessor="basis__label")
    data_classes = Column("Records", sortable=False)
    requested_at = DateColumn("Asked", sortable=False)
    released_at = DateColumn("Released", sortable=False)
    outcome = BadgesColumn("Outcome", of=disclosed)

    def render_purpose(self, record: DisclosureLine) -> str:
        """The interest, and why a request was refused."""
        return (
            f"{record.purpose}. Refused: {record.refused_reason}" if record.refused_reason else record.purpose
        )

    def render_data_classes(self, record: DisclosureLine) -> str:
        """What kinds of records."""
        return "; ".join(one.words for one in record.data_classes)


class Disclosures(FamilyDisclosures):
    """The record of disclosures as the office keeps it."""

    outcome = BadgesColumn("Outcome", of=disclosed_marks)
