"""The timetable of a middle or high school: groups, and a place in one group for each student and block.

Students ask for courses; each course opens as many groups as it needs, spread over the blocks of
the day; students are placed one after the other, the scarcest course first, moving one earlier
placement where that makes room. What cannot be placed becomes one of the fill courses.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from firstbell.demonstration.rules.chance import Weighted
from firstbell.demonstration.rules.vocabulary import Catalogue, Course
from firstbell.kernel.grade_level import GradeLevel

#: a group may grow this much over the seats aimed at
OVER = 5
#: fewer requests than this do not open an elective
SMALLEST_ELECTIVE = 10


@dataclass(slots=True, eq=False)
class Group:
    """A course meeting in a block of the day; ``number`` counts the course's groups from 1."""

    course: Course
    number: int
    block: int
    filled: int = 0
    teacher: str = ""
    room: str = ""

    @property
    def room_left(self) -> int:
        """Seats left, those over the aim included."""
        return self.course.seats + OVER - self.filled


def requests(
    random: Random, catalogue: Catalogue, grade: GradeLevel, count: int, *, small: bool, learner: bool
) -> list[str]:
    """The ``count`` courses that a student of a grade asks for; ``small`` schools offer few electives."""
    wanted = list(dict.fromkeys(choice.pick(random) for choice in catalogue.core[grade]))
    if learner:
        wanted.append(catalogue.english_learner)
    offered = dict(catalogue.electives[grade])
    if small:
        few = {code: weight for code, weight in offered.items() if code in catalogue.small_electives}
        offered = few or dict.fromkeys(catalogue.small_electives, 1.0)
    while len(wanted) < count and offered:
        code = Weighted(offered).pick(random)
        del offered[code]
        wanted.append(code)
    return wanted


def without_tiny_electives(
    asked: Mapping[str, list[str]], catalogue: Catalogue, core: Iterable[str]
) -> dict[str, list[str]]:
    """The requests without electives that too few ask for; their blocks are filled later."""
    demand = Counter(code for codes in asked.values() for code in codes)
    keep = {*core, *catalogue.fill, catalogue.english_learner}
    return {
        student: [code for code in codes if code in keep or demand[code] >= SMALLEST_ELECTIVE]
        for student, codes in asked.items()
    }


def open_groups(
    random: Random, asked: Mapping[str, list[str]], catalogue: Catalogue, blocks: int
) -> dict[str, list[Group]]:
    """Groups for the demand; a course's groups lie in different blocks as far as there are any."""
    demand = Counter(code for codes in asked.values() for code in codes)
    beside = _asked_together(asked, demand)
    load = [0.0] * blocks
    placed: dict[str, list[Group]] = {}
    for code, count in sorted(demand.items(), key=lambda item: (item[1], item[0])):
        course = catalogue.courses[code]
        here = [0] * blocks
        groups = []
        clash = [0.0] * blocks
        for other, pairs in beside[code].items():
            for group in placed.get(other, ()):
                clash[group.block] += pairs / len(placed[other])
        for number in range(1, ceil(count / course.seats) + 1):
            block = min(
                range(blocks), key=lambda b: (here[b], clash[b] / count + load[b] / 8 + random.random() / 9)
            )
            here[block] += 1
            load[block] += 1
            groups.append(Group(course, number, block))
        placed[code] = groups
    return placed


def _asked_together(asked: Mapping[str, list[str]], demand: Counter[str]) -> dict[str, Counter[str]]:
    """How many students ask for both of two courses, for the courses with few groups."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    rare = {code for code, count in demand.items() if count <= 70}
    for codes in asked.values():
        few = [code for code in codes if code in rare]
        for code in few:
            for other in few:
                if other != code:
                    together[code][other] += 1
    return together


def place(
    random: Random,
    asked: Mapping[str, list[str]],
    groups: dict[str, list[Group]],
    catalogue: Catalogue,
    blocks: int,
    free: Collection[str],
) -> dict[str, list[Group | None]]:
    """For each student the group of each block; None where one of those in ``free`` has no class."""
    order = list(asked)
    random.shuffle(order)
    timetable: dict[str, list[Group | None]] = {}
    for student in order:
        day: list[Group | None] = [None] * blocks
        for code in sorted(asked[student], key=lambda code: len(groups[code])):
            _seat(day, groups[code], groups)
        _fill(day, int(student in free), groups, catalogue)
        timetable[student] = day
    return timetable


def _best(day: Sequence[Group | None], choices: Iterable[Group]) -> Group | None:
    """The emptiest group in a free block, or None."""
    fitting = [group for group in choices if day[group.block] is None and group.room_left > 0]
    return min(fitting, key=lambda group: group.filled - group.course.seats) if fitting else None


def _seat(day: list[Group | None], choices: Sequence[Group], groups: Mapping[str, list[Group]]) -> bool:
    """Put a student into one of ``choices``, moving one earlier placement if need be."""
    best = _best(day, choices)
    if best is None:
        for wanted in choices:
            holder = day[wanted.block]
            if holder is None or wanted.room_left <= 0 or holder.course is wanted.course:
                continue
            instead = _best(day, groups[holder.course.code])
            if instead is not None:
                holder.filled -= 1
                instead.filled += 1
                day[instead.block], day[wanted.block] = instead, None
                best = wanted
                break
    if best is None:
        return False
    best.filled += 1
    day[best.block] = best
    return True


def _fill(
    day: list[Group | None], leave_free: int, groups: dict[str, list[Group]], catalogue: Catalogue
) -> None:
    """Give the blocks that are still free a fill course, opening a group where none has room."""
    taken = {group.course.code for group in day if group is not None}
    for block in [block for block, group in enumerate(day) if group is None][leave_free:]:
        here = [
            group
            for code in catalogue.fill
            if code not in taken
            for group in groups.get(code, ())
            if group.block == block and group.room_left > -OVER
        ]
        found = max(here, key=lambda group: group.room_left, default=None)
        if found is None:
            code = next((code for code in catalogue.fill if code not in taken), catalogue.fill[0])
            existing = groups.setdefault(code, [])
            found = Group(catalogue.courses[code], len(existing) + 1, block)
            existing.append(found)
        found.filled += 1
        day[block] = found
        taken.add(found.course.code)


def other_group(groups: Mapping[str, list[Group]], current: Group) -> Group | None:
    """Another course's or group's place in the same block, for a student who changes."""
    same = [
        group
        for rows in groups.values()
        for group in rows
        if group.block == current.block
        and group is not current
        and group.room_left > 0
        and group.course.subject == current.course.subject
    ]
    return same[0] if same else None
