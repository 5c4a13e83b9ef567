"""Whether the rows of a package make sense together: types of targets, roles, dates, scores, agents."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from firstbell.formats.delimited import Findings, Row
from firstbell.formats.oneroster.layout import Layout
from firstbell.formats.oneroster.package import Package
from firstbell.kernel.finding import Finding


def check_meaning(package: Package, layout: Layout) -> list[Finding]:
    """Findings of meaning, as far as the rows that the package holds can tell."""
    found = {file: Findings(f"{file}.csv") for file in layout.files}
    for rule in layout.rules["target_types"]:
        _target_type(package, rule, found.get(rule["file"]))
    for rule in layout.rules["spans"]:
        if rule["file"] in found:
            _spans(package, rule, found[rule["file"]])
    _classes(package, found["classes"])
    _courses(package, found)
    if "roles" in found:
        _roles(package, found["roles"])
        _users(package, found["users"])
    _enrollments(package, found["enrollments"], layout)
    _one_primary_teacher(package, found["enrollments"])
    _line_items(package, found["lineItems"])
    _results(package, found["results"])
    _agents(package, found["users"], layout)
    return [finding for findings in found.values() for finding in findings.all()]


def _find(package: Package, file: str, own: str) -> Row | None:
    sheet = package.sheets.get(file)
    return sheet.by_id.get(own) if sheet and own else None


def _target_type(package: Package, rule: dict[str, object], findings: Findings | None) -> None:
    column, file, target = str(rule["column"]), str(rule["file"]), str(rule["target"])
    types = rule["types"]
    if findings is None or target not in package.sheets or not isinstance(types, list):
        return
    kinds = {row["sourcedId"]: row["type"] for row in package.sheets[target].rows}
    for row in package.rows(file):
        for wanted in row.list(column):
            kind = kinds.get(wanted)
            if kind and kind not in types and not (kind.startswith("ext:") and target == "academicSessions"):
                findings.error(
                    str(rule["code"]),
                    f"{wanted[:255]} is of type {kind}",
                    f"refer to one of type {' or '.join(types)}",
                    row.number,
                    column,
                )


def _spans(package: Package, rule: dict[str, str], findings: Findings) -> None:
    for row in package.rows(rule["file"]):
        begin, end = row[rule["begin"]], row[rule["end"]]
        if begin and end and end < begin:
            findings.error(
                "semantic.dates_reversed",
                f"{rule['end']} lies before {rule['begin']}",
                "correct one of the two dates",
                row.number,
                rule["end"],
            )
        elif begin and end == begin and not package.inclusive_ends:
            findings.warn(
                "semantic.empty_span",
                f"{rule['end']} is the day of {rule['begin']}: ends are exclusive, so no day lies between",
                "write the day after the last day, or set the source to inclusive ends",
                row.number,
                rule["end"],
            )


def _span_of_class(package: Package, row: Row) -> tuple[str, str] | None:
    """First start and last end of a class's sessions, where the package holds them all."""
    sessions = [_find(package, "academicSessions", own) for own in row.list("termSourcedIds")]
    known = [session for session in sessions if session is not None]
    if not known or len(known) < len(sessions):
        return None
    return min(s["startDate"] for s in known), max(s["endDate"] for s in known)


def _classes(package: Package, findings: Findings) -> None:
    for row in package.rows("classes"):
        course = _find(package, "courses", row["courseSourcedId"])
        year = _find(package, "academicSessions", course["schoolYearSourcedId"]) if course else None
        span = _span_of_class(package, row)
        if year and span and (span[0] < year["startDate"] or span[1] > year["endDate"]):
            findings.warn(
                "semantic.session_outside_school_year",
                "the class's sessions lie outside its course's school year",
                "correct the sessions or the course's school year",
                row.number,
                "termSourcedIds",
            )


def _courses(package: Package, found: dict[str, Findings]) -> None:
    for file in ("courses", "classes"):
        for row in package.rows(file):
            codes = row.list("subjectCodes")
            if codes and len(codes) != len(row.list("subjects")):
                found[file].warn(
                    "semantic.subject_codes_mismatch",
                    "there are not as many subjectCodes as subjects",
                    "write as many, in the same order, or none",
                    row.number,
                    "subjectCodes",
                )


def _roles(package: Package, findings: Findings) -> None:
    by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
    profiles = package.sheets.get("userProfiles")
    for row in package.rows("roles"):
        by_place[row["userSourcedId"], row["orgSourcedId"]].append(row)
        profile = profiles.by_id.get(row["userProfileSourcedId"]) if profiles else None
        if profile is not None and profile["userSourcedId"] != row["userSourcedId"]:
            findings.error(
                "semantic.profile_of_another_user",
                "the role's profile belongs to another user",
                "refer to a profile of the same user",
                row.number,
                "userProfileSourcedId",
            )
    for rows in by_place.values():
        primary = [row for row in rows if row["roleType"] == "primary"]
        for row in primary[1:]:
            findings.error(
                "semantic.multiple_primary_roles",
                f"the user has a primary role at this org already, in row {primary[0].number}",
                "keep one role of each user and org primary, the others secondary",
                row.number,
                "roleType",
            )
        if not primary:
            findings.warn(
                "semantic.no_primary_role",
                "the user has no primary role at this org",
                "make one role of each user and org primary",
                rows[0].number,
                "roleType",
            )


def _users(package: Package, findings: Findings) -> None:
    if not package.has("roles"):
        return
    orgs: dict[str, set[str]] = defaultdict(set)
    for role in package.rows("roles"):
        orgs[role["userSourcedId"]].add(role["orgSourcedId"])
    whole = package.modes.get("roles") == "bulk"
    for row in package.rows("users"):
        own, primary = row["sourcedId"], row["primaryOrgSourcedId"]
        if whole and own not in orgs:
            findings.warn(
                "semantic.user_without_role",
                "the user has no role",
                "give each user a role in roles.csv",
                row.number,
                "sourcedId",
            )
        if primary and primary not in orgs[own] and (whole or orgs[own]):
            findings.error(
                "semantic.primary_org_without_role",
                "the user has no role at the primary org",
                "add a role there, or correct the primary org",
                row.number,
                "primaryOrgSourcedId",
            )


def _roles_held(package: Package) -> dict[tuple[str, str], set[str]] | None:
    """(user, org) -> roles, or None where the package cannot tell."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    if package.version == "1.1":
        if package.modes.get("users") != "bulk":
            return None
        for row in package.rows("users"):
            for org in row.list("orgSourcedIds"):
                held[row["sourcedId"], org].add(row["role"])
        return held
    if package.modes.get("roles") != "bulk":
        return None
    for row in package.rows("roles"):
        held[row["userSourcedId"], row["orgSourcedId"]].add(row["role"])
    return held


def _enrollments(package: Package, findings: Findings, layout: Layout) -> None:
    held = _roles_held(package)
    fits = layout.rules["enrollment_roles"]
    spans = {row["sourcedId"]: _span_of_class(package, row) for row in package.rows("classes")}
    for row in package.rows("enrollments"):
        role = row["role"]
        span = spans.get(row["classSourcedId"])
        begin, end = row["beginDate"], row["endDate"]
        if span and ((begin and not span[0] <= begin <= span[1]) or (end and not span[0] <= end <= span[1])):
            findings.warn(
                "semantic.enrollment_outside_sessions",
                "the enrollment reaches outside the sessions of its class",
                "correct the dates of the enrollment or the sessions of the class",
                row.number,
                "beginDate",
            )
        if held is not None and role in fits:
            roles = held.get((row["userSourcedId"], row["schoolSourcedId"]), set())
            if not roles.intersection(fits[role]):
                findings.warn(
                    "semantic.enrollment_without_role",
                    f"the user is enrolled as {role} but has no such role at the school",
                    "give the user that role at the school",
                    row.number,
                    "role",
                )


def _one_primary_teacher(package: Package, findings: Findings) -> None:
    by_class: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for row in package.rows("enrollments"):
        if row["primary"] != "true":
            continue
        if row["role"] != "teacher":
            findings.warn(
                "semantic.primary_not_teacher",
                "primary is true for someone who is no teacher",
                "write primary for teachers only",
                row.number,
                "primary",
            )
            continue
        by_class[row["classSourcedId"]].append((row["beginDate"], row["endDate"] or "9999", row.number))
    for spans in by_class.values():
        last = ""
        for begin, end, number in sorted(spans):
            if last and begin < last:
                findings.warn(
                    "semantic.two_primary_teachers",
                    "the class has another primary teacher at the same time",
                    "make one teacher at a time primary",
                    number,
                    "primary",
                )
            last = max(last, end)


def _line_items(package: Package, findings: Findings) -> None:
    for row in package.rows("lineItems"):
        low, high = _number(row["resultValueMin"]), _number(row["resultValueMax"])
        if low is not None and high is not None and low > high:
            findings.error(
                "semantic.min_above_max",
                "resultValueMin is above resultValueMax",
                "correct one of the two",
                row.number,
                "resultValueMin",
            )


def _number(text: str) -> Decimal | None:
    """A number, or None where the cell is empty or was found faulty."""
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None


def _results(package: Package, findings: Findings) -> None:
    enrolled: set[tuple[str, str]] | None = None
    if package.modes.get("enrollments") == "bulk":
        enrolled = {(row["classSourcedId"], row["userSourcedId"]) for row in package.rows("enrollments")}
    limits: dict[str, tuple[str, Decimal | None, Decimal | None]] = {
        row["sourcedId"]: (
            row["classSourcedId"],
            _number(row["resultValueMin"]),
            _number(row["resultValueMax"]),
        )
        for row in package.rows("lineItems")
    }
    for row in package.rows("results"):
        item = limits.get(row["lineItemSourcedId"])
        if item is None:
            continue
        _result(row, item, enrolled, findings)


def _result(
    row: Row,
    item: tuple[str, Decimal | None, Decimal | None],
    enrolled: set[tuple[str, str]] | None,
    findings: Findings,
) -> None:
    of_class, low, high = item
    if row["classSourcedId"] and row["classSourcedId"] != of_class:
        findings.error(
            "semantic.result_of_another_class",
            "the result's class is not that of its line item",
            "correct the class or the line item",
            row.number,
            "classSourcedId",
        )
    if enrolled is not None and (of_class, row["studentSourcedId"]) not in enrolled:
        findings.warn(
            "semantic.result_without_enrollment",
            "the student is not enrolled in the line item's class",
            "send the enrollment too, or correct the student",
            row.number,
            "studentSourcedId",
        )
    score = _number(row["score"])
    if score is not None and ((low is not None and score < low) or (high is not None and score > high)):
        findings.warn(
            "semantic.score_out_of_range",
            "the score lies outside the line item's range",
            "nothing to do where this is extra credit",
            row.number,
            "score",
        )


def _agents(package: Package, findings: Findings, layout: Layout) -> None:
    """Agents are mutual, and none but a parent, guardian or relative is the agent of a student."""
    sheet = package.sheets.get("users")
    if sheet is None:
        return
    roles: dict[str, set[str]] = defaultdict(set)
    file, user = ("users", "sourcedId") if package.version == "1.1" else ("roles", "userSourcedId")
    for row in package.rows(file):
        roles[row[user]].add(row["role"])
    agents = {row["sourcedId"]: set(row.list("agentSourcedIds")) for row in package.rows("users")}
    may = set(layout.rules["agents"])
    for row in package.rows("users"):
        own = row["sourcedId"]
        for agent in sorted(agents[own]):
            if "student" in roles[own] and roles[agent] and not roles[agent] & may:
                findings.warn(
                    "semantic.agent_is_no_relative",
                    "the agent of the student is no parent, guardian or relative and was left out",
                    "name parents, guardians and relatives only",
                    row.number,
                    "agentSourcedIds",
                )
            elif agent in agents and own not in agents[agent]:
                findings.warn(
                    "semantic.agent_not_mutual",
                    "the user names an agent who does not name the user; both ways were taken",
                    "name the agent at both users",
                    row.number,
                    "agentSourcedIds",
                )
