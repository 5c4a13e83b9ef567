"""Users as students, contacts and staff, and how they belong together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from firstbell.exchange.rules.oneroster_in.draft import Draft, cell
from firstbell.exchange.rules.oneroster_words import part, unpack
from firstbell.formats.delimited import Row
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    PersonName,
    StaffRecord,
    StudentContactRecord,
    StudentDemographicsRecord,
    StudentRecord,
)

#: what is written for a name that a person does not have
NO_NAME = "-"
GRADES = frozenset(grade.value for grade in GradeLevel)
_PAIR = re.compile(r"\{([^{}:,]+):([^{},]*)\}")
_USER = [
    "enabledUser",
    "orgSourcedIds",
    "role",
    "username",
    "userIds",
    "givenName",
    "familyName",
    "middleName",
    "identifier",
    "email",
    "sms",
    "phone",
    "agentSourcedIds",
    "primaryOrgSourcedId",
    "preferredGivenName",
    "preferredMiddleName",
    "preferredFamilyName",
]
_DEMOGRAPHICS = [
    "birthDate",
    "sex",
    "americanIndianOrAlaskaNative",
    "asian",
    "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander",
    "white",
    "demographicRaceTwoOrMoreRaces",
    "hispanicOrLatinoEthnicity",
    "countryOfBirthCode",
    "stateOfBirthAbbreviation",
    "cityOfBirth",
    "publicSchoolResidenceStatus",
]


@dataclass(frozen=True, slots=True)
class _Identity:
    """What makes a person known: user name and numbers, and what of them has no place."""

    username: str
    state_id: str
    others: tuple[tuple[str, str], ...]


def take(draft: Draft) -> None:
    """Students, contacts and staff with their names, numbers and demographics."""
    package = draft.package
    _who_is_what(draft)
    for row in package.rows("demographics"):
        _demographics(draft, row)
    if not package.has("users"):
        return
    for row in package.rows("users"):
        own = row["sourcedId"]
        known = _identity(draft, row)
        if own in draft.students:
            _student(draft, row, known)
        if own in draft.contacts:
            _contact(draft, row, known)
        if own in draft.staff:
            _staff(draft, row, known)
        _rest(draft, row, known)
    for row in package.ended("users"):
        draft.end(("students", "contacts", "staff"), row)
    _relations(draft)


def roles_of_users(draft: Draft) -> Iterator[tuple[str, str]]:
    """(user, role) as the package tells them."""
    if draft.package.version == "1.1":
        for row in draft.package.rows("users"):
            yield row["sourcedId"], row["role"]
    else:
        for row in draft.package.rows("roles"):
            yield row["userSourcedId"], row["role"]


def _who_is_what(draft: Draft) -> None:
    """By roles; a user of whom the package tells no role is what the source said earlier."""
    relatives = set(draft.words.table["contacts"]["roles"])
    for user, role in roles_of_users(draft):
        if role == "student":
            draft.students.add(user)
        elif role in relatives:
            draft.contacts.add(user)
        else:
            draft.staff.add(user)
    told = draft.students | draft.contacts | draft.staff
    earlier = draft.brought
    for mine, theirs in (
        (draft.students, earlier.students),
        (draft.contacts, earlier.contacts),
        (draft.staff, earlier.staff),
    ):
        mine |= theirs - told
    known = draft.students | draft.contacts | draft.staff
    for row in draft.package.rows("users"):
        if row["sourcedId"] not in known:
            draft.warn(
                "semantic.user_without_role",
                "the user has no role in this package and was passed over",
                "send the user's roles with the user",
                file="users.csv",
                row=row.number,
            )


def _identity(draft: Draft, row: Row) -> _Identity:
    """Numbers of a user. A user name that is the sourcedId was made by the exporter: there is none."""
    state: list[str] = []
    others: list[tuple[str, str]] = []
    states = draft.words.table["identifiers"]["state"]
    for system, value in _PAIR.findall(row["userIds"]):
        if system in states and value and not state:
            state.append(value)
        else:
            others.append((system.strip(), value.strip()))
    username = "" if row["username"] == row["sourcedId"] else row["username"]
    return _Identity(username, state[0] if state else "", tuple(others))


def _name(row: Row) -> PersonName:
    return PersonName(
        first="" if row["givenName"] == NO_NAME else row["givenName"],
        last="" if row["familyName"] == NO_NAME else row["familyName"],
        middle=row["middleName"],
        suffix=cell(row, "suffix"),
        preferred_first=cell(row, "preferredGivenName"),
        preferred_middle=cell(row, "preferredMiddleName"),
        preferred_last=cell(row, "preferredFamilyName"),
    )


def _directory(row: Row) -> Directory:
    return Directory(phone=row["phone"], mobile=row["sms"], email=row["email"])


def grade_of(row: Row) -> GradeLevel | None:
    """The first grade of a user, as far as it is a grade of the standard."""
    for word in row.list("grades"):
        if word in GRADES:
            return GradeLevel(word)
    return None


def _student(draft: Draft, row: Row, known: _Identity) -> None:
    draft.add(
        "students",
        StudentRecord(
            key=row["sourcedId"],
            name=_name(row),
            local_id=row["identifier"],
            state_id=known.state_id,
            username=known.username,
            demographics=None,
            directory=_directory(row),
            identifiers=known.others,
            grade=grade_of(row),
        ),
    )


def _demographics(draft: Draft, row: Row) -> None:
    own = row["sourcedId"]
    if own not in draft.students:
        # of staff and contacts the roster has no demographics
        return
    draft.keep_rest("demographics", row, _DEMOGRAPHICS)
    hispanic = row["hispanicOrLatinoEthnicity"]
    values = Demographics(
        birth_date=date.fromisoformat(row["birthDate"]) if row["birthDate"] else None,
        sex=row["sex"],
        hispanic=hispanic == "true" if hispanic else None,
        american_indian=row["americanIndianOrAlaskaNative"] == "true",
        asian=row["asian"] == "true",
        black=row["blackOrAfricanAmerican"] == "true",
        pacific_islander=row["nativeHawaiianOrOtherPacificIslander"] == "true",
        white=row["white"] == "true",
        two_or_more_races=row["demographicRaceTwoOrMoreRaces"] == "true",
        birth_country=row["countryOfBirthCode"],
        birth_state=row["stateOfBirthAbbreviation"],
        birth_city=row["cityOfBirth"],
        residence_status=row["publicSchoolResidenceStatus"],
    )
    draft.add("student_demographics", StudentDemographicsRecord(student=own, demographics=values))


def _contact(draft: Draft, row: Row, known: _Identity) -> None:
    own = row["sourcedId"]
    draft.add(
        "contacts",
        ContactRecord(
            key=own,
            name=_name(row),
            username="" if own in draft.staff or own in draft.students else known.username,
            local_id=row["identifier"],
            directory=_directory(row),
        ),
    )


def _staff(draft: Draft, row: Row, known: _Identity) -> None:
    draft.add(
        "staff",
        StaffRecord(
            key=row["sourcedId"],
            name=_name(row),
            local_id=row["identifier"],
            state_id=known.state_id,
            username=known.username,
            directory=_directory(row),
        ),
    )


def _rest(draft: Draft, row: Row, known: _Identity) -> None:
    """What of a user the roster cannot hold: a user switched off, further grades and numbers."""
    own = row["sourcedId"]
    also: dict[str, str] = {}
    if known.username and row["enabledUser"] == "false":
        also["enabledUser"] = "false"
        draft.warn(
            "semantic.user_not_enabled",
            "the user is not enabled; the user name is kept, whether it may sign in is decided here",
            "nothing to do",
            file="users.csv",
            row=row.number,
            column="enabledUser",
        )
    taken = list(_USER)
    if own in draft.students:
        if len(row.list("grades")) < 2:
            taken.append("grades")
    elif known.others or (known.state_id and own not in draft.staff):
        taken.remove("userIds")
    draft.keep_rest("users", row, taken, also)


def _relations(draft: Draft) -> None:
    """Who is whose contact: named at the student, at the contact, or at both.

    A relation that was told earlier keeps its word and its place where this package tells none.
    """
    links: dict[tuple[str, str], tuple[int, str]] = {}
    order: dict[str, int] = defaultdict(int)
    named: set[str] = set()
    for row in draft.package.rows("users"):
        student = row["sourcedId"]
        if student not in draft.students:
            continue
        exact = unpack(cell(row, "relation"))
        for place, agent in enumerate(row.list("agentSourcedIds")):
            named.add(student)
            if _may(draft, agent) and (student, agent) not in links:
                order[student] += 1
                links[student, agent] = (order[student], part(exact, place))
    _name_students(draft, links, order, named)
    if draft.is_delta("users"):
        draft.roster.whole["student_contacts"] = frozenset(named)
    roles = _contact_roles(draft)
    for (student, agent), (place, relation) in links.items():
        draft.add("student_contacts", _link(draft, student, agent, place, relation, roles.get(agent, "")))


def _name_students(
    draft: Draft, links: dict[tuple[str, str], tuple[int, str]], order: dict[str, int], named: set[str]
) -> None:
    """Relations that only the contact's row tells, after those that the student's row tells."""
    earlier = draft.brought.relations
    for (student, _), (_, place) in earlier.items():
        if student not in named:
            order[student] = max(order[student], place)
    for row in sorted(draft.package.rows("users"), key=lambda row: row["sourcedId"]):
        agent = row["sourcedId"]
        if agent not in draft.contacts:
            continue
        for student in row.list("agentSourcedIds"):
            if not _is_student(draft, student) or (student, agent) in links:
                continue
            if (student, agent) in earlier and student not in named:
                links[student, agent] = (earlier[student, agent][1], "")
                continue
            order[student] += 1
            links[student, agent] = (order[student], "")


def _may(draft: Draft, agent: str) -> bool:
    """Whether a user may be an agent: one whom a delta does not show was judged when sent."""
    return agent in draft.contacts or (agent not in draft.staff and agent not in draft.students)


def _is_student(draft: Draft, user: str) -> bool:
    return user in draft.students or (user not in draft.staff and user not in draft.contacts)


def _contact_roles(draft: Draft) -> dict[str, str]:
    """The strongest contact role of each user: what the package tells, else what was told earlier."""
    ranks = {role: rank for rank, role in enumerate(draft.words.table["contacts"]["roles"])}
    told: dict[str, str] = {}
    for user, role in roles_of_users(draft):
        if role in ranks and ranks[role] < ranks.get(told.get(user, ""), len(ranks)):
            told[user] = role
    earlier: dict[str, str] = {}
    for (_, contact), (relation, _) in draft.brought.relations.items():
        role = draft.words.contact_role(relation)
        if ranks[role] < ranks.get(earlier.get(contact, ""), len(ranks)):
            earlier[contact] = role
    return earlier | told


def _link(
    draft: Draft, student: str, agent: str, place: int, relation: str, role: str
) -> StudentContactRecord:
    """A relation. An exact word comes from a system that sends only contacts with rights."""
    before = draft.brought.relations.get((student, agent))
    if before and not relation and draft.words.contact_role(before[0]) == role:
        relation = before[0]
    rights = bool(relation) or role in draft.words.table["contacts"]["with_rights"]
    return StudentContactRecord(
        student=student,
        contact=agent,
        relation=relation or role,
        has_rights=rights,
        may_pick_up=rights,
        portal_access=rights,
        order=place,
    )
