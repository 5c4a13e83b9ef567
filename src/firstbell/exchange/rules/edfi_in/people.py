"""Students, contacts and how they belong together: identity, demographics, directory and numbers apart.

What the roster has no place for (further numbers and addresses, history of ethnicity, characteristics)
is kept beside it. Government numbers go where they never leave from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from firstbell.exchange.rules.edfi_in.draft import Draft
from firstbell.formats.edfi.records import student as e
from firstbell.formats.edfi.records.parts import Address, Email, Name, OtherName, Telephone
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    PersonName,
    StudentContactRecord,
    StudentRecord,
)


def person_name(name: Name) -> PersonName:
    """A legal name."""
    return PersonName(first=name.first, last=name.last, middle=name.middle, suffix=name.suffix)


def first_by(kinds: list[str], items: Iterable[Any], *, any_kind: bool = True) -> Any | None:
    """The item whose kind stands first in ``kinds``; with ``any_kind`` at worst one of another kind."""
    listed = [item for item in items if any_kind or item.kind in kinds]
    place = {kind: index for index, kind in enumerate(kinds)}
    return min(listed, key=lambda item: place.get(item.kind, len(kinds)), default=None)


def directory(
    draft: Draft,
    who: str,
    addresses: tuple[Address, ...],
    telephones: tuple[Telephone, ...],
    emails: tuple[Email, ...],
) -> Directory:
    """How to reach a person: of several addresses and numbers the one that the table prefers."""
    words = draft.words
    address = first_by(words.order(f"{who}_addresses"), addresses) if addresses else None
    numbers = sorted((t for t in telephones if t.number), key=lambda t: t.primary != "true")
    phone = first_by(words.order("telephones"), numbers, any_kind=False)
    mobile = first_by(words.order("mobiles"), numbers, any_kind=False)
    email = first_by(words.order(f"{who}_emails"), (one for one in emails if one.address))
    return Directory(
        address=" ".join(part for part in (address.street, address.apartment) if part) if address else "",
        city=address.city if address else "",
        state=address.state if address else "",
        postal_code=address.postal_code if address else "",
        phone=phone.number if phone else "",
        mobile=mobile.number if mobile else "",
        email=email.address if email else "",
    )


def further(
    name: Name,
    addresses: tuple[Address, ...],
    telephones: tuple[Telephone, ...],
    emails: tuple[Email, ...],
    other_names: tuple[OtherName, ...] = (),
) -> dict[str, Any]:
    """Everything about name and reach, as the source has it."""
    return {
        "prefix": name.prefix,
        "maiden_name": name.maiden,
        "name_verified_by": name.verification,
        "other_names": [
            {"kind": other.kind, "first": other.first, "middle": other.middle, "last": other.last}
            for other in other_names
        ],
        "addresses": [
            {
                "kind": one.kind,
                "street": one.street,
                "apartment": one.apartment,
                "city": one.city,
                "state": one.state,
                "postal_code": one.postal_code,
                "county": one.county,
            }
            for one in addresses
        ],
        "telephones": [
            {"kind": one.kind, "number": one.number, "primary": one.primary == "true"} for one in telephones
        ],
        "emails": [{"kind": one.kind, "address": one.address} for one in emails],
    }


def student(draft: Draft, record: e.Student) -> None:
    """A student."""
    local = [code.number for code in record.codes if code.system in draft.words.table["local_systems"]]
    draft.add(
        "students",
        StudentRecord(
            key=record.number,
            name=person_name(record.name),
            local_id=local[0] if local else "",
            state_id=record.number,
            demographics=_demographics(draft, record),
            directory=directory(draft, "student", record.addresses, record.telephones, record.emails),
            identifiers=tuple(
                (code.system, code.number)
                for code in record.codes
                if code.number and code.number not in local[:1]
            ),
        ),
    )
    draft.keep(
        "student_attributes",
        record.number,
        {
            "old_ethnicity": record.old_ethnicity,
            "economic_disadvantage": record.economic_disadvantage,
            "meals": record.meals,
            "characteristics": record.characteristics,
            "english_proficiency": record.english_proficiency,
            "languages": record.languages,
            "home_languages": record.home_languages,
            **further(record.name, record.addresses, record.telephones, record.emails, record.other_names),
        },
        student=record.number,
    )


def _demographics(draft: Draft, record: e.Student) -> Demographics:
    words = draft.words
    races = {words.look("races", race, record.file, record.line) for race in record.races}
    return Demographics(
        birth_date=record.birth_date,
        sex=words.look("sexes", record.sex, record.file, record.line) if record.sex else "",
        hispanic=record.hispanic,
        american_indian="american_indian" in races,
        asian="asian" in races,
        black="black" in races,
        pacific_islander="pacific_islander" in races,
        white="white" in races,
        two_or_more_races=len(races - {""}) > 1,
        home_language=record.home_languages[0] if record.home_languages else "",
        birth_country=record.birth_country,
        birth_state=record.birth_state,
        birth_city=record.birth_city,
    )


def contact(draft: Draft, record: e.Parent) -> None:
    """A parent or another contact."""
    draft.add(
        "contacts",
        ContactRecord(
            key=record.number,
            name=person_name(record.name),
            local_id=record.number,
            directory=directory(draft, "contact", record.addresses, record.telephones, record.emails),
        ),
    )
    draft.keep(
        "contact_attributes",
        record.number,
        {
            "contact": record.number,
            "sex": record.sex.lower(),
            **further(record.name, record.addresses, record.telephones, record.emails, record.other_names),
        },
    )


def relation(draft: Draft, record: e.StudentParentAssociation) -> None:
    """A contact's relation to a student; the order of calling is settled at the end."""
    draft.set_aside("relations", record)


def finish(draft: Draft) -> None:
    """Relations in the order of calling, and what a person should know about the people."""
    _relations(draft)
    _tell_of_students(draft)
    _tell_of_contacts(draft)


def _relations(draft: Draft) -> None:
    by_student: dict[str, list[e.StudentParentAssociation]] = {}
    for record in draft.take_aside("relations"):
        by_student.setdefault(record.student, []).append(record)
    rights = draft.words.table["rights"]
    for records in by_student.values():
        records.sort(key=lambda r: (r.primary is not True, r.priority or 99, r.emergency is not True))
        for order, record in enumerate(records, start=1):
            kind = draft.words.look("relations", record.relation, record.file, record.line)
            draft.add(
                "student_contacts",
                StudentContactRecord(
                    student=record.student,
                    contact=record.parent,
                    relation=record.relation,
                    has_rights=kind in rights,
                    portal_access=kind in rights,
                    primary=record.primary is True,
                    lives_with=record.lives_with,
                    emergency=record.emergency is True,
                    order=order,
                ),
            )


def _tell_of_students(draft: Draft) -> None:
    students = draft.roster.students or []
    draft.tell(
        "people.government_number_form",
        "{n} students have a Social Security number not of nine digits; all are treated as restricted",
        "nothing to do; correct the numbers in the source if they should be real",
        (
            {"student": record.key}
            for record in students
            for system, number in record.identifiers
            if system in draft.words.table["restricted_systems"]
            and not (len(number) == 9 and number.isdigit())
        ),
    )
    local = Counter(record.local_id for record in students if record.local_id)
    draft.tell(
        "people.local_id_repeats",
        "{n} students share their local number with another; they are told apart by the state's number",
        "give each student an own local number in the source",
        ({"student": record.key} for record in students if local[record.local_id] > 1),
    )
    names = Counter((record.name.first, record.name.last) for record in students)
    draft.tell(
        "people.same_name",
        "{n} students share first and last name with another; people are matched by number, never by name",
        "nothing to do",
        ({"student": record.key} for record in students if names[record.name.first, record.name.last] > 1),
    )


def _tell_of_contacts(draft: Draft) -> None:
    links = draft.roster.student_contacts or []
    primary = {record.student for record in links if record.primary}
    draft.tell(
        "people.no_primary_contact",
        "{n} students have no primary contact; the first of their contacts is called first",
        "name a primary contact for them",
        ({"student": record.key} for record in draft.roster.students or () if record.key not in primary),
    )
    draft.tell(
        "people.lives_with_unknown",
        "{n} relations do not say whether student and contact live together",
        "ask the family",
        (
            {"student": record.student, "contact": record.contact}
            for record in links
            if record.lives_with is None
        ),
    )
    draft.tell(
        "people.contact_without_email",
        "{n} contacts have no e-mail",
        "ask for it when the family signs in or updates its data; until then they get letters",
        ({"contact": record.key} for record in draft.roster.contacts or () if not record.directory.email),
    )


TAKES = {e.Student: student, e.Parent: contact, e.StudentParentAssociation: relation}
