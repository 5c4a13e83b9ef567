"""The end-of-meeting rule: who is unmarked on an opened roll becomes absent, unverified.

Only where a school has it. A roll that nobody opened stays "not taken" and reminds its teacher.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from django.utils import timezone

from firstbell.attendance.data import Mark, MeetingState, RollCell, Said
from firstbell.attendance.models import RollOpening
from firstbell.attendance.rules.codes import unverified_code
from firstbell.attendance.rules.roll_edit import unmarked_become
from firstbell.attendance.selectors.board import board
from firstbell.attendance.selectors.meeting import meeting_for
from firstbell.attendance.selectors.roll_facts import RollFacts, office_word, roll_facts, teacher_word
from firstbell.attendance.selectors.setup import settings_for
from firstbell.attendance.services.submit_roll import submit_roll
from firstbell.people.api import schools_in_scope
from firstbell.platform.access import DataClass, Viewer

NAME = "Firstbell (end of meeting)"
REASON = "unmarked at the end of the meeting"


def note_opened(viewer: Viewer, section_id: int, slot: int) -> None:
    """Note that today's roll was opened, where its school has the end-of-meeting rule. Raises NotVisible."""
    meeting = meeting_for(viewer, section_id, viewer.today, slot)
    settings = settings_for([meeting.school_id], viewer.today)[meeting.school_id]
    if settings.unmarked_become_absent and not meeting.as_office:
        RollOpening.objects.bulk_create(
            [RollOpening(section_id=section_id, day=viewer.today, slot=slot, by_name=viewer.name)],
            ignore_conflicts=True,
        )


def end_meetings(viewer: Viewer, *, now: time | None = None) -> int:
    """Submit, as the system, today's opened rolls whose meeting has ended; answers how many. For the job."""
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", flat=True)
    having = {
        school
        for school, settings in settings_for(schools, viewer.today).items()
        if settings.unmarked_become_absent
    }
    if not having:
        return 0
    clock = now or timezone.localtime().time()
    opened = set(RollOpening.objects.filter(day=viewer.today).values_list("section_id", "slot"))
    ended = [
        meeting
        for meeting in board(viewer, viewer.today)
        if meeting.school_id in having
        and meeting.state not in ("taken", "waived")
        and meeting.end is not None
        and meeting.end < clock
        and (meeting.section_id, meeting.slot) in opened
    ]
    return sum(_end(replace(viewer, name=NAME), meeting) for meeting in ended)


def _end(system: Viewer, meeting: MeetingState) -> bool:
    facts = roll_facts(system, meeting.section_id, meeting.day, meeting.slot)
    code = unverified_code(facts.codes)
    if code is None:
        return False
    said = Said(code.code, NAME, timezone.now(), "", REASON)
    cells = unmarked_become([_cell(facts, student) for student in facts.meeting.students], said, opened=True)
    marks = {
        int(str(cell.student)): Mark(cell.teacher.code, comment=cell.teacher.comment)
        for cell in cells
        if cell.teacher is said
    }
    submit_roll(system, meeting.section_id, meeting.day, meeting.slot, marks, reason=REASON)
    return True


def _cell(facts: RollFacts, student: int) -> RollCell:
    shown, entry = facts.shown(student), facts.entries.get(student)
    return RollCell(student, teacher_word(entry), office_word(entry), shown.origin if shown else None)
