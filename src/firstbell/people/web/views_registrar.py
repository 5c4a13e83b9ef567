"""The registrar's acts on enrolments: enroll, transfer, withdraw, correct, undo."""

from __future__ import annotations

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import KnownStudent, StudentCard
from firstbell.people.web.acting import answer
from firstbell.people.web.forms_registrar import (
    CorrectForm,
    NewStudentForm,
    TransferForm,
    UndoForm,
    WithdrawForm,
)
from firstbell.people.web.tables import KnownStudents, action
from firstbell.platform.access import DataClass, NotAllowed, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

KNOWN_SALT = "people.known-student"
KNOWN_FOR = 3600


@page(writes=DataClass.ENROLLMENT)
def enroll_new(request: PageRequest) -> HttpResponse:
    """Enter a student whom the district does not know; whom it may know is shown before anything is saved."""
    schools = api.schools_to_enroll(request.viewer)
    if not schools:
        raise NotAllowed("enrolling students")
    form = NewStudentForm(request.POST or None, schools=schools, today=request.viewer.today)
    known: list[KnownStudent] = []
    if form.is_valid():
        earlier = api.sent_before(request.viewer, form.cleaned_data["form_id"])
        if earlier:
            return redirect("student", int(earlier))
        known = api.find_known(request.viewer, form.student())
        numbered = any(one.match != "name" for one in known)
        if known and (numbered or not form.cleaned_data["is_another"]):
            return _ask_whether_known(request, form, known)
    return answer(
        request,
        form,
        "people/enroll.html",
        {},
        write=lambda _: api.enroll_new_student(
            request.viewer, form.student(), form.placement(), is_another=form.cleaned_data["is_another"]
        ),
        to=lambda student: reverse("student", args=[int(student)]),
        done="Enrolled.",
    )


def _ask_whether_known(request: PageRequest, form: NewStudentForm, known: list[KnownStudent]) -> HttpResponse:
    """The same form with those who may be the student above it."""
    rows = KnownStudents(
        known,
        caption="The district may know this student",
        extra_columns=action(
            "Choose",
            "Enroll this student",
            lambda row: reverse("enroll_known", args=[_token(request, row.id)]),
        ),
    )
    context = {
        "form": form,
        "known": present(request, rows, size=0),
        "by_number": any(one.match != "name" for one in known),
    }
    return render(request, "people/enroll.html", context, status=422)


def _token(request: PageRequest, student_id: int) -> str:
    """The proof that this person met that student in the duplicate finder."""
    return signing.dumps([student_id, request.viewer.account_id], salt=KNOWN_SALT)


@page(writes=DataClass.ENROLLMENT)
def enroll_known(request: PageRequest, token: str) -> HttpResponse:
    """Receive a student whom the duplicate finder showed, from another school or after leaving."""
    try:
        student_id, account_id = signing.loads(token, salt=KNOWN_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        raise NotVisible from None
    if account_id != request.viewer.account_id:
        raise NotVisible
    return _place(request, api.known_student(request.viewer, student_id))


@page(writes=DataClass.ENROLLMENT)
def student_place(request: PageRequest, student_id: int) -> HttpResponse:
    """Enroll a student of one's own record again, transfer them, or enroll them beside."""
    card = _card_to_write(request, student_id)
    return _place(request, api.known_student(request.viewer, student_id), card)


def _card_to_write(request: PageRequest, student_id: int) -> StudentCard:
    card = api.student_card(request.viewer, student_id)
    if not card.openings.may_write(DataClass.ENROLLMENT):
        raise NotVisible
    return card


def _place(request: PageRequest, known: KnownStudent, card: StudentCard | None = None) -> HttpResponse:
    schools = api.schools_to_enroll(request.viewer)
    if not schools:
        raise NotAllowed("enrolling students")
    here = known.status in ("enrolled", "starts later")
    form = TransferForm(request.POST or None, schools=schools, today=request.viewer.today)
    if known.grade is not None:
        form.initial.setdefault("grade", known.grade.value)
    if not here:
        del form.fields["exit_code"]
        form.initial["entry_code"] = "RETURN"

    def write(asked: dict[str, object]) -> int:
        if here and asked["status"] == "primary":
            return api.transfer(request.viewer, known.id, form.placement(), exit_code=str(asked["exit_code"]))
        return api.enroll_known_student(request.viewer, known.id, form.placement())

    return answer(
        request,
        form,
        "people/place.html",
        {"card": card, "known": known, "here": here},
        write=write,
        to=lambda _: reverse("student_enrollments", args=[known.id]),
        done="Enrolled.",
        rehearse=known.id,
    )


@page(writes=DataClass.ENROLLMENT)
def student_withdraw(request: PageRequest, student_id: int) -> HttpResponse:
    """End a student's enrolment, and their sections with it."""
    card = _card_to_write(request, student_id)
    form = WithdrawForm(request.POST or None, today=request.viewer.today)
    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": card,
            "heading": f"Withdraw from {card.school}" if card.school else "Withdraw",
            "verb": "Withdraw",
            "back": reverse("student_enrollments", args=[student_id]),
        },
        write=lambda asked: api.withdraw(request.viewer, student_id, **asked),
        to=lambda _: reverse("student_enrollments", args=[student_id]),
        done="Withdrawn. It can be undone under History.",
        rehearse=student_id,
    )


@page(writes=DataClass.ENROLLMENT)
def enrollment_correct(request: PageRequest, student_id: int, enrollment_id: int) -> HttpResponse:
    """Correct one enrolment; the old version stays readable."""
    card = _card_to_write(request, student_id)
    versions = api.enrollment_versions(request.viewer, student_id)
    row = next((version for version in versions if version.id == enrollment_id), None)
    if row is None:
        raise NotVisible
    form = CorrectForm(request.POST or None, row=row, today=request.viewer.today)

    def write(asked: dict[str, object]) -> int:
        return api.correct_enrollment(
            request.viewer, enrollment_id, form.correction(), reason=str(asked["reason"])
        )

    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": card,
            "heading": f"Correct the enrollment at {row.school}",
            "verb": "Correct",
            "back": reverse("student_enrollments", args=[student_id]),
        },
        write=write,
        to=lambda _: reverse("student_enrollments", args=[student_id]),
        done="Corrected. The version before it is kept.",
        rehearse=student_id,
    )


@page(writes=DataClass.ENROLLMENT)
def act_undo(request: PageRequest, student_id: int, act_id: int) -> HttpResponse:
    """Take an act back, by another act."""
    card = _card_to_write(request, student_id)
    acts = {act.id: act for act in api.acts_of(request.viewer, student_id)}
    if act_id not in acts:
        raise NotVisible
    return answer(
        request,
        UndoForm(request.POST or None),
        "people/act.html",
        {
            "card": card,
            "heading": f"Undo: {acts[act_id].words.lower()}",
            "said": acts[act_id].lines,
            "verb": "Undo",
            "back": reverse("student_history", args=[student_id]),
        },
        write=lambda _: api.undo(request.viewer, act_id),
        to=lambda _: reverse("student_history", args=[student_id]),
        done="Undone. What it had written is kept in the history.",
        rehearse=student_id,
    )
