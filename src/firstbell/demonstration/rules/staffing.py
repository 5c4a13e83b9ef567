"""The people who work in a district: offices, schools, teachers by subject, substitutes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.families import phone, street_address
from firstbell.demonstration.rules.persons import Usernames, directory
from firstbell.demonstration.rules.shape import Level, SchoolPlan
from firstbell.demonstration.rules.timetable import Group
from firstbell.demonstration.rules.vocabulary import names, places
from firstbell.people.data import PersonName, RoomRecord, StaffAssignmentRecord, StaffRecord, StaffRole

#: district posts: role, title
CENTRAL = (
    (StaffRole.SUPERINTENDENT, "Superintendent"),
    (StaffRole.TECHNOLOGY_CHIEF, "Chief Technology Officer"),
    (StaffRole.SYSTEM_ADMINISTRATOR, "Systems Administrator"),
    (StaffRole.STATE_REPORTING, "State Reporting Analyst"),
    (StaffRole.BUSINESS_OFFICE, "Chief Business Official"),
    (StaffRole.HR, "Director of Human Resources"),
    (StaffRole.ASSESSMENT_COORDINATOR, "Assessment Coordinator"),
    (StaffRole.PRIVACY_OFFICER, "Student Privacy Officer"),
    (StaffRole.FOOD_SERVICE, "Director of Nutrition Services"),
)


class Staffing:
    """Hires people one after the other and remembers their posts."""

    def __init__(self, seed: int, year_begin: date, taken: Usernames) -> None:
        self.staff: list[StaffRecord] = []
        self.assignments: list[StaffAssignmentRecord] = []
        self.rooms: list[RoomRecord] = []
        self._random = stream(seed, "staff")
        self._begin = year_begin
        self._taken = taken
        self._last_names: dict[str, str] = {}
        self._room_count: Counter[str] = Counter()
        self._room_of: dict[str, str] = {}

    def hire(self, role: StaffRole, school: SchoolPlan | None, title: str) -> str:
        """A new person in a post; the key of the staff member."""
        random = self._random
        key = f"t{len(self.staff) + 1:05d}"
        woman = random.random() < (0.62 if school and school.level is Level.HIGH else 0.76)
        first = (names().women if woman else names().men).pick(random)
        last = names().origins.pick(random).last.pick(random)
        username = self._taken.take(first, last)
        town = places()["district"]
        self.staff.append(
            StaffRecord(
                key=key,
                name=PersonName(first=first, last=last),
                local_id=str(5_000 + len(self.staff)),
                username=username,
                sex="female" if woman else "male",
                birth_date=self._begin - timedelta(days=random.randrange(24 * 365, 63 * 365)),
                hire_date=self._begin - timedelta(days=random.randrange(0, 6_500)),
                directory=directory(
                    street_address(random),
                    random.choice(town["postal_codes"]),
                    phone(random),
                    f"{username}@{town['domain']}",
                ),
            )
        )
        self._last_names[key] = last
        self.post(key, role, school, title)
        return key

    def last_name(self, key: str) -> str:
        """The last name of somebody hired."""
        return self._last_names[key]

    def give_room(self, key: str, room: str) -> None:
        """Make a room the one in which somebody mostly teaches."""
        self._room_of[key] = room

    def room_of(self, key: str) -> str:
        """The room in which somebody mostly teaches, empty where none was given."""
        return self._room_of.get(key, "")

    def post(
        self, key: str, role: StaffRole, school: SchoolPlan | None, title: str, *, primary: bool = True
    ) -> None:
        """A further post of somebody."""
        self.assignments.append(
            StaffAssignmentRecord(
                staff=key,
                role=role,
                begin=self._begin,
                school=school.key if school else "",
                title=title,
                primary=primary,
            )
        )

    def room(self, school: SchoolPlan, seats: int) -> str:
        """A further room of a school."""
        self._room_count[school.key] += 1
        number = self._room_count[school.key]
        building = 100 * ((number - 1) // 20 + 1) + (number - 1) % 20 + 1
        key = f"{school.key}-r{building}"
        self.rooms.append(RoomRecord(key=key, school=school.key, name=f"Room {building}", seats=seats))
        return key


def central_office(staffing: Staffing) -> None:
    """The posts of the district office."""
    for role, title in CENTRAL:
        staffing.hire(role, None, title)


def school_office(staffing: Staffing, school: SchoolPlan, students: int) -> dict[StaffRole, list[str]]:
    """Principal, office and those who look after students; larger schools have more of them."""
    per = {Level.ELEMENTARY: 550, Level.MIDDLE: 400, Level.HIGH: 350}[school.level]
    posts = {
        StaffRole.PRINCIPAL: (1 + students // 900, "Principal"),
        StaffRole.REGISTRAR: (1, "Registrar"),
        StaffRole.ATTENDANCE_CLERK: (1 + students // 1_200, "Attendance Clerk"),
        StaffRole.COUNSELOR: (max(1, round(students / per)), "Counselor"),
        StaffRole.NURSE: (1, "School Nurse"),
        StaffRole.CASE_MANAGER: (max(1, round(students / 240)), "Education Specialist"),
        StaffRole.AIDE: (max(1, round(students / 160)), "Instructional Aide"),
    }
    found: dict[StaffRole, list[str]] = {}
    for role, (count, title) in posts.items():
        found[role] = [
            staffing.hire(
                role, school, f"Assistant {title}" if role is StaffRole.PRINCIPAL and number else title
            )
            for number in range(count)
        ]
    return found


def teach_groups(staffing: Staffing, school: SchoolPlan, groups: Iterable[Group], most: int) -> list[str]:
    """Give every group a teacher of its subject and the teacher's room; nobody teaches two at once."""
    faculty: dict[str, list[tuple[str, str, set[int]]]] = defaultdict(list)
    for group in sorted(groups, key=lambda g: (g.course.subject, g.course.code, g.number)):
        subject = group.course.subject
        free = [one for one in faculty[subject] if group.block not in one[2] and len(one[2]) < most]
        if free:
            teacher, room, busy = min(free, key=lambda one: len(one[2]))
        else:
            teacher = staffing.hire(StaffRole.TEACHER, school, f"Teacher, {subject}")
            room, busy = staffing.room(school, 40 if subject == "Physical Education" else 36), set()
            staffing.give_room(teacher, room)
            faculty[subject].append((teacher, room, busy))
        busy.add(group.block)
        group.teacher, group.room = teacher, room
    return [teacher for rows in faculty.values() for teacher, _, _ in rows]


def substitutes(staffing: Staffing, teachers: int) -> list[str]:
    """The district's substitute teachers."""
    count = max(2, round(teachers * 0.07))
    return [staffing.hire(StaffRole.SUBSTITUTE, None, "Substitute Teacher") for _ in range(count)]


def absent_days(random: Random, days: int) -> set[int]:
    """On which of so many school days a teacher is away, singly or a few in a row."""
    away: set[int] = set()
    at = 0
    while at < days:
        if random.random() < 0.022:
            away.update(range(at, min(days, at + random.choice((1, 1, 1, 2, 2, 3)))))
            at += 3
        at += 1
    return away
