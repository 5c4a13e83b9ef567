"""The district's batch: which letters are due, proposed for the school to review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from firstbell.attendance.data import LetterBatch, LetterState
from firstbell.attendance.models import Letter, LetterAct, PupilDayRow
from firstbell.attendance.rules.letters import Proposal, frozen
from firstbell.attendance.selectors.ladder import Ladders, ladders
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.truancy import evidence_of
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import schools_in_scope, schools_on
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import hold, writing


def propose_letters(
    viewer: Viewer, *, school_id: int | None = None, on_date: date | None = None
) -> LetterBatch:
    """Propose each letter that is due on ``on_date`` (today) at one school, or all schools of the viewer.

    A waiting letter that no longer triggers is withdrawn, its occasions are free again; one whose student
    changed schools moves along. A student who has left gets no letter. Running it again changes nothing.
    Raises NotVisible, NotAllowed for whoever is not of the school's office.
    """
    return _propose(viewer, _schools(viewer, school_id), on_date or viewer.today)


def _schools(viewer: Viewer, school_id: int | None) -> set[int]:
    rows = schools_in_scope(viewer, DataClass.ATTENDANCE, write=True)
    found = set(rows.values_list("id", flat=True))
    if school_id is not None:
        found &= {school_id}
        if not found:
            raise NotVisible
    if not viewer.purpose:
        found &= viewer.schools(*OFFICE)
    if not found:
        raise NotAllowed("proposing letters")
    return found


def _propose(viewer: Viewer, schools: set[int], day: date) -> LetterBatch:
    with writing():
        hold("truancy letters")  # one batch at a time
        candidates = _candidates(schools, day)
        book = ladders({s: school for s, school in candidates.items() if school in schools}, day)
        withdrawn = _withdraw(viewer, book)
        moved = _move(viewer, book)
        due = {student: one for student in book.places if (one := book.due(student)) is not None}
        _store(viewer, book, due)
        batch = LetterBatch(len(due), withdrawn, moved)
        if due or withdrawn or moved:
            audit.record(
                viewer,
                "attendance.propose_letters",
                "letter",
                data_classes=[DataClass.ATTENDANCE],
                count=len(due) + withdrawn + moved,
            )
    return batch


def _candidates(schools: set[int], day: date) -> dict[int, int]:
    """Students with an occasion or a waiting letter in the year, with the school they attend on ``day``."""
    year = SchoolYear.of(day)
    students = set(
        PupilDayRow.objects.filter(day__range=(year.span.begin, day), occasions__gt=0)
        .order_by()
        .values_list("student_id", flat=True)
        .distinct()
    )
    # kept for this batch: nobody sends or decides a letter that it is about to withdraw
    waiting = (
        Letter.objects.select_for_update()
        .filter(school_year=year.ending, state__in=[LetterState.PROPOSED, LetterState.HELD])
        .order_by("pk")
        .values_list("student_id", "school_id")
    )
    here = schools_on(students | {student for student, _ in waiting}, day)
    # a waiting letter of somebody who left stays with the school that has it
    return {student: school for student, school in waiting if school in schools} | here


def _withdraw(viewer: Viewer, book: Ladders) -> int:
    gone = [
        row
        for student in book.places
        for row in book.letters.get(student, ())
        if LetterState(row.state).waits and book.still_due(row) is None
    ]
    for row in gone:
        row.state = LetterState.WITHDRAWN
    Letter.objects.bulk_update(gone, ["state"], batch_size=500)
    _act(viewer, gone, "withdraw", "attendance no longer gives rise to it")
    return len(gone)


def _move(viewer: Viewer, book: Ladders) -> int:
    moving = [
        row
        for student, school in book.places.items()
        for row in book.letters.get(student, ())
        if LetterState(row.state).waits and row.school_id != school
    ]
    for row in moving:
        row.school_id = book.places[row.student_id]
    Letter.objects.bulk_update(moving, ["school"], batch_size=500)
    _act(viewer, moving, "move", "the student changed schools")
    return len(moving)


def _store(viewer: Viewer, book: Ladders, due: dict[int, Proposal]) -> None:
    evidence = evidence_of({student: one.evidence for student, one in due.items()})
    rows = Letter.objects.bulk_create(
        [
            Letter(
                student_id=student,
                school_id=book.places[student],
                school_year=book.year.ending,
                rules=book.rule_sets[book.places[student]].name,
                step=one.number,
                evidence=evidence[student],
                evidence_sha256=frozen(evidence[student])[1],
            )
            for student, one in sorted(due.items())
        ],
        batch_size=1000,
    )
    _act(viewer, rows, "propose", "")


def _act(viewer: Viewer, letters: Iterable[Letter], verb: str, reason: str) -> None:
    LetterAct.objects.bulk_create(
        [
            LetterAct(letter=row, verb=verb, account_id=viewer.account_id, by_name=viewer.name, reason=reason)
            for row in letters
        ],
        batch_size=1000,
    )
