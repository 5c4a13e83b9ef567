"""Where students stand on the ladder of truancy letters, by today's attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from firstbell.attendance.data import LetterState
from firstbell.attendance.models import Letter, LetterSettings
from firstbell.attendance.rules import letters as rules
from firstbell.attendance.rules.rule_set import RuleSet, rule_set
from firstbell.attendance.rules.truancy import Occasion
from firstbell.attendance.selectors.setup import letter_settings_for, settings_for
from firstbell.attendance.selectors.truancy import MOST_IN_QUERY, occasions_of
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter


@dataclass
class Ladders:
    """The truancy sequence of some students in one school year.

    ``places``: student -> school whose rules and ladder hold. Schools whose rules know no truancy have
    no rungs; ``unloaded`` names the state of those whose rules are not loaded.
    """

    year: SchoolYear
    through: date
    places: Mapping[int, int]
    settings: dict[int, LetterSettings] = field(default_factory=dict)
    rule_sets: dict[int, RuleSet] = field(default_factory=dict)
    rungs: dict[int, tuple[rules.Rung, ...]] = field(default_factory=dict)
    unloaded: dict[int, str] = field(default_factory=dict)
    occasions: dict[int, list[Occasion]] = field(default_factory=dict)
    letters: dict[int, list[Letter]] = field(default_factory=lambda: defaultdict(list))

    def ladder(self, student: int) -> tuple[rules.Rung, ...]:
        """The rungs of the student's school; none where no letters are written."""
        return self.rungs.get(self.places[student], ())

    def counted(self, student: int) -> list[Occasion]:
        """Occasions that have rested long enough to give rise to a letter."""
        settings = self.settings.get(self.places[student])
        last = self.through - timedelta(days=settings.settle_days if settings else 0)
        return [one for one in self.occasions.get(student, ()) if one.day <= last]

    def due(self, student: int) -> rules.Proposal | None:
        """The letter that is due, or None."""
        written = [as_rule(row) for row in self.letters.get(student, ())]
        return rules.next_letter(self.counted(student), written, self.ladder(student))

    def still_due(self, letter: Letter) -> rules.Proposal | None:
        """What a waiting letter would say now; None where it no longer triggers."""
        others = [as_rule(row) for row in self.letters.get(letter.student_id, ()) if row.pk != letter.pk]
        counted, ladder = self.counted(letter.student_id), self.ladder(letter.student_id)
        return rules.still_due(as_rule(letter), counted, others, ladder)

    def triggers(self, letter: Letter) -> bool:
        """Whether today's attendance still gives rise to the letter."""
        if LetterState(letter.state).waits:
            return self.still_due(letter) is not None
        ladder = self.ladder(letter.student_id)
        if letter.step > len(ladder):
            return False
        return rules.still_triggers(as_rule(letter), self.occasions.get(letter.student_id, ()), ladder)


def as_rule(row: Letter) -> rules.Letter:
    """A stored letter as the rules see it."""
    return rules.Letter(row.step, LetterState(row.state), rules.thawed(row.evidence), row.sent_on)


def ladders(places: Mapping[int, int], through: date) -> Ladders:
    """Where these students stand in the school year of ``through``. Four queries."""
    year = SchoolYear.of(through)
    found = Ladders(year, through, places)
    schools = set(places.values())
    if not schools:
        return found
    found.settings = letter_settings_for(schools, through)
    for school, settings in settings_for(schools, through).items():
        chosen = rule_set(settings.rules, year.span.begin)
        try:
            lawful = rules.legal_ladder(int(chosen.value("truant_occasions")))
        except MissingParameter:
            if chosen.unloaded:
                found.unloaded[school] = chosen.unloaded
            continue
        own = found.settings[school].ladder
        found.rule_sets[school] = chosen
        found.rungs[school] = tuple(rules.Rung(n, k) for n, k in enumerate(own, start=1)) or lawful
    students = [student for student, school in places.items() if school in found.rungs]
    by_student = {student: found.rule_sets[places[student]] for student in students}
    found.occasions = occasions_of(students, year.span.begin, through, by_student)
    for row in _letters(students, year):
        found.letters[row.student_id].append(row)
    return found


def _letters(students: Iterable[int], year: SchoolYear) -> Iterable[Letter]:
    wanted = set(students)
    rows = Letter.objects.filter(school_year=year.ending).order_by("step", "id")
    if len(wanted) <= MOST_IN_QUERY:
        return rows.filter(student__in=wanted)
    return (row for row in rows if row.student_id in wanted)
