"""Groups that many elements share: names, addresses, keys of sections, sessions and tests."""

from __future__ import annotations

from typing import Annotated

from firstbell.formats.edfi.shape import At, Attr, Part

#: where an inline reference holds a person's or an organization's number
STUDENT = "StudentIdentity/StudentUniqueStateId"
STAFF = "StaffIdentity/StaffUniqueStateId"
ORGANIZATION = "EducationalOrgIdentity/StateOrganizationId"


class Name(Part, frozen=True, kw_only=True, gc=False):
    """A legal name."""

    first: Annotated[str, At("FirstName")]
    last: Annotated[str, At("LastSurname")]
    middle: Annotated[str, At("MiddleName")] = ""
    suffix: Annotated[str, At("GenerationCodeSuffix")] = ""
    prefix: Annotated[str, At("PersonalTitlePrefix")] = ""
    maiden: Annotated[str, At("MaidenName")] = ""
    verification: Annotated[str, Attr("Verification")] = ""


class OtherName(Name, frozen=True, kw_only=True, gc=False):
    """An alias, a nickname, a former name."""

    kind: Annotated[str, Attr("OtherNameType")] = ""


class Address(Part, frozen=True, kw_only=True, gc=False):
    """A postal address."""

    kind: Annotated[str, Attr("AddressType")] = ""
    street: Annotated[str, At("StreetNumberName")] = ""
    apartment: Annotated[str, At("ApartmentRoomSuiteNumber")] = ""
    city: Annotated[str, At("City")] = ""
    state: Annotated[str, At("StateAbbreviation")] = ""
    postal_code: Annotated[str, At("PostalCode")] = ""
    county: Annotated[str, At("NameOfCounty")] = ""


class Telephone(Part, frozen=True, kw_only=True, gc=False):
    """A person's telephone number; ``primary`` as the source marks it, ``true`` or ``false``."""

    number: Annotated[str, At("TelephoneNumber")] = ""
    kind: Annotated[str, Attr("TelephoneNumberType")] = ""
    primary: Annotated[str, Attr("PrimaryTelephoneNumberIndicator")] = ""


class InstitutionTelephone(Part, frozen=True, kw_only=True, gc=False):
    """An institution's telephone number."""

    number: Annotated[str, At("TelephoneNumber")] = ""
    kind: Annotated[str, Attr("InstitutionTelephoneNumberType")] = ""


class Email(Part, frozen=True, kw_only=True, gc=False):
    """An e-mail address."""

    address: Annotated[str, At("EmailAddress")] = ""
    kind: Annotated[str, Attr("EmailAddressType")] = ""


class SectionKey(Part, frozen=True, kw_only=True, gc=False):
    """What names a section everywhere but in the master schedule."""

    school: Annotated[str, At("StateOrganizationId")]
    course: Annotated[str, At("LocalCourseCode")]
    school_year: Annotated[str, At("SchoolYear")]
    term: Annotated[str, At("Term")]
    period: Annotated[str, At("ClassPeriodName")]
    room: Annotated[str, At("Location")]


class SessionKey(Part, frozen=True, kw_only=True, gc=False):
    """What names a session."""

    school_year: Annotated[str, At("SchoolYear")]
    term: Annotated[str, At("Term")]
    school: Annotated[str, At("StateOrganizationId")] = ""


class AssessmentKey(Part, frozen=True, kw_only=True, gc=False):
    """What names a test; ``grade`` is the grade level assessed."""

    title: Annotated[str, At("AssessmentTitle")]
    subject: Annotated[str, At("AcademicSubject")] = ""
    grade: Annotated[str, At("GradeLevelAssessed")] = ""
    version: Annotated[str, At("Version")] = ""


class DescriptorUse(Part, frozen=True, kw_only=True, gc=False):
    """A descriptor as an element quotes it."""

    code: Annotated[str, At("CodeValue")] = ""
    short: Annotated[str, At("ShortDescription")] = ""
    description: Annotated[str, At("Description")] = ""
