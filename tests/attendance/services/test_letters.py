"""Truancy letters: in sequence, once, with frozen evidence, only to who may be written to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from firstbell.attendance import api, tasks
from firstbell.attendance.data import Channel, DeliveryState, LetterBatch, LetterState, NoteKind
from firstbell.attendance.models import Letter, LetterDelivery
from firstbell.attendance.testing import absent_on, letter_settings
from firstbell.kernel.finding import Refused
from firstbell.people.models import Contact, SchoolEnrollment, StudentContact, StudentDirectory
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.access import NotAllowed, NotVisible
from firstbell.platform.disclosure import disclosures_about
from firstbell.platform.files import kept
from firstbell.platform.jobs import Run, jobs_for
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db

#: Monday, Tuesday, Wednesday of the week before
DAYS = [date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)]
NONE = LetterBatch(0, 0, 0)


def clerk(district: SmallDistrict, school: str = "north"):
    return district.viewer("staff", f"{school}-clerk")


def contact(district: SmallDistrict, key: str = "c-north-1", **values: object) -> Contact:
    row = Contact.objects.get(pk=district.id("contact", key))
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def work_off(district: SmallDistrict) -> None:
    """What the worker does with the job that was started."""
    assert [job.name for job in jobs_for(clerk(district))] == ["attendance.mail_letters"]
    tasks.mail_letters(Run(0, None), letters=list(Letter.objects.values_list("pk", flat=True)))


@pytest.fixture
def proposed(district: SmallDistrict) -> int:
    """Letter 1 of one student, proposed."""
    letter_settings()
    contact(district, address="12 Oak St", city="Town", state="CA", postal_code="90000")
    absent_on(district, ["north-1"], DAYS)
    api.propose_letters(clerk(district), school_id=district.id("school", "north"))
    return Letter.objects.get().pk


def test_the_third_occasion_proposes_letter_1_and_again_changes_nothing(district):
    letter_settings()
    absent_on(district, ["north-1"], DAYS[:2])
    assert api.propose_letters(clerk(district)) == NONE
    absent_on(district, ["north-1"], DAYS[2:])
    assert api.propose_letters(clerk(district)) == LetterBatch(1, 0, 0)
    assert api.propose_letters(clerk(district)) == NONE
    row = api.letters(clerk(district))[0]
    assert (row.number, row.state, row.occasions, row.triggers) == (1, LetterState.PROPOSED, 3, True)
    assert (row.first_day, row.last_day, row.student) == (DAYS[0], DAYS[2], "Learner-north, First1")


def test_the_evidence_holds_the_rows_as_they_stood(proposed):
    rows = Letter.objects.get().evidence
    assert [row["day"] for row in rows] == [day.isoformat() for day in DAYS]
    assert [(one["section"], one["teacher_code"]) for one in rows[0]["said"]] == [
        ("Mathematics 1", "A"),
        ("Mathematics 2", "A"),
    ]
    assert rows[0]["days"][0]["full_day_unexcused"] is True


def test_a_letter_is_printed_once_and_logged_exactly(district, proposed):
    assert api.send_letter(clerk(district), proposed) == 1
    copy = LetterDelivery.objects.get()
    assert (copy.channel, copy.state, copy.language) == (Channel.PRINT, DeliveryState.TO_PRINT, "en")
    assert (copy.addressee, copy.address) == ("Parent Of-north-1", "12 Oak St, Town, CA 90000")
    assert copy.text.startswith(
        "Nov. 24, 2026\n\nTo the parent or guardian of First1 Learner-north, North School"
    )
    assert "- Nov. 16, 2026: absent all day\n- Nov. 17, 2026" in copy.text
    assert "Rosa Vega ((555) 010-0100)" in copy.text
    assert kept(copy.pdf_sha256).startswith(b"%PDF-")
    assert api.letter_file(clerk(district), copy.pk) == kept(copy.pdf_sha256)
    with pytest.raises(Refused, match="sent already"):
        api.send_letter(clerk(district), proposed)
    assert LetterDelivery.objects.count() == 1


def test_the_student_s_record_of_disclosures_has_it_marked_as_to_the_parent(district, proposed):
    api.send_letter(clerk(district), proposed)
    reader = viewer_with("privacy_officer")
    line = disclosures_about(reader, district.id("student", "north-1"), with_exempt=True)[0]
    assert (line.party, line.basis.code, line.channel) == (
        "Parent Of-north-1 (Mother)",
        "parent",
        "letter:print",
    )
    assert disclosures_about(reader, district.id("student", "north-1")) == []


def test_a_mail_leaves_by_the_job_in_the_contact_s_language_with_the_file(district, proposed):
    contact(district, email="parent@example.org", language="es")
    page = api.letter_page(clerk(district), proposed)
    assert [(one.channel, one.language) for one in page.recipients] == [(Channel.EMAIL, "es")]
    api.send_letter(clerk(district), proposed)
    assert (LetterDelivery.objects.get().state, mail.outbox) == (DeliveryState.QUEUED, [])
    work_off(district)
    sent = mail.outbox[0]
    assert sent.to == ["parent@example.org"]
    assert sent.subject == "Aviso sobre la asistencia: First1 Learner-north"
    assert "16 de noviembre de 2026: ausente todo el día" in sent.body
    copy = LetterDelivery.objects.get()
    assert (sent.body, copy.state) == (copy.text, DeliveryState.SENT)
    assert sent.attachments[0][1] == kept(copy.pdf_sha256)
    api.mail_letters(viewer_with("attendance_clerk"), [proposed])
    assert len(mail.outbox) == 1


def test_a_mail_that_fails_shows_and_is_printed_instead(district, proposed, settings):
    contact(district, email="parent@example.org")
    api.send_letter(clerk(district), proposed)
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    work_off(district)
    failed = LetterDelivery.objects.get()
    assert (failed.state, failed.result) == (DeliveryState.FAILED, "no mail server is set up")
    assert api.letters(clerk(district), states=[LetterState.SENT])[0].undelivered == 1
    copy = api.print_instead(clerk(district), failed.pk)
    printed = LetterDelivery.objects.get(pk=copy)
    assert (printed.channel, printed.address) == (Channel.PRINT, "12 Oak St, Town, CA 90000")
    assert (printed.text, printed.pdf_sha256 == failed.pdf_sha256) == (failed.text, True)
    assert LetterDelivery.objects.count() == 2
    assert api.print_letters(clerk(district), district.id("school", "north")).startswith(b"%PDF-")
    assert api.mark_mailed(clerk(district), district.id("school", "north")) == 1
    assert api.letters(clerk(district), states=[LetterState.SENT])[0].undelivered == 0


def test_without_a_mail_server_everything_is_printed(district, proposed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    row = contact(district, email="parent@example.org")
    with pytest.raises(Refused, match="no mail can leave"):
        api.send_letter(clerk(district), proposed, channels={row.pk: Channel.EMAIL})
    api.send_letter(clerk(district), proposed)
    assert LetterDelivery.objects.get().channel == Channel.PRINT


def test_letters_go_in_sequence(district, proposed):
    absent_on(district, ["north-1"], [date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)])
    assert api.propose_letters(clerk(district)) == NONE, "letter 1 waits: nothing is skipped"
    api.send_letter(clerk(district), proposed)
    assert [row["day"] for row in Letter.objects.get().evidence][-1] == "2026-11-23"
    assert api.propose_letters(clerk(district)) == NONE, "letter 2 needs an occasion after letter 1 left"
    district.today = date(2026, 12, 1)
    absent_on(district, ["north-1"], [date(2026, 11, 30)])
    assert api.propose_letters(clerk(district)) == LetterBatch(1, 0, 0)
    second = api.letters(clerk(district))[0]
    assert (second.number, second.occasions) == (2, 1)
    api.send_letter(clerk(district), second.id)
    assert "Since our letter of" in LetterDelivery.objects.get(letter=second.id).text


def test_the_third_letter_wants_a_conference(district, proposed):
    for number in (1, 2, 3):
        row = api.letters(clerk(district))[0]
        assert row.number == number
        if number == 3:
            with pytest.raises(Refused, match="conference_time"):
                api.send_letter(clerk(district), row.id)
            assert api.letter_page(clerk(district), row.id).needs_conference
            at = datetime(2026, 12, 10, 15, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
            api.plan_conference(clerk(district), row.id, at, "Room 12")
        api.send_letter(clerk(district), row.id)
        district.today += timedelta(days=7)
        absent_on(district, ["north-1"], [district.today])
        api.propose_letters(clerk(district))
    text = LetterDelivery.objects.order_by("pk").last().text
    assert "Dec. 10, 2026, 3:30 p.m. at Room 12" in text
    assert api.letters(clerk(district)) == [], "after the last rung nothing is due"


def test_an_excuse_before_sending_withdraws_it_and_frees_its_other_occasions(district, proposed):
    api.office_mark_day(clerk(district), district.id("student", "north-1"), DAYS[1], "E")
    assert not api.letters(clerk(district))[0].triggers
    with pytest.raises(Refused, match="not due any more"):
        api.send_letter(clerk(district), proposed)
    assert api.propose_letters(clerk(district)) == LetterBatch(0, 1, 0)
    assert api.letters(clerk(district)) == []
    absent_on(district, ["north-1"], [date(2026, 11, 23)])
    assert api.propose_letters(clerk(district)) == LetterBatch(1, 0, 0)
    assert api.letters(clerk(district))[0].number == 1


def test_an_excuse_after_sending_is_noted_and_changes_no_sent_letter(district, proposed):
    api.send_letter(clerk(district), proposed)
    before = Letter.objects.values().get(), LetterDelivery.objects.values().get()
    assert api.letter_page(clerk(district), proposed).letter.triggers
    api.office_mark_day(clerk(district), district.id("student", "north-1"), DAYS[1], "E")
    page = api.letter_page(clerk(district), proposed)
    assert not page.letter.triggers
    assert [row.stands for row in page.evidence] == [True, False, True]
    assert (Letter.objects.values().get(), LetterDelivery.objects.values().get()) == before


def test_a_held_letter_waits_and_a_dismissed_one_burns_its_occasions(district, proposed):
    with pytest.raises(Refused, match="reason"):
        api.hold_letter(clerk(district), proposed, " ")
    api.hold_letter(clerk(district), proposed, "the family is in touch")
    with pytest.raises(Refused, match="held"):
        api.send_letter(clerk(district), proposed)
    assert api.letters(clerk(district))[0].hold_reason == "the family is in touch"
    api.release_letter(clerk(district), proposed)
    api.dismiss_letter(clerk(district), proposed, "the bus did not run")
    absent_on(district, ["north-1"], [date(2026, 11, 19)])
    assert api.propose_letters(clerk(district)) == NONE
    history = api.letter_page(clerk(district), proposed).history
    assert [entry.title for entry in history] == [
        "Letter 1: dismissed",
        "Letter 1: released",
        "Letter 1: held",
        "Letter 1: proposed by the batch",
    ]


def test_a_barred_contact_never_gets_a_letter(district, proposed):
    district.bar("c-north-1", "north-1")
    with pytest.raises(Refused, match="nobody may be written to"):
        api.send_letter(clerk(district), proposed)
    other = Contact.objects.get(pk=district.id("contact", "c-north-2"))
    StudentContact.objects.create(
        student_id=district.id("student", "north-1"), contact=other, relation="Father", order=2
    )
    api.send_letter(clerk(district), proposed)
    assert [copy.contact_id for copy in LetterDelivery.objects.all()] == [other.pk]


def test_a_contact_barred_while_the_mail_waits_gets_none(district, proposed):
    contact(district, email="parent@example.org")
    api.send_letter(clerk(district), proposed)
    district.bar("c-north-1", "north-1")
    # the court order begins today; the job runs today
    row = LetterDelivery.objects.get()
    counts = api.mail_letters(clerk(district), [proposed])
    row.refresh_from_db()
    assert (counts, mail.outbox) == ({"sent": 0, "failed": 1}, [])
    assert row.result == "the contact may not be written to any more"
    with pytest.raises(Refused, match="any more"):
        api.print_instead(clerk(district), row.pk)


def test_contacts_without_rights_are_not_written_to(district, proposed):
    StudentContact.objects.filter(student=district.id("student", "north-1")).update(has_rights=False)
    assert api.letter_page(clerk(district), proposed).recipients == ()


def test_parents_who_live_apart_get_a_copy_each_and_those_together_one(district, proposed):
    student = district.id("student", "north-1")
    for order, (key, address) in enumerate([("c-north-2", "12 Oak St"), ("c-north-3", "9 Elm St")], start=2):
        row = contact(district, key, address=address, city="Town", state="CA", postal_code="90000")
        StudentContact.objects.create(student_id=student, contact=row, relation="Parent", order=order)
    api.send_letter(clerk(district), proposed)
    assert [(copy.addressee, copy.address) for copy in LetterDelivery.objects.order_by("pk")] == [
        ("Parent Of-north-1 and Parent Of-north-2", "12 Oak St, Town, CA 90000"),
        ("Parent Of-north-3", "9 Elm St, Town, CA 90000"),
    ]


def test_from_eighteen_on_the_letter_is_the_student_s(district, proposed):
    district.today = date(2030, 1, 8)
    from firstbell.people.api import recipients_of

    student = district.id("student", "north-1")
    found = recipients_of(clerk(district), [student], district.today)[student]
    assert [(one.contact_id, one.relation) for one in found] == [(None, "Student")]
    StudentContact.objects.filter(student=student).update(end=date(2030, 6, 30))
    found = recipients_of(clerk(district), [student], district.today)[student]
    assert [one.relation for one in found] == ["Student", "Mother"]


def test_a_confidential_address_is_masked_on_screen_and_printed_only_as_policy_lets(district, proposed):
    contact(district, address="")
    StudentDirectory.objects.update_or_create(
        student_id=district.id("student", "north-1"),
        defaults={"address": "1 Hidden Way", "city": "Town", "confidential": True},
    )
    StudentContact.objects.update(lives_with=True)
    page = api.letter_page(clerk(district), proposed)
    assert [one.address for one in page.recipients] == ["confidential address"]
    principal = district.viewer("staff", "north-principal")
    with pytest.raises(Refused, match="confidential"):
        api.send_letter(principal, proposed)
    api.send_letter(principal, proposed, reason="must be served on paper")
    copy = LetterDelivery.objects.get()
    assert copy.address.startswith("1 Hidden Way")
    assert api.letter_page(principal, proposed).deliveries[0].address == "confidential address"
    with pytest.raises(NotAllowed):
        api.letter_file(principal, copy.pk)
    with pytest.raises(NotAllowed):
        api.letter_file(district.viewer("staff", "north-registrar"), copy.pk)
    assert api.letter_file(principal, copy.pk, reason="to serve it")
    assert api.letter_file(clerk(district), copy.pk)


def test_blanks_without_a_value_are_named_and_nothing_leaves(district):
    absent_on(district, ["north-1"], DAYS)
    api.propose_letters(clerk(district))
    with pytest.raises(Refused) as refused:
        api.send_letter(clerk(district), Letter.objects.get().pk)
    assert {finding.column for finding in refused.value.findings} == {
        "contact_name",
        "contact_phone",
        "signatory",
        "alternative_programs",
        "support_services",
    }
    assert not LetterDelivery.objects.exists()


def test_an_occasion_rests_as_long_as_the_district_set(district):
    letter_settings(settle_days=7)
    absent_on(district, ["north-1"], DAYS)
    assert api.propose_letters(clerk(district)) == NONE  # Wednesday 18 is six days ago
    assert api.propose_letters(clerk(district), on_date=date(2026, 11, 25)).proposed == 1


def test_a_district_s_own_ladder_holds(district):
    letter_settings(ladder=[4, 2])
    absent_on(district, ["north-1"], DAYS)
    assert api.propose_letters(clerk(district)) == NONE
    absent_on(district, ["north-1"], [date(2026, 11, 19)])
    assert api.propose_letters(clerk(district)).proposed == 1


def test_a_waiting_letter_follows_the_student_to_the_other_school(district, proposed):
    stay = SchoolEnrollment.objects.get(student=district.id("student", "north-1"))
    stay.exit = TODAY - timedelta(days=1)
    stay.save()
    stay.pk, stay._state.adding = None, True
    stay.school_id, stay.entry, stay.exit = district.id("school", "south"), TODAY, None
    stay.sourced_id = "00000000-0000-0000-0000-000000000001"
    stay.save()
    assert api.propose_letters(clerk(district, "south")) == LetterBatch(0, 0, 1)
    assert [row.school for row in api.letters(clerk(district, "south"))] == ["South School"]


def test_a_student_who_left_gets_no_letter(district):
    letter_settings()
    absent_on(district, ["north-1"], DAYS)
    SchoolEnrollment.objects.filter(student=district.id("student", "north-1")).update(exit=DAYS[2])
    assert api.propose_letters(clerk(district)) == NONE


def test_the_table_itself_lets_no_letter_be_written_twice(district, proposed):
    row = Letter.objects.get()
    row.pk, row._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("staff", "south-clerk"),
        ("staff", "north-teacher"),
        ("staff", "north-nurse"),
        ("contact", "c-north-1"),
        ("staff", "chief"),
    ],
)
def test_somebody_else_s_letter_is_not_there(district, proposed, kind, key):
    viewer = district.viewer(kind, key)
    assert api.letters(viewer) == []
    for act in (api.letter_page, api.send_letter, api.release_letter):
        with pytest.raises(NotVisible):
            act(viewer, proposed)
    with pytest.raises(NotVisible):
        api.case_page(viewer, district.id("student", "north-1"))


def test_who_may_read_but_not_decide_cannot_send(district, proposed):
    registrar = district.viewer("staff", "north-registrar")
    assert [row.id for row in api.letters(registrar)] == [proposed]
    with pytest.raises(NotAllowed):
        api.send_letter(registrar, proposed)
    with pytest.raises(NotAllowed):
        api.propose_letters(registrar)
    with pytest.raises(NotVisible):
        api.propose_letters(clerk(district), school_id=district.id("school", "south"))


def test_the_family_reads_its_letter_and_no_one_else_s(district, proposed):
    student = district.id("student", "north-1")
    parent = district.viewer("contact", "c-north-1")
    assert api.family_letters(parent, student) == []
    api.send_letter(clerk(district), proposed)
    letter = api.family_letters(parent, student)[0]
    assert letter.subject == "Notice about attendance: First1 Learner-north"
    assert "12 Oak" not in letter.text
    for other in (district.viewer("contact", "c-north-2"), district.viewer("staff", "north-teacher")):
        with pytest.raises(NotVisible):
            api.family_letters(other, student)
    district.bar("c-north-1", "north-1")
    with pytest.raises(NotVisible):
        api.family_letters(district.viewer("contact", "c-north-1"), student)


def test_a_case_tells_three_flags_apart_and_what_was_done(district, proposed):
    student = district.id("student", "north-1")
    api.add_case_note(clerk(district), student, NoteKind.CALL, "mother will bring a note")
    page = api.case_page(clerk(district), student)
    assert (page.truant, page.habitual, page.chronic_truant) == (True, False, False)
    assert page.next_step == "Letter 1 is proposed and waits for the office."
    assert [entry.title for entry in page.timeline] == ["Call", "Letter 1: proposed by the batch"]
    assert [row.day for row in page.occasions] == DAYS
    with pytest.raises(NotVisible):
        api.add_case_note(district.viewer("staff", "north-registrar"), student, NoteKind.CALL, "x")
    with pytest.raises(Refused):
        api.add_case_note(clerk(district), student, NoteKind.CALL, " ")


@pytest.mark.parametrize("size", [2, 6])
def test_the_list_of_letters_costs_the_same_for_any_number(district, size, django_assert_num_queries):
    letter_settings()
    absent_on(district, [f"north-{n}" for n in range(size)], DAYS)
    viewer = clerk(district)
    api.propose_letters(viewer)
    with django_assert_num_queries(8):
        assert len(api.letters(viewer)) == size
