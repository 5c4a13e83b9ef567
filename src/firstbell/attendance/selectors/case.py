"""A student's attendance case: three separate flags, the occasions, the letters, what was done."""

from __future__ import annotations

from fractions import Fraction

from firstbell.attendance.data import (
    CaseEntry,
    CasePage,
    FamilyLetter,
    LetterState,
    NoteKind,
)
from firstbell.attendance.models import CaseNote, Letter, LetterDelivery
from firstbell.attendance.rules.truancy import habitual, truant
from firstbell.attendance.selectors.ladder import Ladders, ladders
from firstbell.attendance.selectors.letter_access import NOTE_WRITERS, READERS
from firstbell.attendance.selectors.letters import evidence_rows, history, letter_rows
from firstbell.attendance.selectors.truancy import evidence_of
from firstbell.attendance.selectors.year import year_figures
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import names_of, schools_of, schools_on, students_in_scope
from firstbell.platform.access import DataClass, NotVisible, Viewer

_ZERO = Fraction(0)
#: notes that show an honest effort to hold a conference
EFFORTS = (NoteKind.CALL, NoteKind.MEETING, NoteKind.VISIT, NoteKind.AGREEMENT)


def case_page(viewer: Viewer, student_id: int) -> CasePage:
    """The case of a student in the school year of today. Raises NotVisible."""
    if not students_in_scope(viewer.holding(*READERS), DataClass.ATTENDANCE).filter(pk=student_id).exists():
        raise NotVisible
    year = SchoolYear.of(viewer.today)
    schools = schools_of([student_id])
    here = schools_on([student_id], viewer.today).get(student_id, schools[-1] if schools else 0)
    book = ladders({student_id: here} if here else {}, viewer.today)
    mine = year_figures(schools, viewer.today, students=[student_id]).students
    rows = list(Letter.objects.filter(student=student_id, school_year=year.ending).order_by("step", "id"))
    notes = list(CaseNote.objects.filter(student=student_id, at__date__gte=year.span.begin))
    occasions = book.occasions.get(student_id, [])
    evidence = evidence_of({student_id: occasions})[student_id]
    sent = [row for row in rows if row.state == LetterState.SENT]
    tried = any(note.kind in EFFORTS for note in notes)
    rules = book.rule_sets.get(here)
    timeline = [*history(rows), *_notes(notes)]
    writer = viewer.holding(*NOTE_WRITERS)
    return CasePage(
        student_id=student_id,
        student=names_of([student_id]).get(student_id, ""),
        school_year=year.ending,
        occasions=tuple(evidence_rows(evidence, occasions)),
        truant=rules is not None and truant(len(occasions), rules),
        habitual=rules is not None and habitual(len(sent), tried, rules),
        chronic_truant=any(one.chronic_truant for one in mine),
        chronic=any(bool(one.chronic) for one in mine),
        absent=sum((one.absent for one in mine), start=_ZERO),
        expected=sum((one.summary.expected for one in mine), start=_ZERO),
        letters=tuple(letter_rows(viewer, rows, book)),
        timeline=tuple(sorted(timeline, key=lambda entry: entry.at, reverse=True)),
        next_step=_next_step(book, student_id, rows) if here else "no school this year",
        may_write=students_in_scope(writer, DataClass.ATTENDANCE).filter(pk=student_id).exists(),
    )


def _notes(notes: list[CaseNote]) -> list[CaseEntry]:
    return [
        CaseEntry(at=note.at, kind=note.kind, title=note.kind.capitalize(), text=note.text, by=note.by_name)
        for note in notes
    ]


def _next_step(book: Ladders, student: int, rows: list[Letter]) -> str:
    waiting = next((row for row in rows if LetterState(row.state).waits), None)
    if waiting is not None:
        return f"Letter {waiting.step} is {waiting.state} and waits for the office."
    ladder = book.ladder(student)
    if not ladder:
        state = book.unloaded.get(book.places[student])
        if state:
            return f"No attendance rules of {state} are loaded: there are no truancy letters."
        return "The rules of this school know no truancy letters."
    sent = max((row.step for row in rows if row.state == LetterState.SENT), default=0)
    if sent >= len(ladder):
        return "The last letter was sent; what follows is for the review board."
    if book.due(student) is not None:
        return f"Letter {sent + 1} is due; the next batch proposes it."
    need = ladder[sent].new_occasions
    return f"Letter {sent + 1} comes after {need} new occasion{'s' if need != 1 else ''}."


def family_letters(viewer: Viewer, student_id: int) -> list[FamilyLetter]:
    """Letters sent about a student, as the family (or the student) reads them again. Raises NotVisible."""
    family = viewer.holding("guardian", "student", "eligible_student")
    if not students_in_scope(family, DataClass.ATTENDANCE).filter(pk=student_id).exists():
        raise NotVisible
    copies = LetterDelivery.objects.filter(letter__student=student_id).order_by("-letter__sent_at", "id")
    found: dict[int, FamilyLetter] = {}
    for copy in copies:
        found.setdefault(copy.letter_id, FamilyLetter(copy.at, copy.subject, copy.text, copy.language))
    return list(found.values())
