"""An open roll: everyone in the section, pre-filled with what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from firstbell.attendance.data import CellOrigin, RollPage, RollRow, Said
from firstbell.attendance.models import RollSubmission
from firstbell.attendance.selectors.roll_facts import RollFacts, roll_facts
from firstbell.kernel.finding import Finding, error
from firstbell.people.api import meetings_on, school_days, section_roster
from firstbell.people.data import RosterRow
from firstbell.platform.access import DataClass, Viewer


def roll_page(viewer: Viewer, section_id: int, day: date, slot: int) -> RollPage:
    """The roll of a meeting as its teacher (or the office) sees it, pre-filled by ``rules.prefill``.

    Raises NotVisible. A constant number of queries whatever the size of the class.
    """
    facts = roll_facts(viewer, section_id, day, slot)
    meeting = facts.meeting
    days = school_days([meeting.school_id], day)
    met = [m for m in meetings_on(day, days, sections=[section_id]) if (m.period_id or 0) == slot]
    roster = section_roster(
        viewer,
        section_id,
        day,
        data_class=DataClass.ATTENDANCE,
        recent_days=facts.settings.recent_days,
    )
    submission = RollSubmission.objects.filter(section=section_id, day=day, slot=slot).first()
    rows = tuple(_row(row, facts) for row in roster)
    first = met[0] if met else None
    return RollPage(
        section_id=section_id,
        section=first.title if first else "",
        school=days[meeting.school_id].school,
        period=first.period if first else "",
        day=day,
        slot=slot,
        rows=rows,
        codes=tuple(facts.codes.values()),
        default=facts.default,
        version=submission.version if submission else 0,
        submitted_at=submission.submitted_at if submission else None,
        submitted_by=submission.by_name if submission else "",
        acting_for=meeting.acting_for,
        as_office=meeting.as_office,
        notes_opening=facts.settings.unmarked_become_absent and submission is None,
        obstacles=(
            *facts.window(viewer, timezone.now()),
            *_missing_setup(days[meeting.school_id].in_session, met, facts.default, rows),
        ),
    )


def _missing_setup(
    in_session: bool, met: Sequence[object], default: str, rows: tuple[RollRow, ...]
) -> tuple[Finding, ...]:
    """Plain sentences instead of an empty grid."""
    found = []
    if not in_session:
        found.append(
            error(
                "attendance.day",
                "school is not in session on this day",
                "choose a school day; a make-up day is set in the school's calendar",
            )
        )
    elif not met:
        found.append(
            error(
                "attendance.meeting",
                "this section does not meet then",
                "choose another day or period; meetings are set in the timetable",
            )
        )
    if not default:
        found.append(
            error(
                "attendance.setup.default",
                "the district has no default attendance code on this day",
                "ask the attendance office to mark one code, usually P, as the default",
            )
        )
    if not rows:
        found.append(
            error(
                "attendance.roster",
                "nobody is enrolled in this section on this day",
                "ask the registrar if students are missing",
            )
        )
    return tuple(found)


def _row(row: RosterRow, facts: RollFacts) -> RollRow:
    cell, entry = facts.shown(row.student_id), facts.entries.get(row.student_id)
    return RollRow(
        student_id=row.student_id,
        name=row.name,
        local_id=row.local_id,
        code=cell.code if cell else "",
        origin=cell.origin if cell else CellOrigin.DEFAULT,
        said=_in_words(cell.origin, cell.said, facts) if cell else "",
        locked=bool(cell and cell.locked),
        minutes_late=entry.minutes_late if entry else None,
        minutes_early=entry.minutes_early if entry else None,
        comment=entry.comment if entry else "",
        recently=row.recently,
        do_not_release=row.do_not_release,
    )


def _in_words(origin: CellOrigin, said: Said | None, facts: RollFacts) -> str:
    """Whose word it is, where it is not the teacher's own: ``Excused (office, 08:12)``."""
    if said is None or origin is CellOrigin.TEACHER:
        return ""
    title = facts.codes[said.code].title()
    if origin is CellOrigin.PREVIOUS_PERIOD:
        return f"{title} (carried on from another period)"
    return f"{title} (office, {timezone.localtime(said.at):%H:%M})"
