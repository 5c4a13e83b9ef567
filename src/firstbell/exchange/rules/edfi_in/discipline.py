"""Incidents, the students in them and what was done, kept for the room that will own them."""

from __future__ import annotations

from firstbell.exchange.rules.edfi_in.draft import Draft, key, under
from firstbell.formats.edfi.records import discipline as e
from firstbell.formats.edfi.records.parts import DescriptorUse

_SATURDAY = 5


def incident(draft: Draft, record: e.DisciplineIncident) -> None:
    """An incident."""
    own = _incident_key(e.IncidentKey(number=record.number, school=record.school))
    draft.keep(
        "discipline_incidents",
        own,
        {
            "number": record.number,
            "school": record.school,
            "day": record.day,
            "time": record.at.isoformat() if record.at else "",
            "place": record.place,
            "reporter_kind": record.reporter_kind,
            "reporter": record.reporter,
            "staff": record.staff,
            "behaviors": [_descriptor(one) for one in record.behaviors],
            "weapons": record.weapons,
            "reported_to_police": record.reported_to_police,
            "case_number": record.case_number,
        },
    )
    draft.set_aside("incidents", (own, record.day))


def _incident_key(named: e.IncidentKey) -> str:
    return key(named.school, named.number)


def _descriptor(one: DescriptorUse) -> dict[str, str]:
    return {"code": one.code, "short": one.short, "description": one.description}


def part(draft: Draft, record: e.StudentDisciplineIncidentAssociation) -> None:
    """A student's part in an incident."""
    own = _incident_key(record.incident)
    draft.keep(
        "student_discipline_incidents",
        under(own, record.student),
        {"student": record.student, "incident": own, "part": record.part},
        student=record.student,
    )


def action(draft: Draft, record: e.DisciplineAction) -> None:
    """What was done."""
    draft.keep(
        "discipline_actions",
        key(record.school, record.number, record.day.isoformat(), *record.students),
        {
            "number": record.number,
            "school": record.school,
            "day": record.day,
            "students": record.students,
            "incidents": [_incident_key(one) for one in record.incidents],
            "disciplines": [_descriptor(one) for one in record.disciplines],
            "length_days": record.length,
            "actual_length_days": record.actual_length,
            "difference_reason": record.difference_reason,
        },
        student=record.students[0] if len(record.students) == 1 else "",
    )


def behavior(draft: Draft, record: e.BehaviorDescriptor) -> None:
    """A kind of behavior in a school's list."""
    draft.keep(
        "behavior_descriptors",
        key(record.organization, record.code),
        {
            "code": record.code,
            "short": record.short,
            "description": record.description,
            "category": record.category,
            "organization": record.organization,
        },
    )


def discipline(draft: Draft, record: e.DisciplineDescriptor) -> None:
    """A kind of discipline in a school's list."""
    draft.keep(
        "discipline_descriptors",
        key(record.organization, record.code),
        {
            "code": record.code,
            "short": record.short,
            "description": record.description,
            "organization": record.organization,
        },
    )


def finish(draft: Draft) -> None:
    """Incidents on days without instruction, weekends named as such."""
    days = {row.day: row.day_type for row in draft.roster.calendar_days or ()}
    draft.tell(
        "discipline.incident_without_instruction",
        "{n} incidents are dated on a day without instruction",
        "check the date; incidents outside school days do happen",
        (
            {"incident": own, "day": day.isoformat(), "weekday": day.strftime("%A")}
            for own, day in draft.take_aside("incidents")
            if day.weekday() >= _SATURDAY or (day in days and not days[day].taught)
        ),
    )


TAKES = {
    e.DisciplineIncident: incident,
    e.StudentDisciplineIncidentAssociation: part,
    e.DisciplineAction: action,
    e.BehaviorDescriptor: behavior,
    e.DisciplineDescriptor: discipline,
}
