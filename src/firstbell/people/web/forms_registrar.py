"""What a registrar's acts ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people import api
from firstbell.people.data import (
    AttendanceProgram,
    Correction,
    Demographics,
    Directory,
    EnrollmentRow,
    EnrollmentStatus,
    NewStudent,
    PersonName,
    Placement,
    SchoolChoice,
)
from firstbell.people.web.acting import ActForm

STATUSES = {
    EnrollmentStatus.PRIMARY: "Primary",
    EnrollmentStatus.SECONDARY: "Secondary, beside a primary enrollment",
    EnrollmentStatus.SHORT_TERM: "Short-term, at most 30 days",
    EnrollmentStatus.NON_ADA: "Counts for no ADA",
}
PROGRAMS = {
    AttendanceProgram.REGULAR: "By the day",
    AttendanceProgram.HOURLY: "By the hour",
    AttendanceProgram.INDEPENDENT_STUDY: "Independent study",
}
SEXES = (("", "Not stated"), ("female", "Female"), ("male", "Male"), ("other", "Another"))


def _chosen(pairs: Iterable[tuple[str, str]], empty: str = "Choose") -> list[tuple[str, str]]:
    return [("", empty), *pairs]


def typed_day(form: forms.Form, name: str, today: date) -> date:
    """The date typed into a field, as far as it is one; today otherwise."""
    try:
        return date.fromisoformat(str(form.data.get(name, "")))
    except ValueError:
        return today


class PlacementForm(ActForm):
    """Where and how a student is enrolled."""

    school = forms.ChoiceField()
    grade = forms.ChoiceField()
    entry = forms.DateField(label="First day")
    entry_code = forms.ChoiceField(label="Entry code")
    status = forms.ChoiceField(choices=[(one.value, words) for one, words in STATUSES.items()])
    program = forms.ChoiceField(
        label="Attendance is counted", choices=[(one.value, words) for one, words in PROGRAMS.items()]
    )
    track = forms.ChoiceField()
    ada_eligible = forms.BooleanField(
        label="Earns average daily attendance (ADA)", required=False, initial=True
    )

    def __init__(self, *args: Any, schools: Sequence[SchoolChoice], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {school.id: school for school in schools}
        grades = sorted({g for s in schools for g in s.grades} or set(GradeLevel), key=lambda g: g.ordinal)
        tracks = sorted({track for school in schools for track in school.tracks}) or ["A"]
        options: dict[str, list[tuple[str, str]]] = {
            "school": _chosen((str(school.id), school.name) for school in schools),
            "grade": _chosen((grade.value, grade.label) for grade in grades),
            "entry_code": _chosen(api.code_choices("entry", typed_day(self, "entry", today))),
            "track": [(track, f"Track {track}") for track in tracks],
        }
        for name, choices in options.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = choices
        self.initial.setdefault("entry", today)
        if len(schools) == 1:
            self.initial.setdefault("school", str(schools[0].id))
        if len(tracks) == 1:
            self.initial["track"] = tracks[0]
            self.fields["track"].widget = forms.HiddenInput()

    def placement(self) -> Placement:
        """The placement that was asked for."""
        asked = self.cleaned_data
        return Placement(
            school_id=int(asked["school"]),
            grade=GradeLevel(asked["grade"]),
            entry=asked["entry"],
            entry_code=asked["entry_code"],
            status=EnrollmentStatus(asked["status"]),
            program=AttendanceProgram(asked["program"]),
            track=asked["track"],
            ada_eligible=asked["ada_eligible"],
        )


class NewStudentForm(PlacementForm):
    """A student whom the district does not know."""

    first_name = forms.CharField(label="Legal first name", max_length=80)
    middle_name = forms.CharField(max_length=80, required=False)
    last_name = forms.CharField(label="Legal last name", max_length=80)
    suffix = forms.CharField(max_length=20, required=False)
    preferred_first = forms.CharField(label="Preferred first name", max_length=80, required=False)
    birth_date = forms.DateField()
    state_id = forms.CharField(label="State ID", max_length=40, required=False)
    local_id = forms.CharField(
        label="Local ID", max_length=40, required=False, help_text="Leave empty for the next free number."
    )
    sex = forms.ChoiceField(choices=SEXES, required=False)
    home_language = forms.CharField(max_length=60, required=False)
    address = forms.CharField(label="Street address", max_length=300, required=False)
    city = forms.CharField(max_length=80, required=False)
    state = forms.CharField(max_length=40, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=20, required=False)
    phone = forms.CharField(label="Home phone", max_length=40, required=False)
    confidential = forms.BooleanField(
        label="The address is confidential",
        required=False,
        help_text="It is then masked on every page and file.",
    )
    is_another = forms.BooleanField(
        label="I looked: this is another person than those listed above", required=False
    )

    IDENTITY = (
        "first_name",
        "middle_name",
        "last_name",
        "suffix",
        "preferred_first",
        "birth_date",
        "state_id",
        "local_id",
    )
    HOME = ("sex", "home_language", "address", "city", "state", "postal_code", "phone", "confidential")
    PLACE = ("school", "grade", "entry", "entry_code", "status", "program", "track", "ada_eligible")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields((*self.IDENTITY, *self.PLACE, *self.HOME, "is_another"))

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page shows them, apart from the last question."""
        parts = (("Who", self.IDENTITY), ("Where", self.PLACE), ("Home", self.HOME))
        return [(title, [self[name] for name in names if not self[name].is_hidden]) for title, names in parts]

    def student(self) -> NewStudent:
        """The student who was described."""
        asked = self.cleaned_data
        return NewStudent(
            name=PersonName(
                first=asked["first_name"],
                middle=asked["middle_name"],
                last=asked["last_name"],
                suffix=asked["suffix"],
                preferred_first=asked["preferred_first"],
            ),
            demographics=Demographics(
                birth_date=asked["birth_date"], sex=asked["sex"], home_language=asked["home_language"]
            ),
            directory=Directory(
                address=asked["address"],
                city=asked["city"],
                state=asked["state"],
                postal_code=asked["postal_code"],
                phone=asked["phone"],
                confidential=asked["confidential"],
            ),
            local_id=asked["local_id"],
            state_id=asked["state_id"],
        )


class TransferForm(PlacementForm):
    """A student who comes from another school of the district."""

    exit_code = forms.ChoiceField(label="Exit code at the school left")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        field = self.fields["exit_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = api.code_choices("exit", typed_day(self, "entry", today))
        self.initial.setdefault("exit_code", "T-DIST")
        self.initial.setdefault("entry_code", "IN-DIST")


class WithdrawForm(ActForm):
    """A student who leaves."""

    last_day = forms.DateField(label="Last day at school", help_text="The last day the student was there.")
    exit_code = forms.ChoiceField(
        label="Why", help_text="No-show: the enrollment ends the day before it began."
    )
    reason = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["exit_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = _chosen(api.code_choices("exit", typed_day(self, "last_day", today)))
        self.initial.setdefault("last_day", today)


class CorrectForm(ActForm):
    """A correction of one enrolment: every value as it stands, to be changed."""

    grade = forms.ChoiceField(choices=[(grade.value, grade.label) for grade in GradeLevel])
    entry = forms.DateField(label="First day")
    entry_code = forms.ChoiceField(label="Entry code", required=False)
    exit = forms.DateField(label="Last day", required=False, help_text="Empty while the student is enrolled.")
    exit_code = forms.ChoiceField(label="Exit code", required=False)
    status = forms.ChoiceField(choices=[(one.value, words) for one, words in STATUSES.items()])
    program = forms.ChoiceField(
        label="Attendance is counted", choices=[(one.value, words) for one, words in PROGRAMS.items()]
    )
    track = forms.CharField(max_length=20)
    ada_eligible = forms.BooleanField(label="Earns average daily attendance (ADA)", required=False)
    reason = forms.CharField(
        label="Why is it corrected?", max_length=300, help_text="It stays in the student's history."
    )

    def __init__(self, *args: Any, row: EnrollmentRow, today: date, **kwargs: Any) -> None:
        self.row = row
        initial = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        kwargs["initial"] = initial | {"reason": ""}
        super().__init__(*args, **kwargs)
        for name, kind, day in (("entry_code", "entry", "entry"), ("exit_code", "exit", "exit")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            choices = api.code_choices(kind, typed_day(self, day, getattr(row, day) or today))
            kept = getattr(row, name)
            if kept and kept not in dict(choices):
                choices = [(kept, kept), *choices]
            field.choices = _chosen(choices, "None")

    def correction(self) -> Correction:
        """What is to change; None where a value stays."""
        asked = self.cleaned_data
        reopened = asked["exit"] is None and self.row.exit is not None
        return Correction(
            grade=GradeLevel(asked["grade"]),
            entry=asked["entry"],
            entry_code=asked["entry_code"],
            exit=asked["exit"],
            exit_code=None if reopened else asked["exit_code"],
            status=EnrollmentStatus(asked["status"]),
            program=AttendanceProgram(asked["program"]),
            track=asked["track"],
            ada_eligible=asked["ada_eligible"],
            reopen=reopened,
        )


class SectionAddForm(ActForm):
    """A student who joins a section."""

    begin = forms.DateField(label="First day in the section")
    instead_of = forms.ChoiceField(
        label="Instead of",
        required=False,
        help_text="The student leaves that section the day before.",
    )

    def __init__(self, *args: Any, today: date, present: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["instead_of"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = _chosen(((str(key), title) for key, title in present), "No other section")
        self.initial.setdefault("begin", today)


class SectionDropForm(ActForm):
    """A student who leaves a section."""

    last_day = forms.DateField(
        label="Last day in the section",
        help_text="A day before the first one takes the student out as if never in it.",
    )


class UndoForm(ActForm):
    """An act that is taken back; nothing is asked but to confirm."""
