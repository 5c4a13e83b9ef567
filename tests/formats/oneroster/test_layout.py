"""Files, columns and vocabularies are those of the standard, as the specification (A2, A3) lists them."""

from __future__ import annotations

import pytest

from firstbell.formats.oneroster import layout

FIRST = "sourcedId* status dateLastModified"
SESSIONS = "title* type* startDate* endDate* parentSourcedId schoolYear*"
ORGS = "name* type* identifier parentSourcedId"
COURSES = "schoolYearSourcedId title* courseCode grades orgSourcedId* subjects subjectCodes"
CLASSES = (
    "title* grades courseSourcedId* classCode classType* location schoolSourcedId* termSourcedIds* subjects "
    "subjectCodes periods"
)
ENROLLMENTS = "classSourcedId* schoolSourcedId* userSourcedId* role* primary beginDate endDate"
DEMOGRAPHICS = (
    "birthDate sex americanIndianOrAlaskaNative asian blackOrAfricanAmerican "
    "nativeHawaiianOrOtherPacificIslander white demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity "
    "countryOfBirthCode stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
)
RESOURCES = "vendorResourceId* title roles importance vendorId applicationId"
COMMON = {
    "academicSessions": SESSIONS,
    "orgs": ORGS,
    "courses": COURSES,
    "classes": CLASSES,
    "enrollments": ENROLLMENTS,
    "demographics": DEMOGRAPHICS,
    "resources": RESOURCES,
    "classResources": "title classSourcedId* resourceSourcedId*",
    "courseResources": "title courseSourcedId* resourceSourcedId*",
}
STANDARD = {
    "1.1": {
        **COMMON,
        "users": "enabledUser* orgSourcedIds* role* username* userIds givenName* familyName* middleName "
        "identifier email sms phone agentSourcedIds grades password",
        "categories": "title*",
        "lineItems": "title* description assignDate* dueDate* classSourcedId* categorySourcedId* "
        "gradingPeriodSourcedId* resultValueMin* resultValueMax*",
        "results": "lineItemSourcedId* studentSourcedId* scoreStatus* score* scoreDate* comment",
    },
    "1.2": {
        **COMMON,
        "users": "enabledUser* username* userIds givenName* familyName* middleName identifier email sms "
        "phone agentSourcedIds grades password userMasterIdentifier preferredGivenName preferredMiddleName "
        "preferredFamilyName primaryOrgSourcedId pronouns",
        "roles": "userSourcedId* roleType* role* beginDate endDate orgSourcedId* userProfileSourcedId",
        "userProfiles": "userSourcedId* profileType* vendorId* applicationId description credentialType* "
        "username* password",
        "categories": "title* weight",
        "lineItems": "title* description assignDate* dueDate* classSourcedId* categorySourcedId* "
        "academicSessionSourcedId* resultValueMin resultValueMax schoolSourcedId*",
        "results": "lineItemSourcedId* studentSourcedId* scoreStatus* score scoreDate* comment textScore "
        "classSourcedId inProgress incomplete late missing",
        "scoreScales": "title* type* orgSourcedId* courseSourcedId* classSourcedId* scoreScaleValue*",
        "lineItemScoreScales": "title lineItemSourcedId* scoreScaleSourcedId*",
        "resultScoreScales": "title resultSourcedId* scoreScaleSourcedId*",
        "lineItemLearningObjectiveIds": "lineItemSourcedId* source* learningObjectiveId*",
        "resultLearningObjectiveIds": "resultSourcedId* source* learningObjectiveId* score textScore",
        "userResources": "userSourcedId* orgSourcedId classSourcedId resourceSourcedId*",
    },
}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_every_file_has_the_columns_of_the_standard_in_their_order(version: str) -> None:
    found = {
        file: " ".join(column.name + "*" * column.required for column in columns)
        for file, columns in layout(version).files.items()
    }
    assert found == {file: f"{FIRST} {columns}" for file, columns in STANDARD[version].items()}


@pytest.mark.parametrize(("version", "number"), [("1.1", 13), ("1.2", 21)])
def test_a_version_has_as_many_files_as_its_manifest_names(version: str, number: int) -> None:
    assert len(layout(version).files) == number


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_every_reference_leads_to_a_file_of_the_version(version: str) -> None:
    shape = layout(version)
    for file in shape.files:
        for column in shape.references(file):
            assert column.target in shape.files
            assert "ourcedId" in column.name


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_passwords_are_dropped_wherever_the_standard_has_them(version: str) -> None:
    shape = layout(version)
    dropped = {(f, c.name) for f, columns in shape.files.items() for c in columns if c.dropped}
    assert dropped == {
        (file, "password") for file, columns in STANDARD[version].items() if "password" in columns.split()
    }


def test_another_version_is_not_guessed() -> None:
    with pytest.raises(ValueError, match=r"use 1\.1 or 1\.2"):
        layout("1.3")


USER_ROLES = "administrator aide guardian parent proctor relative student teacher"
GRADES = "IT PR PK TK KG 01 02 03 04 05 06 07 08 09 10 11 12 13 PS UG Other"
WORDS = {
    ("orgs", "type"): "department school district local state national",
    ("academicSessions", "type"): "gradingPeriod semester schoolYear term",
    ("classes", "classType"): "homeroom scheduled",
    ("resources", "importance"): "primary secondary",
    ("enrollments", "role"): USER_ROLES,
}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize(("file", "column"), list(WORDS))
def test_a_vocabulary_takes_its_words_and_no_other_case(version: str, file: str, column: str) -> None:
    judge = {c.name: c.judge for c in layout(version).columns(file)}[column]
    assert judge is not None
    for word in WORDS[file, column].split():
        assert judge(word) == word
        assert judge(word.swapcase()) != word.swapcase()


@pytest.mark.parametrize(
    ("version", "file", "column", "word", "taken"),
    [
        ("1.2", "orgs", "type", "ext:charter-network", True),
        ("1.2", "roles", "role", "ext:coach.jv", True),
        ("1.2", "roles", "role", "ext:no spaces", False),
        ("1.1", "orgs", "type", "ext:charter-network", False),
        ("1.2", "roles", "roleType", "ext:third", False),
        ("1.2", "users", "status", "ext:gone", False),
        ("1.2", "users", "enabledUser", "ext:maybe", False),
        ("1.2", "roles", "role", "districtAdministrator", True),
        ("1.1", "users", "role", "districtAdministrator", False),
        ("1.2", "roles", "role", "administrator", False),
        ("1.1", "demographics", "sex", "unspecified", False),
        ("1.2", "demographics", "sex", "unspecified", True),
        ("1.2", "lineItemLearningObjectiveIds", "source", "case", True),
        ("1.2", "results", "scoreStatus", "fully graded", True),
    ],
)
def test_vocabularies_are_open_in_1_2_except_status_role_type_and_booleans(
    version: str, file: str, column: str, word: str, taken: bool
) -> None:
    judge = {c.name: c.judge for c in layout(version).columns(file)}[column]
    assert judge is not None
    assert (judge(word) == word) is taken


def test_grades_are_those_of_ceds() -> None:
    judge = {c.name: c.judge for c in layout("1.1").columns("users")}["grades"]
    assert judge is not None
    assert judge(",".join(GRADES.split())) == ",".join(GRADES.split())
