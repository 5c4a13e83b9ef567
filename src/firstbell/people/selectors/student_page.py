"""A student's card and profile: each fact only as far as the viewer's roles open it for this student."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.opening import Opening, Openings
from firstbell.people.data.views import ContactRow, CourtOrderRow, Fact, ProgramRow, StudentCard, StudentPage
from firstbell.people.data.words import ProgramKind
from firstbell.people.models import (
    CourtOrder,
    ProgramParticipation,
    SchoolEnrollment,
    Student,
    StudentContact,
    StudentDemographics,
    StudentDirectory,
)
from firstbell.people.selectors.opening import openings
from firstbell.people.selectors.viewer import begun_or_open, running
from firstbell.platform.access import DataClass, Viewer

D = DataClass
#: programmes of need have their own class, apart from the others
NEED = frozenset({ProgramKind.MEALS, ProgramKind.FOSTER, ProgramKind.HOMELESS, ProgramKind.MIGRANT})


def student_card(viewer: Viewer, student_id: int) -> StudentCard:
    """Who the student is. Raises NotVisible for someone else's student. A constant number of queries."""
    open_to = openings(viewer, student_id)
    return _card(viewer, _student(student_id), open_to)


def _student(student_id: int) -> Student:
    return Student.objects.select_related("demographics", "directory").get(pk=student_id)


def _card(viewer: Viewer, student: Student, open_to: Openings) -> StudentCard:
    def named(name: str, value: str) -> str:
        return value if open_to.shows(D.DIRECTORY, name) else ""

    def placed(name: str) -> bool:
        return open_to.shows(D.ENROLLMENT, name) or open_to.shows(D.DIRECTORY, name)

    shown, status = standing(student.pk, viewer.today)
    at_school = shown if shown is not None and placed("school") else None
    directory = _directory(student)
    guarded = open_to[D.CUSTODY].reached
    return StudentCard(
        id=student.pk,
        name=named("name", student.display_name) or f"Student {student.pk}",
        legal_name=named("name", legal_name(student)),
        local_id=named("local_id", student.local_id),
        state_id=named("state_id", student.state_id),
        school_id=at_school.school_id if at_school else None,
        school=at_school.school.name if at_school else "",
        grade=GradeLevel(shown.grade) if shown is not None and placed("grade") else None,
        status=status if placed("status") else "",
        # the two flags protect only where they are seen: a mask hides what lies behind them, not that
        # they are there
        do_not_release=guarded
        and _flagged(open_to, "do_not_release")
        and CourtOrder.objects.filter(running(viewer.today), bars_access=True, student=student).exists(),
        confidential_address=_flagged(open_to, "confidential_address")
        and directory is not None
        and directory.confidential,
        openings=open_to,
    )


def _flagged(open_to: Openings, name: str) -> bool:
    custody = open_to[D.CUSTODY]
    return custody.shows(name) or custody.masks(name)


def standing(student_id: int, today: date) -> tuple[SchoolEnrollment | None, str]:
    """The enrolment that tells where the student is, and what it makes of them today."""
    stays = list(
        SchoolEnrollment.objects.filter(student=student_id, superseded_at=None)
        .select_related("school")
        .order_by("entry")
    )
    now = [s for s in stays if s.entry <= today and (s.exit is None or s.exit >= today)]
    if now:
        return min(now, key=lambda stay: stay.status != "primary"), "enrolled"
    if not stays:
        return None, "not enrolled"
    return stays[-1], "starts later" if stays[-1].entry > today else "left"


def legal_name(person: Student) -> str:
    """First, middle, last and suffix as on the birth certificate."""
    parts = (person.first_name, person.middle_name, person.last_name, person.suffix)
    return " ".join(part for part in parts if part)


def student_page(viewer: Viewer, student_id: int) -> StudentPage:
    """A student's profile, as far as the viewer may see it. Raises NotVisible for someone else's student.

    A constant number of queries.
    """
    open_to = openings(viewer, student_id)
    student = _student(student_id)
    return StudentPage(
        card=_card(viewer, student, open_to),
        identity=_facts(student, open_to, IDENTITY),
        home=_facts(student, open_to, HOME),
        description=_facts(student, open_to, DESCRIPTION),
        contacts=_contacts(viewer, student_id, open_to),
        programs=_programs(viewer, student_id, open_to),
        orders=_orders(viewer, student_id, open_to),
        masked=tuple(
            Fact(key, label, data_class=data_class, masked=True)
            for key, label, data_class in PARTS
            if open_to[data_class].masks(key)
        ),
    )


@dataclass(frozen=True, slots=True)
class Facet:
    """A fact of a student: its key (also its name in the policy), label, class and how it is read."""

    key: str
    label: str
    data_class: DataClass
    read: Callable[[Student], str]


def _directory(student: Student) -> StudentDirectory | None:
    return getattr(student, "directory", None)


def _demographics(student: Student) -> StudentDemographics | None:
    return getattr(student, "demographics", None)


def _address(student: Student) -> str:
    at = _directory(student)
    if at is None:
        return ""
    parts = (at.address, at.city, f"{at.state} {at.postal_code}".strip())
    return ", ".join(part for part in parts if part)


def _reach(name: str) -> Callable[[Student], str]:
    return lambda student: str(getattr(_directory(student), name, "") or "")


def _described(name: str) -> Callable[[Student], str]:
    def read(student: Student) -> str:
        value = getattr(_demographics(student), name, "") or ""
        return f"{value:%B} {value.day}, {value.year}" if isinstance(value, date) else str(value)

    return read


RACES = {
    "american_indian": "American Indian or Alaska Native",
    "asian": "Asian",
    "black": "Black or African American",
    "pacific_islander": "Native Hawaiian or other Pacific Islander",
    "white": "White",
    "two_or_more_races": "Two or more races",
}


def _ethnicity(student: Student) -> str:
    hispanic = getattr(_demographics(student), "hispanic", None)
    return "" if hispanic is None else ("Hispanic or Latino" if hispanic else "Not Hispanic or Latino")


def _races(student: Student) -> str:
    told = _demographics(student)
    return ", ".join(label for name, label in RACES.items() if told is not None and getattr(told, name))


def _birth_place(student: Student) -> str:
    told = _demographics(student)
    if told is None:
        return ""
    return ", ".join(part for part in (told.birth_city, told.birth_state, told.birth_country) if part)


IDENTITY = (
    Facet("name", "Legal name", D.DIRECTORY, legal_name),
    Facet("local_id", "Local ID", D.DIRECTORY, lambda student: student.local_id),
    Facet("state_id", "State ID", D.DIRECTORY, lambda student: student.state_id),
    Facet("username", "Username", D.DIRECTORY, lambda student: student.username),
)
HOME = (
    Facet("address", "Address", D.CONTACT, _address),
    Facet("phone", "Phone", D.CONTACT, _reach("phone")),
    Facet("mobile", "Mobile", D.CONTACT, _reach("mobile")),
    Facet("email", "E-mail", D.CONTACT, _reach("email")),
)
DESCRIPTION = (
    Facet("birth_date", "Birth date", D.CONTACT, _described("birth_date")),
    Facet("sex", "Sex", D.CONTACT, lambda student: _described("sex")(student).capitalize()),
    Facet("ethnicity", "Ethnicity", D.CONTACT, _ethnicity),
    Facet("races", "Race", D.CONTACT, _races),
    Facet("home_language", "Home language", D.CONTACT, _described("home_language")),
    Facet("birth_place", "Birthplace", D.CONTACT, _birth_place),
)
#: whole parts of a record that open by a reason, under the field that stands for them
PARTS = (
    ("contact_name", "Contacts", D.CONTACT),
    ("entry", "Enrollments and history", D.ENROLLMENT),
    ("section", "Schedule", D.ENROLLMENT),
    ("kind", "Special programs", D.SPECIAL_PROGRAMS),
    ("kind", "Need-based programs", D.NEED),
    ("court_orders", "Court orders", D.CUSTODY),
)


def _full(opening: Opening, name: str) -> bool:
    """Whether a part is open with all its fields: without a mask, or by a reason typed for the part."""
    return opening.everything or (opening.masks_everything and opening.shows(name))


def _facts(student: Student, open_to: Openings, facets: Iterable[Facet]) -> tuple[Fact, ...]:
    """The facts that are there for the viewer; a confidential address belongs to the custody class.

    What is missing is told to those who can mend it.
    """
    found = []
    for facet in facets:
        data_class = facet.data_class
        if facet.key == "address" and getattr(_directory(student), "confidential", False):
            data_class = D.CUSTODY
        opening = open_to[data_class]
        if opening.shows(facet.key):
            found.append(Fact(facet.key, facet.label, facet.read(student), data_class))
        elif opening.masks(facet.key):
            found.append(Fact(facet.key, facet.label, "", data_class, masked=True))
        elif data_class is not facet.data_class and open_to.shows(facet.data_class, facet.key):
            found.append(Fact(facet.key, facet.label, "confidential", facet.data_class))
    mends = open_to.may_write(D.CONTACT)
    return tuple(fact for fact in found if fact.value or fact.masked or mends)


def contacts_of(viewer: Viewer, student_id: int) -> tuple[ContactRow, ...]:
    """The student's contacts in the order in which they are called; none where they are not open.

    Raises NotVisible for someone else's student.
    """
    return _contacts(viewer, student_id, openings(viewer, student_id)) or ()


def _contacts(viewer: Viewer, student_id: int, open_to: Openings) -> tuple[ContactRow, ...] | None:
    """Contacts as far as the class of contacts is open; None where not even their names are.

    Whom a court order bars is listed, and marked, only for those who see the flag; nobody else calls them.
    """
    opening = open_to[D.CONTACT]
    if not opening.shows("contact_name"):
        return None
    barred = set(
        CourtOrder.objects.filter(running(viewer.today), bars_access=True, student=student_id).values_list(
            "contact_id", flat=True
        )
    )
    sees_bar = _flagged(open_to, "do_not_release") and not open_to.family
    full = _full(opening, "contact_name")

    def seen(name: str) -> bool:
        return full or opening.shows(name)

    rows = []
    for link in StudentContact.objects.filter(begun_or_open(viewer.today), student=student_id).select_related(
        "contact"
    ):
        person, kept_from = link.contact, link.contact_id in barred
        if kept_from and not sees_bar:
            continue
        # where somebody lives is kept from the family too when it is confidential, and so is the phone
        private = person.confidential and open_to.family and person.account_id != viewer.account_id
        rows.append(
            ContactRow(
                id=link.contact_id,
                name=person.spoken_name,
                relation=link.relation if seen("contact_relation") else "",
                phone=(person.mobile or person.phone) if seen("contact_phone") and not private else "",
                email=person.email if seen("contact_email") and not private else "",
                language=person.language if seen("contact_language") else "",
                order=link.order,
                primary=link.primary and full,
                lives_with=link.lives_with if full else None,
                emergency=link.emergency and full,
                may_pick_up=link.may_pick_up and full and not kept_from,
                has_rights=link.has_rights and full and not kept_from,
                portal_access=link.portal_access and full and not kept_from,
                barred=kept_from,
                rights_shown=full,
            )
        )
    return tuple(rows)


def _programs(viewer: Viewer, student_id: int, open_to: Openings) -> tuple[ProgramRow, ...] | None:
    """Programmes: those of need under their own class, the rest under special programmes."""
    if not any(open_to.shows(data_class, "kind") for data_class in (D.SPECIAL_PROGRAMS, D.NEED)):
        return None
    rows = []
    for row in ProgramParticipation.objects.filter(student=student_id).order_by("-begin", "kind"):
        data_class = D.NEED if row.kind in NEED else D.SPECIAL_PROGRAMS
        if not open_to.shows(data_class, "kind"):
            continue
        full = _full(open_to[data_class], "kind")
        rows.append(
            ProgramRow(
                id=row.pk,
                kind=row.kind,
                label=program_words(row.kind),
                name=row.name if full else "",
                begin=row.begin,
                end=row.end,
                detail=row.detail if full or open_to.shows(data_class, "code") else "",
                ended=row.end is not None and row.end < viewer.today,
                data_class=data_class,
                may_write=open_to.may_write(data_class),
            )
        )
    return tuple(rows)


def program_words(kind: str) -> str:
    """A programme's kind as people say it: ``English learner``."""
    return kind.replace("_", " ").capitalize()


def _orders(viewer: Viewer, student_id: int, open_to: Openings) -> tuple[CourtOrderRow, ...] | None:
    """Court orders about the student, those in force first."""
    if not open_to.shows(D.CUSTODY, "court_orders"):
        return None
    rows = [
        CourtOrderRow(
            id=row.pk,
            contact_id=row.contact_id,
            contact=row.contact.spoken_name,
            bars_access=row.bars_access,
            begin=row.begin,
            end=row.end,
            reference=row.reference,
            note=row.note,
            in_force=row.begin <= viewer.today and (row.end is None or row.end >= viewer.today),
        )
        for row in CourtOrder.objects.filter(student=student_id).select_related("contact").order_by("-begin")
    ]
    return tuple(sorted(rows, key=lambda row: not row.in_force))


def program_kinds(viewer: Viewer, student_id: int) -> list[tuple[ProgramKind, str]]:
    """Programmes into which the viewer may enter the student, each with its words. Raises NotVisible."""
    open_to = openings(viewer, student_id)
    return [
        (kind, program_words(kind.value))
        for kind in ProgramKind
        if open_to.may_write(D.NEED if kind in NEED else D.SPECIAL_PROGRAMS)
    ]
