"""Every component of the house on one page, as rooms use them: what the browser tests look at."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from firstbell.kernel.finding import error, warning
from firstbell.platform.ui import (
    BadgeColumn,
    Column,
    DateColumn,
    Form,
    Mark,
    NumberColumn,
    PercentColumn,
    Series,
    Table,
    TimeColumn,
    calendar_months,
    chart,
    present,
)


@dataclass
class Row:
    name: str
    enrolled: int
    rate: Fraction
    state: str
    since: date
    bell: time


class Rows(Table):
    name = Column("School", head=True, link=lambda row: f"#{row.name}")
    enrolled = NumberColumn("Enrolled")
    rate = PercentColumn("Attendance")
    state = BadgeColumn(
        "Rolls", states={"late": ("late", "bad"), "in": ("in", "good"), "due": ("due", "warn")}
    )
    since = DateColumn("Since", priority=3)
    bell = TimeColumn("First bell")


ROWS = [
    Row(
        f"School {n}",
        300 + n,
        Fraction(900 + n, 1000),
        ("late", "in", "due")[n % 3],
        date(2026, 8, n),
        time(8, n),
    )
    for n in range(1, 9)
]


class Enrol(Form):
    name = forms.CharField(max_length=20, help_text="As on the birth certificate.")
    entry = forms.DateField()
    grade = forms.ChoiceField(choices=[("", "Choose"), ("3", "Grade 3")])
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    sure = forms.BooleanField(label="The family was told")


PAGE = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")


@login_not_required
def gallery(request):
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(60)]
    marks = [
        Mark(day, *(("A", "bad", "absent") if day.day % 9 == 0 else ("", "good", "present")))
        for day in days
        if day.weekday() < 5
    ]
    return HttpResponse(
        engines["django"]
        .from_string(PAGE)
        .render(
            {
                "share": Fraction(941, 1000),
                "links": [("/", "Profile"), ("/x/", "Attendance")],
                "rows": present(request, Rows(ROWS, caption="Schools"), size=5),
                "none": present(request, Rows([], caption="Schools closed", nothing="No school is closed.")),
                "form": type("Filter", (Form,), {"q": forms.CharField(required=False, label="Name")})(),
                "bound": Enrol({"name": "x" * 30}),
                "found": [
                    error(
                        "x", "students.csv has no such school", "add the school", file="students.csv", row=3
                    ),
                    warning("y", "2 students have no birth date", "ask the families"),
                ],
                "drawn": chart(
                    "trend",
                    "Attendance by day",
                    [f"Sep {n}" for n in range(1, 21)],
                    [
                        Series("This year", tuple(93 + n % 5 for n in range(20))),
                        Series("Last year", tuple(None if n == 4 else 92 + n % 4 for n in range(20))),
                    ],
                    summary="Between 93 and 97 percent.",
                    unit="percent",
                ),
                "months": calendar_months(marks),
            },
            request,
        )
    )


handler404 = "firstbell.platform.web.errors.not_found"
handler403 = "firstbell.platform.web.errors.forbidden"
handler500 = "firstbell.platform.web.errors.failed"
urlpatterns = [
    path("", gallery, name="home"),
    path("accounts/", include("firstbell.platform.web.urls")),
]
