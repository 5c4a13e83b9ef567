"""Students, their parents, and who answers for whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import STUDENT, Address, Email, Name, OtherName, Telephone
from firstbell.formats.edfi.shape import At, Attr, Part, Record, Ref


class IdentificationCode(Part, frozen=True, kw_only=True, gc=False):
    """A student's number in some system."""

    system: Annotated[str, Attr("IdentificationSystem")] = ""
    number: Annotated[str, At("IdentificationCode")] = ""


class Student(Record, frozen=True, kw_only=True, gc=False):
    """A student."""

    number: Annotated[str, At("StudentUniqueStateId")]
    name: Annotated[Name, At("Name")]
    codes: Annotated[tuple[IdentificationCode, ...], At("StudentIdentificationCode")] = ()
    other_names: Annotated[tuple[OtherName, ...], At("OtherName")] = ()
    sex: Annotated[str, At("Sex")] = ""
    birth_date: Annotated[date | None, At("BirthData/BirthDate")] = None
    birth_city: Annotated[str, At("BirthData/CityOfBirth")] = ""
    birth_state: Annotated[str, At("BirthData/StateOfBirthAbbreviation")] = ""
    birth_country: Annotated[str, At("BirthData/CountryOfBirthCode")] = ""
    addresses: Annotated[tuple[Address, ...], At("Address")] = ()
    telephones: Annotated[tuple[Telephone, ...], At("Telephone")] = ()
    emails: Annotated[tuple[Email, ...], At("ElectronicMail")] = ()
    hispanic: Annotated[bool | None, At("HispanicLatinoEthnicity")] = None
    old_ethnicity: Annotated[str, At("OldEthnicity")] = ""
    races: Annotated[tuple[str, ...], At("Race/RacialCategory")] = ()
    economic_disadvantage: Annotated[bool | None, At("EconomicDisadvantaged")] = None
    meals: Annotated[str, At("SchoolFoodServicesEligibility")] = ""
    characteristics: Annotated[tuple[str, ...], At("StudentCharacteristics/Characteristic")] = ()
    english_proficiency: Annotated[str, At("LimitedEnglishProficiency")] = ""
    languages: Annotated[tuple[str, ...], At("Languages/Language")] = ()
    home_languages: Annotated[tuple[str, ...], At("HomeLanguages/Language")] = ()

    def identity(self) -> Any:
        """References name a student by the state's number."""
        return self.number


class Parent(Record, frozen=True, kw_only=True, gc=False):
    """A parent or guardian."""

    number: Annotated[str, At("ParentUniqueStateId")]
    name: Annotated[Name, At("Name")]
    other_names: Annotated[tuple[OtherName, ...], At("OtherName")] = ()
    sex: Annotated[str, At("Sex")] = ""
    addresses: Annotated[tuple[Address, ...], At("Address")] = ()
    telephones: Annotated[tuple[Telephone, ...], At("Telephone")] = ()
    emails: Annotated[tuple[Email, ...], At("ElectronicMail")] = ()

    def identity(self) -> Any:
        """References name a parent by the state's number."""
        return self.number


class StudentParentAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A parent's relation to a student."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    parent: Annotated[str, Ref("ParentReference", "ParentIdentity/ParentUniqueStateId")]
    relation: Annotated[str, At("Relation")] = ""
    primary: Annotated[bool | None, At("PrimaryContactStatus")] = None
    lives_with: Annotated[bool | None, At("LivesWith")] = None
    emergency: Annotated[bool | None, At("EmergencyContactStatus")] = None
    priority: Annotated[int | None, At("ContactPriority")] = None


ELEMENTS: dict[str, type[Record]] = {cls.__name__: cls for cls in (Student, Parent, StudentParentAssociation)}
