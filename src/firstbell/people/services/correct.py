"""Correcting what was recorded, with history kept: enrolments, and a student's own facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.data import Correction, Demographics, Directory, EnrollmentStatus, PersonName
from firstbell.people.data.events import EnrollmentChanged
from firstbell.people.models import Revision, SchoolEnrollment, Student
from firstbell.people.rules.codes import check_code
from firstbell.people.rules.enrollment import Stay, exit_is_possible
from firstbell.people.selectors.opening import openings
from firstbell.people.selectors.scope import schools_in_scope, students_in_scope
from firstbell.people.services.acts import Act
from firstbell.people.services.enroll import refuse_overlap
from firstbell.people.services.holding import hold_for_act, hold_for_numbers
from firstbell.people.services.name_words import index_people
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import writing

_NAMES = {
    "first": "first_name",
    "middle": "middle_name",
    "last": "last_name",
    "suffix": "suffix",
    "preferred_first": "preferred_first_name",
    "preferred_middle": "preferred_middle_name",
    "preferred_last": "preferred_last_name",
}

#: the field of the access table that a column belongs to, where it is not named alike
FIELD_OF = {
    "preferred_first_name": "preferred_name",
    "preferred_middle_name": "preferred_name",
    "preferred_last_name": "preferred_name",
    "city": "address",
    "state": "address",
    "postal_code": "address",
    "mobile": "phone",
}
#: what somebody changes of themselves without the registrar
REACHED_BY = {item.name for item in fields(Directory)} | {name for name in FIELD_OF if "preferred" in name}


def correct_enrollment(viewer: Viewer, version_id: int, correction: Correction, *, reason: str) -> int:
    """Replace the current version of an enrolment by a corrected one. Answers the act's id.

    Raises Refused (no reason, impossible dates, an overlap, a code that does not hold, or a version that
    somebody else replaced meanwhile) and NotVisible.
    """
    with writing():
        mine = SchoolEnrollment.objects.filter(
            pk=version_id,
            school__in=schools_in_scope(viewer, DataClass.ENROLLMENT, write=True),
            student__in=students_in_scope(viewer, DataClass.ENROLLMENT),
        )
        student_id = mine.values_list("student_id", flat=True).first()
        if student_id is None:
            raise NotVisible
        hold_for_act(student_id)
        row = mine.get()
        if row.superseded_at is not None:
            raise Refused([_stale()])
        changes = _changes(row, correction)
        findings = _check(row, changes, reason)
        if findings:
            raise Refused(findings)
        entry, exit_day = changes.get("entry", row.entry), changes.get("exit", row.exit)
        status = EnrollmentStatus(changes.get("status", row.status))
        refuse_overlap(row.student_id, Stay(entry, exit_day, status), leaving_out=[row.pk])
        act = Act(viewer, "correct", row.student_id, reason)
        act.replace(row, **changes)
        publish(EnrollmentChanged(row.student_id, min(entry, row.entry)))
        return act.finish().pk


def _stale() -> Finding:
    return error(
        "enrollment.stale",
        "somebody corrected this enrollment since you opened it",
        "open the student again, compare, and correct the current version",
    )


def _changes(row: SchoolEnrollment, correction: Correction) -> dict[str, Any]:
    wanted = {
        item.name: getattr(correction, item.name) for item in fields(correction) if item.name != "reopen"
    }
    changes = {
        name: getattr(value, "value", value)
        for name, value in wanted.items()
        if value is not None and getattr(value, "value", value) != getattr(row, name)
    }
    if correction.reopen:
        changes |= {"exit": None, "exit_code": ""}
    return changes


def _check(row: SchoolEnrollment, changes: dict[str, Any], reason: str) -> list[Finding]:
    findings = []
    if not reason.strip():
        findings.append(
            error("act.reason", "a correction needs a reason", "say in a few words why", column="reason")
        )
    if not changes:
        findings.append(error("act.empty", "nothing was changed", "change a value, or leave the page"))
    entry, exit_day = changes.get("entry", row.entry), changes.get("exit", row.exit)
    if not exit_is_possible(entry, exit_day):
        findings.append(
            error(
                "enrollment.exit_before_entry",
                f"the exit {exit_day} lies before the entry {entry}",
                "correct one of the two dates",
                column="exit",
            )
        )
    if "entry_code" in changes:
        findings += check_code("entry", changes["entry_code"], entry, "entry_code")
    if changes.get("exit_code"):
        findings += check_code("exit", changes["exit_code"], exit_day or entry, "exit_code")
    return findings


def correct_student(
    viewer: Viewer,
    student_id: int,
    *,
    name: PersonName | None = None,
    demographics: Demographics | None = None,
    directory: Directory | None = None,
    state_id: str | None = None,
    reason: str = "",
    keep: Collection[str] = (),
) -> list[str]:
    """Change a student's name, description, ways to reach them or state id; the old values stay readable.

    Answers the names of the fields that changed. Raises Refused when the legal name would be empty or the
    state id belongs to another student, NotVisible for someone else's student, NotAllowed for a field
    that is not the viewer's to change (a family changes how it is reached, not who the student is; nor does
    a student of 18 or over).
    Columns of the directory in ``keep`` stay as they are: who may not see an address does not empty it.
    """
    with writing():
        (hold_for_act if state_id is None else hold_for_numbers)(student_id)
        open_to = openings(viewer, student_id)
        if not students_in_scope(viewer, DataClass.CONTACT, write=True).filter(pk=student_id).exists():
            raise NotVisible
        student = Student.objects.select_related("demographics", "directory").get(pk=student_id)
        _refuse_identity(student, name, state_id)
        changed: dict[str, tuple[Any, Any]] = {}
        identity = {_NAMES[k]: v for k, v in asdict(name).items()} if name else {}
        if state_id is not None:
            identity["state_id"] = state_id
        _assign(student, identity, changed)
        if demographics is not None:
            _assign(student.demographics, asdict(demographics), changed)
        if directory is not None:
            home = {column: value for column, value in asdict(directory).items() if column not in keep}
            _assign(student.directory, home, changed)
        if not changed:
            return []
        for column in changed:
            if not open_to.may_write(DataClass.CONTACT, FIELD_OF.get(column, column)):
                raise NotAllowed(f"changing the {FIELD_OF.get(column, column).replace('_', ' ')}")
        if changed.keys() - REACHED_BY and not open_to.may_write(DataClass.ENROLLMENT):
            raise NotAllowed("changing who the student is")
        Revision.objects.create(
            kind="student",
            object_id=student_id,
            account_id=viewer.account_id,
            source="district",
            reason=reason,
            before={key: _plain(old) for key, (old, _) in changed.items()},
            after={key: _plain(new) for key, (_, new) in changed.items()},
        )
        index_people({"student": [student_id]})
        audit.record(
            viewer,
            "student.correct",
            "student",
            student_id,
            data_classes=[DataClass.DIRECTORY, DataClass.CONTACT],
            fields=sorted(changed),
        )
        return sorted(changed)


def _refuse_identity(student: Student, name: PersonName | None, state_id: str | None) -> None:
    findings = []
    if name is not None and not (name.first.strip() and name.last.strip()):
        findings.append(
            error(
                "student.name",
                "the legal name is not complete",
                "enter first and last name",
                column="last_name",
            )
        )
    if state_id and Student.objects.filter(state_id=state_id).exclude(pk=student.pk).exists():
        findings.append(
            error(
                "student.duplicate",
                f"the state id {state_id} belongs to another student",
                "check the number; if both are one person, merge them",
                column="state_id",
            )
        )
    if findings:
        raise Refused(findings)


def _assign(row: Any, values: dict[str, Any], changed: dict[str, tuple[Any, Any]]) -> None:
    touched = []
    for column, value in values.items():
        old = getattr(row, column)
        if old != value:
            changed[column] = (old, value)
            setattr(row, column, value)
            touched.append(column)
    if touched:
        row.save(update_fields=[*touched, "changed_at"] if isinstance(row, Student) else touched)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
