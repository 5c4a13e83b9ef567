"""Attendance data that waits for somebody, by school; counts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from firstbell.attendance.data import (
    AttendanceProblem,
    DeliveryState,
    KnownState,
    LetterState,
    ProblemKind,
)
from firstbell.attendance.models import (
    AttendanceLock,
    DayProof,
    KnownAbsenceRow,
    Letter,
    LetterDelivery,
    PupilDayRow,
    RecomputeRequest,
)
from firstbell.attendance.selectors.missing import missing_rolls
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import schools_in_scope, schools_on
from firstbell.platform.access import DataClass, Viewer

PROOF_AGE = timedelta(days=2)
#: calendar days back for which missing rolls are counted here; the office's own list has the whole year
RECENT = 14


def attendance_problems(viewer: Viewer) -> list[AttendanceProblem]:
    """What waits at the viewer's schools, by school and kind. Counts, no student. Constant queries."""
    names = dict(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", "name"))
    now = timezone.now()
    found = [
        *_proofs(names, now, SchoolYear.of(viewer.today)),
        *_recompute(names, now),
        *_rolls(viewer, names),
        *_letters(names, SchoolYear.of(viewer.today).ending),
        *_reports(viewer, names),
        *_stale(names),
    ]
    return sorted(found, key=lambda one: (one.school, one.kind))


def _proofs(names: Mapping[int, str], now: datetime, year: SchoolYear) -> Iterator[AttendanceProblem]:
    proofs = {proof.school_id: proof for proof in DayProof.objects.filter(school__in=names)}
    having = set(
        PupilDayRow.objects.filter(school__in=names, day__gte=year.span.begin)
        .order_by()
        .values_list("school_id", flat=True)
        .distinct()
    )
    for school, name in names.items():
        proof = proofs.get(school)
        if proof is not None and proof.differing:
            n = proof.differing
            text = f"{n:,} stored day{'s' if n != 1 else ''} differ from what the rolls say: derive them anew"
            yield AttendanceProblem(ProblemKind.DAYS_DIFFER, school, name, n, text, proof.at)
        elif school in having and (proof is None or proof.at < now - PROOF_AGE):
            text = "stored days were not proved lately: check that the background worker runs"
            since = proof.at if proof else None
            yield AttendanceProblem(ProblemKind.DAYS_UNPROVEN, school, name, 1, text, since)


def _recompute(names: Mapping[int, str], now: datetime) -> Iterator[AttendanceProblem]:
    late = RecomputeRequest.objects.filter(school__in=names, at__lt=now - timedelta(hours=1)).order_by()
    for row in late.values("school_id").annotate(n=Count("id"), first=Min("at")):
        text = "days wait to be derived anew: check that the background worker runs"
        yield _problem(ProblemKind.RECOMPUTE_WAITS, names, row, text)


def _rolls(viewer: Viewer, names: Mapping[int, str]) -> Iterator[AttendanceProblem]:
    yesterday = viewer.today - timedelta(days=1)
    missing = Counter(
        one.school_id for one, _ in missing_rolls(names, viewer.today - timedelta(days=RECENT), yesterday)
    )
    for school, n in missing.items():
        text = f"{n:,} roll{'s' if n != 1 else ''} of the last two weeks neither taken nor waived"
        yield AttendanceProblem(ProblemKind.ROLLS_MISSING, school, names[school], n, text)


def _letters(names: Mapping[int, str], year: int) -> Iterator[AttendanceProblem]:
    waiting = Letter.objects.filter(
        school__in=names, school_year=year, state__in=[LetterState.PROPOSED, LetterState.HELD]
    ).order_by()
    for one in waiting.values("school_id").annotate(n=Count("id"), first=Min("proposed_at")):
        yield _problem(ProblemKind.LETTERS_WAIT, names, one, "letters wait for review")
    failed = (
        LetterDelivery.objects.filter(
            letter__school__in=names, state__in=[DeliveryState.FAILED, DeliveryState.SENDING]
        )
        .exclude(result__endswith="printed instead")
        .order_by()
    )
    for left in failed.values("letter__school_id").annotate(n=Count("id"), first=Min("at")):
        row = {"school_id": left["letter__school_id"], "n": left["n"], "first": left["first"]}
        yield _problem(ProblemKind.LETTERS_UNDELIVERED, names, row, "letters did not leave: print them")


def _reports(viewer: Viewer, names: Mapping[int, str]) -> Iterator[AttendanceProblem]:
    students = list(
        KnownAbsenceRow.objects.filter(state=KnownState.REPORTED).values_list("student_id", flat=True)
    )
    places = schools_on(students, viewer.today)
    here = Counter(places[student] for student in students if places.get(student, 0) in names)
    for school, n in here.items():
        text = "families' reports wait for the office"
        yield AttendanceProblem(ProblemKind.REPORTS_WAIT, school, names[school], n, text)


def _stale(names: Mapping[int, str]) -> Iterator[AttendanceProblem]:
    rows = AttendanceLock.objects.filter(school__in=names, stale=True).order_by()
    for row in rows.values("school_id").annotate(n=Count("id"), first=Min("locked_at")):
        yield _problem(ProblemKind.PERIOD_STALE, names, row, "closed periods changed since: amend them")


def _problem(kind: ProblemKind, names: Mapping[int, str], row: Any, text: str) -> AttendanceProblem:
    return AttendanceProblem(
        kind, row["school_id"], names[row["school_id"]], row["n"], f"{row['n']:,} {text}", row["first"]
    )
