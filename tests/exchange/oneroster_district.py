"""A small district as OneRoster files, written without our own writer.

Columns are those of 1EdTech OneRoster 1.1 CSV and 1.2 CSV binding (interoperability specification, A2).
One school year with two semesters, one school with two classes, two students, their mother, a guardian,
a teacher, a principal and an aide.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

S = "sourcedId,status,dateLastModified,"
_SAME = {
    "academicSessions": "title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs": "name,type,identifier,parentSourcedId",
    "courses": "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes",
    "classes": "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,"
    "subjects,subjectCodes,periods",
    "enrollments": "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    "demographics": "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
    "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
    "resources": "vendorResourceId,title,roles,importance,vendorId,applicationId",
    "classResources": "title,classSourcedId,resourceSourcedId",
    "courseResources": "title,courseSourcedId,resourceSourcedId",
}
HEADERS: dict[str, dict[str, str]] = {
    "1.1": {
        **_SAME,
        "users": "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password",
        "categories": "title",
        "lineItems": "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
        "gradingPeriodSourcedId,resultValueMin,resultValueMax",
        "results": "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment",
    },
    "1.2": {
        **_SAME,
        "users": "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
        "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
        "preferredFamilyName,primaryOrgSourcedId,pronouns",
        "roles": "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId",
        "userProfiles": "userSourcedId,profileType,vendorId,applicationId,description,credentialType,"
        "username,password",
        "categories": "title,weight",
        "lineItems": "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
        "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId",
        "results": "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,"
        "classSourcedId,inProgress,incomplete,late,missing",
        "scoreScales": "title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue",
        "lineItemScoreScales": "title,lineItemSourcedId,scoreScaleSourcedId",
        "resultScoreScales": "title,resultSourcedId,scoreScaleSourcedId",
        "lineItemLearningObjectiveIds": "lineItemSourcedId,source,learningObjectiveId",
        "resultLearningObjectiveIds": "resultSourcedId,source,learningObjectiveId,score,textScore",
        "userResources": "userSourcedId,orgSourcedId,classSourcedId,resourceSourcedId",
    },
}
Rows = dict[str, list[dict[str, str]]]


def header(version: str, file: str) -> list[str]:
    """The columns of a file in their order."""
    return (S + HEADERS[version][file]).split(",")


def _user(own: str, given: str, family: str, **cells: str) -> dict[str, str]:
    return {
        "sourcedId": own,
        "enabledUser": "true",
        "username": f"{given}.{family}".lower(),
        "givenName": given,
        "familyName": family,
        **cells,
    }


def rows(version: str = "1.2") -> Rows:
    """The rows of the small district, each cell by its column. Ends are exclusive."""
    dated = {"beginDate": "2026-08-17", "endDate": ""}
    found: Rows = {
        "orgs": [
            {"sourcedId": "d1", "name": "Small District", "type": "district", "identifier": "0100"},
            {"sourcedId": "s1", "name": "Oak School", "type": "school", "parentSourcedId": "d1"},
        ],
        "academicSessions": [
            _session("y27", "2026-27", "schoolYear", "2026-08-17", "2027-06-05", ""),
            _session("t1", "Fall", "semester", "2026-08-17", "2027-01-11", "y27"),
            _session("t2", "Spring", "semester", "2027-01-11", "2027-06-05", "y27"),
            _session("g1", "First Quarter", "gradingPeriod", "2026-08-17", "2026-10-17", "t1"),
        ],
        "courses": [
            {
                "sourcedId": "c1",
                "schoolYearSourcedId": "y27",
                "title": "Algebra 1",
                "courseCode": "ALG1",
                "grades": "09",
                "orgSourcedId": "d1",
                "subjects": "Mathematics",
                "subjectCodes": "02052",
            },
        ],
        "classes": [
            {
                "sourcedId": f"x{n}",
                "title": f"Algebra 1 ({n})",
                "grades": "09",
                "courseSourcedId": "c1",
                "classCode": f"ALG1-{n}",
                "classType": "scheduled",
                "location": f"R{n}",
                "schoolSourcedId": "s1",
                "termSourcedIds": term,
                "subjects": "Mathematics",
                "subjectCodes": "02052",
                "periods": str(n),
            }
            for n, term in ((1, "t1"), (2, "t1,t2"))
        ],
        "users": [
            _user("p-anna", "Anna", "Lopez", identifier="1001", grades="09", agentSourcedIds="p-mia,p-gus"),
            _user("p-ben", "Ben", "Lopez", identifier="1002", grades="09", agentSourcedIds="p-mia"),
            _user("p-mia", "Mia", "Lopez", agentSourcedIds="p-anna,p-ben", email="mia@example.com"),
            _user("p-gus", "Gus", "Reed", agentSourcedIds="p-anna", phone="555-0100"),
            _user("p-tea", "Tea", "Cher", identifier="T1", email="tea@example.com"),
            _user("p-pri", "Pri", "Ncipal", identifier="T2"),
            _user("p-ade", "Ade", "Wu", identifier="T3"),
        ],
        "enrollments": [
            _enrollment("e1", "x1", "p-anna", "student"),
            _enrollment("e2", "x2", "p-anna", "student"),
            _enrollment("e3", "x1", "p-ben", "student"),
            _enrollment("e4", "x1", "p-tea", "teacher", primary="true"),
            _enrollment("e5", "x2", "p-tea", "teacher", primary="true"),
        ],
        "demographics": [
            {
                "sourcedId": "p-anna",
                "birthDate": "2012-03-04",
                "sex": "female",
                "white": "true",
                "asian": "true",
                "demographicRaceTwoOrMoreRaces": "true",
                "hispanicOrLatinoEthnicity": "false",
            },
            {"sourcedId": "p-ben", "birthDate": "2012-05-06", "sex": "male"},
        ],
    }
    roles = {
        "p-anna": "student",
        "p-ben": "student",
        "p-mia": "parent",
        "p-gus": "guardian",
        "p-tea": "teacher",
        "p-pri": "principal",
        "p-ade": "aide",
    }
    if version == "1.1":
        for user in found["users"]:
            role = roles[user["sourcedId"]]
            user |= {"role": "administrator" if role == "principal" else role, "orgSourcedIds": "s1"}
    else:
        found["roles"] = [
            {
                "sourcedId": f"r-{user}",
                "userSourcedId": user,
                "roleType": "primary",
                "role": role,
                "orgSourcedId": "s1",
                **dated,
            }
            for user, role in roles.items()
        ]
    return found


def gradebook(version: str = "1.2") -> Rows:
    """A category, a line item of class x1 in the first quarter, and a result of Anna."""
    session = "gradingPeriodSourcedId" if version == "1.1" else "academicSessionSourcedId"
    item = {
        "sourcedId": "i1",
        "title": "Quiz",
        "assignDate": "2026-09-01",
        "dueDate": "2026-09-02",
        "classSourcedId": "x1",
        "categorySourcedId": "k1",
        session: "g1",
        "resultValueMin": "0",
        "resultValueMax": "10",
    }
    if version == "1.2":
        item["schoolSourcedId"] = "s1"
    result = {
        "sourcedId": "q1",
        "lineItemSourcedId": "i1",
        "studentSourcedId": "p-anna",
        "scoreStatus": "fully graded",
        "score": "9",
        "scoreDate": "2026-09-02",
    }
    return {
        "categories": [{"sourcedId": "k1", "title": "Quizzes"}],
        "lineItems": [item],
        "results": [result],
    }


def _session(own: str, title: str, kind: str, start: str, end: str, parent: str) -> dict[str, str]:
    return {
        "sourcedId": own,
        "title": title,
        "type": kind,
        "startDate": start,
        "endDate": end,
        "parentSourcedId": parent,
        "schoolYear": "2027",
    }


def _enrollment(own: str, of_class: str, user: str, role: str, **cells: str) -> dict[str, str]:
    return {
        "sourcedId": own,
        "classSourcedId": of_class,
        "schoolSourcedId": "s1",
        "userSourcedId": user,
        "role": role,
        "beginDate": "2026-08-17",
        **cells,
    }


def manifest(version: str, modes: Mapping[str, str]) -> str:
    """A manifest; a file not named in ``modes`` is absent."""
    lines = ["propertyName,value", "manifest.version,1.0", f"oneroster.version,{version}"]
    lines += [f"file.{file},{modes.get(file, 'absent')}" for file in HEADERS[version]]
    return "\r\n".join(lines) + "\r\n"


def table(columns: list[str], found: list[dict[str, str]]) -> str:
    """A CSV file of these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def files(
    version: str, found: Rows, *, mode: str = "bulk", extra: Mapping[str, list[str]] | None = None
) -> dict[str, str]:
    """Text by file name; ``extra`` adds columns after the standard ones."""
    texts = {"manifest.csv": manifest(version, dict.fromkeys(found, mode))}
    for file, listed in found.items():
        columns = header(version, file) + (extra or {}).get(file, [])
        texts[f"{file}.csv"] = table(columns, listed)
    return texts


def delta(found: Rows, *, at: str = "2026-11-01T00:00:00.000Z", status: str = "active") -> Rows:
    """The same rows as a delta writes them."""
    return {
        file: [{"status": status, "dateLastModified": at, **row} for row in listed]
        for file, listed in found.items()
    }


def write_zip(path: Path, texts: Mapping[str, str | bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path
