"""Who belongs where and when: students to schools, staff to posts, both to sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from firstbell.exchange.rules.oneroster_in.draft import Draft, cell
from firstbell.exchange.rules.oneroster_in.people import grade_of
from firstbell.exchange.rules.oneroster_words import METADATA, STAFF_ROLES, part, unpack
from firstbell.formats.delimited import Row
from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import (
    EnrollmentStatus,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
    SectionPosition,
    SectionStaffRecord,
    SessionKind,
    StaffAssignmentRecord,
    StaffRole,
)

#: written as the exact role of a role row that only follows from teaching at a school
FOLLOWS = "sections"
_ROLE = ["userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"]
_ENROLLMENT = [
    "classSourcedId",
    "schoolSourcedId",
    "userSourcedId",
    "role",
    "primary",
    "beginDate",
    "endDate",
]


@dataclass(frozen=True, slots=True)
class _Post:
    """A user's role at an org over a span, from either version."""

    user: str
    org: str
    role: str
    primary: bool
    begin: date | None
    end: date | None
    exact: str
    classification: str
    file: str
    row: int
    #: the source's id of the role; 1.1 has none
    key: str = ""
    #: when a delta says that the role changed
    changed: date | None = None


def take(draft: Draft) -> None:
    """School enrollments, posts, section enrollments and section staff."""
    _section_belonging(draft)
    by_user: dict[str, list[_Post]] = defaultdict(list)
    for post in _posts(draft):
        if post.begin and post.end and post.end < post.begin:
            continue
        by_user[post.user].append(post)
    users = draft.package.sheets["users"].by_id if draft.package.has("users") else {}
    days = _FirstDays(draft)
    for user, posts in by_user.items():
        _enroll(draft, users.get(user), [p for p in posts if p.role == "student"], days)
        if user in draft.staff:
            _assign(draft, users.get(user), [p for p in posts if _of_staff(draft, p)], days)
    if draft.package.version == "1.1" and draft.is_delta("users"):
        # a 1.1 user names all of its orgs at once
        told = frozenset(by_user)
        draft.roster.whole["school_enrollments"] = told & draft.students
        draft.roster.whole["staff_assignments"] = told & draft.staff


def _of_staff(draft: Draft, post: _Post) -> bool:
    return post.role != "student" and post.role not in draft.words.table["contacts"]["roles"]


def _posts(draft: Draft) -> Iterator[_Post]:
    if draft.package.version == "1.1":
        for row in draft.package.rows("users"):
            yield from _posts_of_user(draft, row)
        return
    for row in (*draft.package.rows("roles"), *draft.package.ended("roles")):
        end = draft.last_day(row["endDate"])
        if row["status"] == "tobedeleted":
            if row["role"] == "student":
                draft.end(("school_enrollments",), row)
                continue
            gone = date.fromisoformat(row["dateLastModified"][:10]) - ONE_DAY
            end = min(end, gone) if end else gone
        yield _Post(
            row["userSourcedId"],
            row["orgSourcedId"],
            row["role"],
            row["roleType"] == "primary",
            date.fromisoformat(row["beginDate"]) if row["beginDate"] else None,
            end,
            row[METADATA + "role"],
            cell(row, "classification"),
            "roles.csv",
            row.number,
            row["sourcedId"],
            _day(row),
        )
        draft.keep_rest("roles", row, _ROLE)


def _posts_of_user(draft: Draft, row: Row) -> Iterator[_Post]:
    """One for each org of a 1.1 user; spans stand in metadata of our own or nowhere."""
    begins, ends = unpack(cell(row, "beginDates")), unpack(cell(row, "endDates"))
    exact, classifications = unpack(row[METADATA + "role"]), unpack(cell(row, "classification"))
    for place, org in enumerate(row.list("orgSourcedIds")):
        begin, end = part(begins, place), part(ends, place)
        if begins and not begin and row["role"] not in ("student", *draft.words.table["contacts"]["roles"]):
            # the org only follows from a section taught there
            continue
        yield _Post(
            row["sourcedId"],
            org,
            _word(draft, row["role"], part(exact, place), part(classifications, place))
            if place
            else row["role"],
            place == 0,
            date.fromisoformat(begin) if begin else None,
            draft.last_day(end),
            part(exact, place),
            part(classifications, place),
            "users.csv",
            row.number,
            changed=_day(row),
        )


def _word(draft: Draft, word: str, exact: str, classification: str) -> str:
    """The role at an org after the first: a 1.1 user has one word, and may hold another post there."""
    if exact not in STAFF_ROLES:
        return word
    return draft.words.staff_role_out("1.1", StaffRole(exact), classification)


def _day(row: Row) -> date | None:
    changed = row["dateLastModified"]
    return date.fromisoformat(changed[:10]) if changed else None


class _FirstDays:
    """The day on which an undated role begins: that of the same role earlier, else the first one that the
    package gives a reason for."""

    def __init__(self, draft: Draft) -> None:
        roster = draft.roster
        self.sections: dict[tuple[str, str], date] = {}
        schools = {row["sourcedId"]: row["schoolSourcedId"] for row in draft.package.rows("classes")}
        for record in roster.section_enrollments or ():
            place = (record.student, schools.get(record.section, ""))
            self.sections[place] = min(record.begin, self.sections.get(place, record.begin))
        sessions = {**draft.brought.sessions, **{s.key: s for s in roster.sessions or ()}}.values()
        years = [s for s in sessions if s.kind is SessionKind.SCHOOL_YEAR]
        self.years = sorted(years, key=lambda s: s.begin)
        self.first = min((s.begin for s in self.years or sessions), default=None)
        self.brought = draft.brought
        self.stays, self.posts = draft.brought.stays, draft.brought.posts
        #: the latest day on which a student came to any school
        self.elsewhere: dict[str, date] = {}
        for (user, _), entry in self.stays.items():
            self.elsewhere[user] = max(entry, self.elsewhere.get(user, entry))

    def of(self, post: _Post) -> date | None:
        """As earlier, else the first enrollment in a section there, else the first day of the first year.

        Who was at another school already comes here no earlier than the day on which this is told.
        """
        place = (post.user, post.org)
        if post.role != "student":
            earlier = self.posts.get(place) or self.posts.get((post.user, ""))
            return earlier or self.sections.get(place) or self.first
        if place in self.stays:
            return self.stays[place]
        found = self.sections.get(place) or self.first
        left = self.elsewhere.get(post.user)
        if found and left and found <= left:
            return max(left, post.changed or self.brought.on or left)
        return found

    def school_year(self, begin: date, end: date | None) -> int:
        """The latest school year of the package in which the span has a day, else that of its begin."""
        for session in reversed(self.years):
            if begin <= session.end and (end is None or end >= session.begin):
                return session.school_year
        return SchoolYear.of(begin).ending


def _begin(draft: Draft, post: _Post, days: _FirstDays) -> date | None:
    begin = post.begin or days.of(post)
    if begin is None:
        draft.refuse(
            "semantic.no_begin_date",
            "the role has no begin date, and the package no academic session to take it from",
            "write beginDate, or send academicSessions.csv too",
            file=post.file,
            row=post.row,
        )
    return begin


def _overlap(one: SchoolEnrollmentRecord, other: SchoolEnrollmentRecord) -> bool:
    return (one.exit is None or other.entry <= one.exit) and (other.exit is None or one.entry <= other.exit)


def _enroll(draft: Draft, user: Row | None, posts: list[_Post], days: _FirstDays) -> None:
    """Stays of one student: at one time one is primary, that of the primary org first."""
    home = _home(user, posts)
    grade = grade_of(user) if user else None
    stays: dict[tuple[str, date], SchoolEnrollmentRecord] = {}
    for post in posts:
        if not draft.is_school(post.org):
            continue
        begin = _begin(draft, post, days)
        if begin is None:
            continue
        if grade is None and (post.org, begin) not in stays:
            draft.warn(
                "semantic.no_grade",
                "a student in a school has no grade: taken as ungraded",
                "write the grade in users.csv",
                file=post.file,
                row=post.row,
                column="grades",
            )
        stays[post.org, begin] = SchoolEnrollmentRecord(
            student=post.user,
            school=post.org,
            school_year=days.school_year(begin, post.end),
            grade=grade or GradeLevel.UNGRADED,
            entry=begin,
            exit=post.end,
            key=post.key,
        )
    primary: list[SchoolEnrollmentRecord] = []
    for stay in sorted(stays.values(), key=lambda s: (s.school != home, s.entry, s.school)):
        if any(_overlap(stay, other) for other in primary):
            stay = replace(stay, status=EnrollmentStatus.SECONDARY)
        else:
            primary.append(stay)
        draft.add("school_enrollments", stay)


def _home(user: Row | None, posts: list[_Post]) -> str:
    """The org a user belongs to first: named, or the first listed in 1.1."""
    named = user["primaryOrgSourcedId"] if user else ""
    return named or next((post.org for post in posts if post.primary), "")


def _assign(draft: Draft, user: Row | None, posts: list[_Post], days: _FirstDays) -> None:
    """Posts of one staff member."""
    home = user["primaryOrgSourcedId"] if user else ""
    bare = 0
    for post in posts:
        begin = None if post.exact == FOLLOWS else _begin(draft, post, days)
        if begin is None:
            continue
        role = draft.words.staff_role_in(draft.package.version, post.role, post.exact, post.classification)
        bare += role.value == "other" and "dministrator" in post.role and not post.exact
        draft.add(
            "staff_assignments",
            StaffAssignmentRecord(
                staff=post.user,
                role=role,
                begin=begin,
                end=post.end,
                school=post.org if draft.is_school(post.org) else "",
                primary=post.primary and home in ("", post.org),
                classification=post.classification
                or (post.role if role.value == "other" and not post.exact else ""),
            ),
        )
    if bare:
        draft.warn(
            "semantic.administrator_without_rights",
            "an administrator came in without rights: the word does not say which",
            "give the person the post that fits, on the staff page",
            file=posts[0].file,
            row=posts[0].row,
            column="role",
        )


def _section_belonging(draft: Draft) -> None:
    homerooms = {row["sourcedId"] for row in draft.package.rows("classes") if row["classType"] == "homeroom"}
    spans = _class_spans(draft)
    teachers: dict[str, list[tuple[Row, date, date | None]]] = defaultdict(list)
    for row in draft.package.rows("enrollments"):
        draft.keep_rest("enrollments", row, _ENROLLMENT)
        of_class = row["classSourcedId"]
        begin = date.fromisoformat(row["beginDate"]) if row["beginDate"] else spans.get(of_class)
        end = draft.last_day(row["endDate"])
        if begin is None:
            draft.refuse(
                "semantic.no_begin_date",
                "the enrollment has no begin date, nor has its class",
                "write beginDate",
                file="enrollments.csv",
                row=row.number,
            )
        elif end is not None and end < begin:
            draft.warn(
                "semantic.enrollment_without_a_day",
                "the enrollment has no day and was passed over",
                "nothing to do",
                file="enrollments.csv",
                row=row.number,
            )
        elif row["role"] == "student":
            draft.add(
                "section_enrollments",
                SectionEnrollmentRecord(
                    student=row["userSourcedId"],
                    section=of_class,
                    begin=begin,
                    end=end,
                    homeroom=of_class in homerooms,
                    key=row["sourcedId"],
                ),
            )
        elif row["userSourcedId"] in draft.staff:
            teachers[of_class].append((row, begin, end))
    _section_staff(draft, teachers)
    for row in draft.package.ended("enrollments"):
        draft.end(("section_enrollments",) if row["role"] == "student" else ("section_staff",), row)


def _class_spans(draft: Draft) -> dict[str, date]:
    earlier = {key: record.begin for key, record in draft.brought.sessions.items()}
    begins = earlier | {record.key: record.begin for record in draft.roster.sessions or ()}
    out = dict(draft.brought.sections)
    for row in draft.package.rows("classes"):
        known = [begins[own] for own in row.list("termSourcedIds") if own in begins]
        if known:
            out[row["sourcedId"]] = min(known)
    return out


def _section_staff(draft: Draft, teachers: dict[str, list[tuple[Row, date, date | None]]]) -> None:
    """Who teaches: the primary teacher is of record; so is an only teacher of whom nothing is said."""
    whole = draft.package.modes.get("enrollments") == "bulk"
    for rows in teachers.values():
        lone = whole and sum(row["role"] == "teacher" for row, _, _ in rows) == 1
        for row, begin, end in rows:
            teacher = row["role"] == "teacher"
            of_record = teacher and (row["primary"] == "true" or (lone and not row["primary"]))
            draft.add(
                "section_staff",
                SectionStaffRecord(
                    staff=row["userSourcedId"],
                    section=row["classSourcedId"],
                    begin=begin,
                    end=end,
                    position=SectionPosition.TEACHER_OF_RECORD
                    if of_record
                    else draft.words.position_in(row["role"]),
                    key=row["sourcedId"],
                ),
            )
