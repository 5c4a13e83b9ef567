"""Incidents, the students in them, and what was done."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import ORGANIZATION, STAFF, STUDENT, DescriptorUse
from firstbell.formats.edfi.shape import At, Part, Record, Ref


class IncidentKey(Part, frozen=True, kw_only=True, gc=False):
    """What names an incident: its number in its school."""

    number: Annotated[str, At("IncidentIdentifier")]
    school: Annotated[str, At("StateOrganizationId")]


class DisciplineIncident(Record, frozen=True, kw_only=True, gc=False):
    """An incident."""

    number: Annotated[str, At("IncidentIdentifier")]
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)]
    day: Annotated[date, At("IncidentDate")]
    at: Annotated[time | None, At("IncidentTime")] = None
    place: Annotated[str, At("IncidentLocation")] = ""
    reporter_kind: Annotated[str, At("ReporterDescription")] = ""
    reporter: Annotated[str, At("ReporterName")] = ""
    behaviors: Annotated[tuple[DescriptorUse, ...], At("Behaviors")] = ()
    weapons: Annotated[tuple[str, ...], At("Weapons/Weapon")] = ()
    reported_to_police: Annotated[bool | None, At("ReportedToLawEnforcement")] = None
    case_number: Annotated[str, At("CaseNumber")] = ""
    staff: Annotated[str, Ref("StaffReference", STAFF)] = ""

    def identity(self) -> Any:
        """References name an incident by its number and school."""
        return IncidentKey(number=self.number, school=self.school)


class StudentDisciplineIncidentAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A student's part in an incident."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    incident: Annotated[IncidentKey, Ref("DisciplineIncidentReference", "DisciplineIncidentIdentity")]
    part: Annotated[str, At("StudentParticipationCode")] = ""


class DisciplineAction(Record, frozen=True, kw_only=True, gc=False):
    """What was done about a student's part in an incident. Lengths are in days."""

    number: Annotated[str, At("DisciplineActionIdentifier")]
    disciplines: Annotated[tuple[DescriptorUse, ...], At("Disciplines")] = ()
    day: Annotated[date, At("DisciplineDate")]
    length: Annotated[Decimal | None, At("DisciplineActionLength")] = None
    actual_length: Annotated[Decimal | None, At("ActualDisciplineActionLength")] = None
    difference_reason: Annotated[str, At("DisciplineActionLengthDifferenceReason")] = ""
    students: Annotated[tuple[str, ...], Ref("StudentReference", STUDENT)] = ()
    incidents: Annotated[
        tuple[IncidentKey, ...], Ref("DisciplineIncidentReference", "DisciplineIncidentIdentity")
    ] = ()
    school: Annotated[str, Ref("ResponsibilitySchoolReference", ORGANIZATION)] = ""


class BehaviorDescriptor(Record, frozen=True, kw_only=True, gc=False):
    """A kind of behavior. ``organization`` is the school whose list it is."""

    code: Annotated[str, At("CodeValue")]
    short: Annotated[str, At("ShortDescription")] = ""
    description: Annotated[str, At("Description")] = ""
    category: Annotated[str, At("BehaviorCategory")] = ""
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)] = ""


class DisciplineDescriptor(Record, frozen=True, kw_only=True, gc=False):
    """A kind of discipline. ``organization`` is the school whose list it is."""

    code: Annotated[str, At("CodeValue")]
    short: Annotated[str, At("ShortDescription")] = ""
    description: Annotated[str, At("Description")] = ""
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)] = ""


ELEMENTS: dict[str, type[Record]] = {
    cls.__name__: cls
    for cls in (
        DisciplineIncident,
        StudentDisciplineIncidentAssociation,
        DisciplineAction,
        BehaviorDescriptor,
        DisciplineDescriptor,
    )
}
