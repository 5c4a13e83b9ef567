"""Students, contacts and staff as users with roles; demographics in a file of their own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from firstbell.exchange.rules.oneroster_in.belonging import FOLLOWS
from firstbell.exchange.rules.oneroster_in.people import NO_NAME
from firstbell.exchange.rules.oneroster_out.book import Book
from firstbell.exchange.rules.oneroster_words import derived_id, exclusive, pack
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    PersonName,
    SectionPosition,
    SectionStaffRecord,
    SessionKind,
    StaffAssignmentRecord,
    StaffRecord,
    StudentContactRecord,
    StudentRecord,
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a user at an org. ``rank`` tells which of several at one org is primary."""

    org: str
    role: str
    rank: tuple[int, ...] = (9,)
    begin: str = ""
    end: str = ""
    exact: str = ""
    classification: str = ""


class People:
    """Users while they are put together: one person may be staff and contact."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.roles: dict[str, list[Role]] = defaultdict(list)
        self.home: dict[str, str] = {}
        self.agents: dict[str, list[str]] = defaultdict(list)
        self.relations: dict[str, list[str]] = defaultdict(list)


def write(book: Book, *, demographics: bool) -> None:
    """Users, roles and demographics."""
    people = People(book)
    book.open("users")
    for staff in book.roster.staff or ():
        _user(book, staff.key, staff)
    _staff_roles(people)
    for student in book.roster.students or ():
        own = student.key
        _user(book, own, student)
        _student_roles(people, student, own)
        if demographics:
            _demographics(book, own, student.demographics or Demographics())
    if demographics:
        book.open("demographics")
    _contacts(people)
    _finish(people)


# users ---------------------------------------------------------------------------------------------


def _user(book: Book, own: str, record: StudentRecord | ContactRecord | StaffRecord) -> None:
    name: PersonName = record.name
    reach: Directory = record.directory
    cells = {
        "username": record.username or own,
        "enabledUser": "true" if record.username else "false",
        "givenName": name.first or NO_NAME,
        "familyName": name.last or NO_NAME,
        "middleName": name.middle,
        "suffix": name.suffix,
        "preferredGivenName": name.preferred_first,
        "preferredMiddleName": name.preferred_middle,
        "preferredFamilyName": name.preferred_last,
        "identifier": record.local_id,
        "userIds": _numbers(book, record),
    }
    if not reach.confidential:
        cells |= {"email": reach.email, "sms": reach.mobile, "phone": reach.phone}
    if isinstance(record, StudentRecord):
        cells["grades"] = book.grades.get(record.key, "")
    book.put("users", own, cells)


def _numbers(book: Book, record: StudentRecord | ContactRecord | StaffRecord) -> str:
    """The state's number and those of systems that may leave."""
    table = book.words.table["identifiers"]
    pairs: list[tuple[str, str]] = []
    if not isinstance(record, ContactRecord) and record.state_id:
        pairs.append((table["state_out"], record.state_id))
    if isinstance(record, StudentRecord):
        pairs.extend(pair for pair in record.identifiers if pair[0] in table["leaving"])
    return ",".join(f"{{{system}:{value}}}" for system, value in pairs if not set("{},") & set(value))


def _demographics(book: Book, own: str, record: Demographics) -> None:
    flags = {
        "americanIndianOrAlaskaNative": record.american_indian,
        "asian": record.asian,
        "blackOrAfricanAmerican": record.black,
        "nativeHawaiianOrOtherPacificIslander": record.pacific_islander,
        "white": record.white,
    }
    several = record.two_or_more_races or sum(flags.values()) > 1
    book.put(
        "demographics",
        own,
        {
            "birthDate": record.birth_date.isoformat() if record.birth_date else "",
            "sex": record.sex if record.sex in book.words.table["sexes"][book.version] else "",
            **{name: _word(flag) for name, flag in flags.items()},
            "demographicRaceTwoOrMoreRaces": _word(several),
            "hispanicOrLatinoEthnicity": "" if record.hispanic is None else _word(record.hispanic),
            "countryOfBirthCode": record.birth_country,
            "stateOfBirthAbbreviation": record.birth_state,
            "cityOfBirth": record.birth_city,
            "publicSchoolResidenceStatus": record.residence_status,
        },
    )


def _word(flag: bool) -> str:
    return "true" if flag else "false"


# roles ---------------------------------------------------------------------------------------------


def _student_roles(people: People, student: StudentRecord, own: str) -> None:
    book = people.book
    stays = book.stays.get(student.key, [])
    for stay in stays:
        people.roles[own].append(
            Role(
                stay.school,
                "student",
                (2, stay is not stays[0], -stay.entry.toordinal()),
                stay.entry.isoformat(),
                exclusive(stay.exit),
            )
        )
    if stays:
        people.home.setdefault(own, stays[0].school)
    elif book.district:
        people.roles[own].append(Role(book.district, "student", (2,)))


def _staff_roles(people: People) -> None:
    book = people.book
    posts: dict[str, list[StaffAssignmentRecord]] = defaultdict(list)
    for record in book.roster.staff_assignments or ():
        if record.end is None or record.end >= record.begin:
            posts[record.staff].append(record)
    sections: dict[str, list[SectionStaffRecord]] = defaultdict(list)
    for _, taught in book.staff_rows:
        sections[taught.staff].append(taught)
    years = [r for r in book.roster.sessions or () if r.kind is SessionKind.SCHOOL_YEAR]
    first = min((r.begin for r in years or book.roster.sessions or ()), default=None)
    for staff in book.roster.staff or ():
        own = staff.key
        mine = sorted(posts[staff.key], key=lambda post: _post_order(book, post))
        roles = [_post(book, post, place) for place, post in enumerate(mine)]
        if not roles and book.district:
            begin = staff.hire_date or first
            roles = [Role(book.district, _least(book), (1, 0), _iso(begin))]
        if roles:
            people.home[own] = roles[0].org
        people.roles[own].extend(roles)
        _follow(people, own, sections[staff.key])


def _post_order(book: Book, post: StaffAssignmentRecord) -> tuple[bool, str, str, str, str]:
    role = book.words.staff_role_out(book.version, post.role, post.classification)
    return (not post.primary, book.org(post.school), role, post.begin.isoformat(), post.classification)


def _least(book: Book) -> str:
    return str(book.words.table["staff_roles"]["otherwise_out"])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _post(book: Book, post: StaffAssignmentRecord, place: int) -> Role:
    table = book.words.table["staff_roles"]
    word = book.words.staff_role_out(book.version, post.role, post.classification)
    plain = table["in"].get(word, "other") == post.role.value
    exact = "" if plain or post.role.value in table["never_from_a_file"] else post.role.value
    return Role(
        book.org(post.school),
        word,
        (1, place),
        post.begin.isoformat(),
        exclusive(post.end),
        exact,
        post.classification if post.classification != word else "",
    )


def _follow(people: People, own: str, taught: list[SectionStaffRecord]) -> None:
    """A teacher's role at each school where sections are taught, if no post gives it."""
    book = people.book
    held = {role.org for role in people.roles[own] if role.role == "teacher"}
    schools = {
        book.section_school.get(record.section, "")
        for record in taught
        if record.position is not SectionPosition.AIDE
    }
    for school in sorted(schools - held - {""}):
        people.roles[own].append(Role(school, "teacher", (8,), exact=FOLLOWS))


# contacts ------------------------------------------------------------------------------------------


def _contacts(people: People) -> None:
    """Contacts with rights to at least one student; agents on both sides, in the order of calling."""
    book = people.book
    students = {record.key for record in book.roster.students or ()}
    contacts = {record.key: record for record in book.roster.contacts or ()}
    links: dict[str, list[StudentContactRecord]] = defaultdict(list)
    for link in book.roster.student_contacts or ():
        if link.has_rights and link.student in students and link.contact in contacts:
            links[link.contact].append(link)
    every: list[StudentContactRecord] = []
    for key, contact in contacts.items():
        own = key
        if not links[key] or (book.version == "1.1" and people.roles.get(own)):
            # a 1.1 user has one role: who is staff already is no agent there
            continue
        _user(book, own, contact)
        every += links[key]
        word = _contact_word(book, links[key])
        orgs = {
            role.org for link in links[key] for role in people.roles[link.student] if role.role == "student"
        }
        people.roles[own].extend(Role(org, word, (3,)) for org in sorted(orgs))
    every.sort(key=lambda r: (r.student, r.order, r.contact))
    for link in every:
        student, agent = link.student, link.contact
        people.agents[student].append(agent)
        people.relations[student].append(link.relation)
        people.agents[agent].append(student)


def _contact_word(book: Book, links: list[StudentContactRecord]) -> str:
    """The strongest of a contact's roles: parent before guardian before relative."""
    found = {book.words.contact_role(link.relation) for link in links}
    ranked: list[str] = book.words.table["contacts"]["roles"]
    return next(word for word in ranked if word in found)


# writing -------------------------------------------------------------------------------------------


def _finish(people: People) -> None:
    """Agents, home orgs and roles, in the shape of the version."""
    book = people.book
    rows = book.open("users")
    if book.version == "1.2":
        book.open("roles")
    for own in rows:
        # relations stand beside students' agents only
        agents = people.agents.get(own, [])
        if own not in people.relations:
            agents = sorted(agents)
        book.put(
            "users",
            own,
            {"agentSourcedIds": ",".join(agents), "relation": pack(people.relations.get(own, ()))},
        )
        if book.version == "1.1":
            _one_role(people, own)
        else:
            book.put("users", own, {"primaryOrgSourcedId": people.home.get(own, "")})
            _all_roles(people, own)


def _all_roles(people: People, own: str) -> None:
    """A row for each role; of those at one org the first by rank is primary."""
    placed: set[str] = set()
    for role in sorted(people.roles[own], key=lambda r: (r.rank, r.org, r.role, r.begin)):
        people.book.put(
            "roles",
            derived_id("role", own, role.org, role.role, role.begin, role.exact, role.classification),
            {
                "userSourcedId": own,
                "roleType": "secondary" if role.org in placed else "primary",
                "role": role.role,
                "beginDate": role.begin,
                "endDate": role.end,
                "orgSourcedId": role.org,
                "metadata.firstbell.role": role.exact,
                "metadata.firstbell.classification": role.classification,
            },
        )
        placed.add(role.org)


def _exactly(book: Book, role: Role, main: Role) -> str:
    """The exact role at an org, where the user's one role does not say it."""
    if role.exact or role.role == main.role:
        return "" if role.exact == FOLLOWS else role.exact
    return str(book.words.table["staff_roles"]["in"].get(role.role, ""))


def _one_role(people: People, own: str) -> None:
    """The first role and all orgs; spans and exact roles stand beside the orgs in metadata."""
    ranked = sorted(people.roles[own], key=lambda r: (r.rank, r.org, r.role, r.begin))
    if not ranked:
        return
    main = ranked[0]
    by_org: dict[str, Role] = {}
    for role in ranked:
        by_org.setdefault(role.org, role)
    people.book.put(
        "users",
        own,
        {
            "orgSourcedIds": ",".join(by_org),
            "role": main.role,
            "metadata.firstbell.role": pack(_exactly(people.book, role, main) for role in by_org.values()),
            "metadata.firstbell.classification": pack(role.classification for role in by_org.values()),
            "beginDates": pack(role.begin for role in by_org.values()),
            "endDates": pack(role.end for role in by_org.values()),
        },
    )
