"""Versions 2 and 2.1: orgs, users, classes, enrollments; 2.1 with roles, sessions, courses and more."""

from __future__ import annotations

from datetime import date
from typing import Any

from firstbell.exchange.rules.sds_in.draft import Draft
from firstbell.exchange.rules.sds_in.facts import Class, Course, Org, Role, Seat, Session, User
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import Demographics

_USER = (
    "sourcedId",
    "username",
    "givenName",
    "familyName",
    "email",
    "phone",
    "sms",
    "orgSourcedIds",
    "role",
    "grade",
)


def take(draft: Draft) -> None:
    """The facts of the files."""
    facts, files = draft.facts, draft.files
    facts.orgs.extend(
        Org(
            key=row["sourcedId"],
            name=row["name"],
            kind=row["type"],
            parent=row["parentSourcedId"],
            file="orgs.csv",
            row=row.number,
        )
        for row in files.rows("orgs")
    )
    for row in files.rows("users"):
        facts.users[row["sourcedId"]] = User(
            key=row["sourcedId"],
            first=row["givenName"],
            last=row["familyName"],
            username=row["username"],
            email=row["email"],
            phone=row["phone"],
            mobile=row["sms"],
        )
        draft.keep_rest("users", row["sourcedId"], row, _USER)
    _roles(draft)
    _sessions(draft)
    _classes(draft)
    _described(draft)
    facts.relations.extend(
        (row["userSourcedId"], row["relationshipUserSourcedId"], row["relationshipRole"])
        for row in files.rows("relationships")
    )
    facts.flags.extend((row["userSourcedId"], row["flag"]) for row in files.rows("userFlags"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _roles(draft: Draft) -> None:
    """In version 2 a user has one role at all orgs; in 2.1 each has a row."""
    for row in draft.files.rows("users") if draft.files.version == "v2" else ():
        for place, org in enumerate(row.list("orgSourcedIds")):
            draft.facts.roles.append(
                Role(
                    user=row["sourcedId"],
                    org=org,
                    word=row["role"],
                    grade=row["grade"],
                    primary=place == 0,
                    file="users.csv",
                    row=row.number,
                )
            )
    for row in draft.files.rows("roles"):
        begin, end = _day(row["roleStartDate"]), _day(row["roleEndDate"])
        if begin and end and end < begin:
            draft.refuse(
                "semantic.dates_reversed",
                "roleEndDate lies before roleStartDate",
                "correct one of the two dates",
                file="roles.csv",
                row=row.number,
                column="roleEndDate",
            )
            continue
        draft.facts.roles.append(
            Role(
                user=row["userSourcedId"],
                org=row["orgSourcedId"],
                word=row["role"],
                grade=row["grade"],
                primary=row["isPrimary"] != "false",
                begin=begin,
                end=end,
                file="roles.csv",
                row=row.number,
            )
        )


def _sessions(draft: Draft) -> None:
    for row in draft.files.rows("academicSessions"):
        begin, end = _day(row["startDate"]), _day(row["endDate"])
        if begin and end and end < begin:
            draft.refuse(
                "semantic.dates_reversed",
                "endDate lies before startDate",
                "correct one of the two dates",
                file="academicSessions.csv",
                row=row.number,
                column="endDate",
            )
            continue
        draft.facts.sessions.append(
            Session(
                key=row["sourcedId"],
                title=row["title"],
                kind=row["type"],
                # schoolYear may be the year of its begin or of its end: the dates tell
                year=SchoolYear.of(begin).ending if begin else None,
                begin=begin,
                end=end,
                parent=row["parentSourcedId"],
            )
        )


def _classes(draft: Draft) -> None:
    facts, files = draft.facts, draft.files
    for row in files.rows("courses"):
        facts.courses[row["sourcedId"]] = Course(
            key=row["sourcedId"],
            title=row["title"],
            code=row["code"],
            subject=row["subject"],
            org=row["orgSourcedId"],
            year=row["schoolYearSourcedId"],
            grade=row["grade"],
        )
    for row in files.rows("classes"):
        course = row["courseSourcedId"] or f"section:{row['sourcedId']}"
        facts.courses.setdefault(course, Course(key=course, title=row["title"], org=row["orgSourcedId"]))
        facts.classes.append(
            Class(
                key=row["sourcedId"],
                org=row["orgSourcedId"],
                title=row["title"],
                code=row["code"],
                course=course,
                sessions=tuple(row.list("sessionSourcedIds")),
                file="classes.csv",
                row=row.number,
            )
        )
    facts.seats.extend(
        Seat(
            section=row["classSourcedId"],
            user=row["userSourcedId"],
            word=row["role"],
            file="enrollments.csv",
            row=row.number,
        )
        for row in files.rows("enrollments")
    )


def _described(draft: Draft) -> None:
    """Demographics by user; words that are none of the standard's are kept as they came."""
    table = draft.table
    for row in draft.files.rows("demographics"):
        races = {draft.word(code) for code in row.list("raceCodes")}
        ethnic = {draft.word(code) for code in row.list("ethnicityCodes")}
        flags: dict[str, Any] = {table["races"][code]: True for code in races & table["races"].keys()}
        draft.demographics[row["userSourcedId"]] = Demographics(
            birth_date=_day(row["birthDate"]),
            sex=table["sexes"].get(draft.word(row["sex"]), ""),
            hispanic=True if table["hispanic"] in ethnic else None,
            birth_country=row["birthCountry"],
            birth_state=row["birthState"],
            birth_city=row["birthCity"],
            **flags,
        )
        taken = {"userSourcedId", "birthDate", "birthCountry", "birthState", "birthCity"}
        if draft.word(row["sex"]) in table["sexes"]:
            taken.add("sex")
        if races <= table["races"].keys():
            taken.add("raceCodes")
        if ethnic <= {table["hispanic"]}:
            taken.add("ethnicityCodes")
        draft.keep_rest("demographics", row["userSourcedId"], row, taken)
