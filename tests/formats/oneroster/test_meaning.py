"""The rules of meaning of A4, one spoiled package each: what refuses, what is listed, what is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.formats.oneroster.packages import CHANGED, read, told, whole

Files = dict[str, list[dict[str, str]]]
Spoil = Callable[[Files], Any]


def update(file: str, place: int, **cells: str) -> Spoil:
    """Change cells of one row."""
    return lambda files: files[file][place].update(cells)


def add(file: str, **cells: str) -> Spoil:
    """Add a row that is the file's last one but for ``cells``."""
    return lambda files: files.setdefault(file, []).append({**(files[file] or [{}])[-1], **cells})


def both(*spoils: Spoil) -> Spoil:
    """One after the other."""
    return lambda files: [spoil(files) for spoil in spoils]


def role(**cells: str) -> Spoil:
    """A further role row of 1.2."""
    base = {"sourcedId": "more", "userSourcedId": "x", "roleType": "secondary", "role": "teacher"}
    return lambda files: files["roles"].append({**base, "orgSourcedId": "s", **cells})


def profile(user: str) -> Spoil:
    """A profile of ``user`` to which the student's role refers."""

    def spoil(files: Files) -> None:
        files["userProfiles"] = [
            {"sourcedId": "z", "userSourcedId": user, "profileType": "sso", "vendorId": "v",
             "credentialType": "saml", "username": "n"}
        ]  # fmt: skip
        files["roles"][0]["userProfileSourcedId"] = "z"

    return spoil


ERRORS: list[tuple[str, Spoil, tuple[str, str, int, str]]] = [
    ("1.1", update("courses", 0, schoolYearSourcedId="t"),
     ("semantic.academic_session_type_mismatch", "courses", 2, "schoolYearSourcedId")),
    ("1.1", update("classes", 0, termSourcedIds="t,y"),
     ("semantic.academic_session_type_mismatch", "classes", 2, "termSourcedIds")),
    ("1.1", both(update("academicSessions", 1, type="gradingPeriod")),
     ("semantic.academic_session_type_mismatch", "classes", 2, "termSourcedIds")),
    ("1.1", update("lineItems", 0, gradingPeriodSourcedId="y"),
     ("semantic.academic_session_type_mismatch", "lineItems", 2, "gradingPeriodSourcedId")),
    ("1.2", update("lineItems", 0, academicSessionSourcedId="y"),
     ("semantic.academic_session_type_mismatch", "lineItems", 2, "academicSessionSourcedId")),
    ("1.1", update("classes", 0, schoolSourcedId="d"),
     ("semantic.org_type_mismatch", "classes", 2, "schoolSourcedId")),
    ("1.1", update("enrollments", 1, schoolSourcedId="d"),
     ("semantic.org_type_mismatch", "enrollments", 3, "schoolSourcedId")),
    ("1.2", update("lineItems", 0, schoolSourcedId="d"),
     ("semantic.org_type_mismatch", "lineItems", 2, "schoolSourcedId")),
    ("1.1", update("academicSessions", 1, endDate="2026-08-16"),
     ("semantic.dates_reversed", "academicSessions", 3, "endDate")),
    ("1.1", update("enrollments", 0, endDate="2026-08-16"),
     ("semantic.dates_reversed", "enrollments", 2, "endDate")),
    ("1.2", update("roles", 0, beginDate="2026-08-17", endDate="2026-08-16"),
     ("semantic.dates_reversed", "roles", 2, "endDate")),
    ("1.2", role(roleType="primary"), ("semantic.multiple_primary_roles", "roles", 5, "roleType")),
    ("1.2", update("users", 0, primaryOrgSourcedId="d"),
     ("semantic.primary_org_without_role", "users", 2, "primaryOrgSourcedId")),
    ("1.2", profile("x"), ("semantic.profile_of_another_user", "roles", 2, "userProfileSourcedId")),
    ("1.2", both(add("classes", sourcedId="k2"), update("results", 0, classSourcedId="k2")),
     ("semantic.result_of_another_class", "results", 2, "classSourcedId")),
    ("1.1", update("lineItems", 0, resultValueMin="20.5"),
     ("semantic.min_above_max", "lineItems", 2, "resultValueMin")),
]  # fmt: skip


@pytest.mark.parametrize(("version", "spoil", "finding"), ERRORS)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, version: str, spoil: Spoil, finding: tuple[str, str, int, str]
) -> None:
    files = whole(version)
    spoil(files)
    refused = [f for f in read(tmp_path, files, version).findings if f.refuses]
    assert told(refused) == [finding]
    assert refused[0].next_step


WARNINGS: list[tuple[str, Spoil, tuple[str, str, int, str]]] = [
    ("1.1", both(update("academicSessions", 0, endDate="2026-12-18")),
     ("semantic.session_outside_school_year", "classes", 2, "termSourcedIds")),
    ("1.1", update("courses", 0, subjects="Math,Art", subjectCodes="02052"),
     ("semantic.subject_codes_mismatch", "courses", 2, "subjectCodes")),
    ("1.1", update("classes", 0, subjectCodes="02052"),
     ("semantic.subject_codes_mismatch", "classes", 2, "subjectCodes")),
    ("1.2", update("roles", 2, roleType="secondary"),
     ("semantic.no_primary_role", "roles", 4, "roleType")),
    ("1.2", lambda files: files["users"].append({**files["users"][2], "sourcedId": "w", "username": "w"}),
     ("semantic.user_without_role", "users", 5, "sourcedId")),
    ("1.1", update("enrollments", 0, primary="true"),
     ("semantic.primary_not_teacher", "enrollments", 2, "primary")),
    ("1.1", add("enrollments", sourcedId="f2"),
     ("semantic.two_primary_teachers", "enrollments", 4, "primary")),
    ("1.1", update("enrollments", 0, endDate="2026-12-20"),
     ("semantic.enrollment_outside_sessions", "enrollments", 2, "beginDate")),
    ("1.1", update("enrollments", 0, beginDate="2026-08-16"),
     ("semantic.enrollment_outside_sessions", "enrollments", 2, "beginDate")),
    ("1.1", update("enrollments", 1, userSourcedId="p"),
     ("semantic.enrollment_without_role", "enrollments", 3, "role")),
    ("1.2", update("enrollments", 1, userSourcedId="p"),
     ("semantic.enrollment_without_role", "enrollments", 3, "role")),
    ("1.1", lambda files: files["enrollments"].pop(0),
     ("semantic.result_without_enrollment", "results", 2, "studentSourcedId")),
    ("1.1", update("results", 0, score="20.01"), ("semantic.score_out_of_range", "results", 2, "score")),
    ("1.1", update("results", 0, score="-1"), ("semantic.score_out_of_range", "results", 2, "score")),
    ("1.1", update("users", 1, agentSourcedIds=""),
     ("semantic.agent_not_mutual", "users", 2, "agentSourcedIds")),
    ("1.1", update("users", 0, agentSourcedIds=""),
     ("semantic.agent_not_mutual", "users", 3, "agentSourcedIds")),
    ("1.1", both(update("users", 0, agentSourcedIds="p,x"), update("users", 2, agentSourcedIds="u")),
     ("semantic.agent_is_no_relative", "users", 2, "agentSourcedIds")),
    ("1.1", update("enrollments", 0, endDate="2026-08-17"),
     ("semantic.empty_span", "enrollments", 2, "endDate")),
]  # fmt: skip


@pytest.mark.parametrize(("version", "spoil", "finding"), WARNINGS)
def test_what_is_odd_is_listed_and_not_refused(
    tmp_path: Path, version: str, spoil: Spoil, finding: tuple[str, str, int, str]
) -> None:
    files = whole(version)
    spoil(files)
    package = read(tmp_path, files, version)
    assert told(package.findings) == [finding]
    assert not package.refused


RIGHT: list[tuple[str, Spoil]] = [
    # a semester is a term; a grading period and a term are sessions of a line item
    ("1.1", update("academicSessions", 1, type="semester")),
    # roles end where the next begins, ends being exclusive
    ("1.1", both(update("enrollments", 1, endDate="2026-10-01"),
                 add("enrollments", sourcedId="f2", beginDate="2026-10-01", endDate=""))),
    ("1.1", both(update("enrollments", 1, primary="false"),
                 add("enrollments", sourcedId="f2", primary="true"))),
    # one primary role at each of two orgs, and a second role that is secondary
    ("1.2", role(sourcedId="m2", roleType="primary", orgSourcedId="d")),
    ("1.2", role(roleType="secondary", role="counselor")),
    ("1.2", update("users", 0, primaryOrgSourcedId="s")),
    ("1.2", profile("u")),
    ("1.2", update("results", 0, classSourcedId="k")),
    ("1.1", update("results", 0, score="20")),
    ("1.1", both(update("lineItems", 0, resultValueMin="20.0"), update("results", 0, score="20"))),
    ("1.1", update("enrollments", 0, endDate="2026-12-19")),
    ("1.1", update("courses", 0, subjects="Math,Art", subjectCodes="02052,05154")),
    ("1.2", update("academicSessions", 1, type="ext:quarter")),
    ("1.1", both(update("users", 0, agentSourcedIds=""), update("users", 1, agentSourcedIds=""))),
]  # fmt: skip


@pytest.mark.parametrize(("version", "change"), RIGHT)
def test_what_is_right_is_not_told(tmp_path: Path, version: str, change: Spoil) -> None:
    files = whole(version)
    change(files)
    assert told(read(tmp_path, files, version).findings) == []


def test_a_source_that_writes_last_days_has_no_empty_spans(tmp_path: Path) -> None:
    files = whole()
    files["enrollments"][0]["endDate"] = "2026-08-17"
    assert read(tmp_path, files, inclusive_ends=True).findings == []


def test_a_delta_speaks_of_what_it_holds_only(tmp_path: Path) -> None:
    """Roles, enrollments and agents that a delta does not hold are not missed."""
    files = whole("1.2")
    for file in ("roles", "enrollments"):
        files[file] = [{**files[file][0], **CHANGED}]
    files["users"][0]["primaryOrgSourcedId"] = "s"
    files["users"][1]["primaryOrgSourcedId"] = "s"
    package = read(tmp_path, files, "1.2", delta=["roles", "enrollments"])
    assert told(package.findings) == []


def test_rows_that_a_delta_ends_are_not_judged(tmp_path: Path) -> None:
    files = whole("1.2")
    files["roles"] = [{**row, **CHANGED} for row in files["roles"]]
    files["roles"].append({**files["roles"][0], "sourcedId": "old", "status": "tobedeleted"})
    assert told(read(tmp_path, files, "1.2", delta=["roles"]).findings) == []
