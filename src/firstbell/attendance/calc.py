"""What the product is trusted for in attendance, as JSON in and JSON out, without a database.

Every answer carries its trace: how each figure came about, from which inputs, by which source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from firstbell.attendance.data import (
    AttendanceCode,
    CodeKind,
    PeriodAttendance,
    ReasonClass,
    StateCategory,
)
from firstbell.attendance.rules import ada as ada_rules
from firstbell.attendance.rules import chronic as chronic_rules
from firstbell.attendance.rules import hourly as hourly_rules
from firstbell.attendance.rules import minutes as minutes_rules
from firstbell.attendance.rules import recovery as recovery_rules
from firstbell.attendance.rules import truancy as truancy_rules
from firstbell.attendance.rules.codes import starter_codes
from firstbell.attendance.rules.pupil_day import resolve
from firstbell.attendance.rules.rule_set import RuleSet, rule_set
from firstbell.kernel.calculation import Calculation, Line, Shape
from firstbell.kernel.exact import plain, text_of
from firstbell.kernel.finding import Refused, error
from firstbell.params import MissingParameter

Number = str | int
PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TRUANCY = "truant_occasions"


def _number(value: Number, place: str) -> Fraction:
    """The exact value of a decimal text or an integer that is not negative; refused with its place."""
    if not isinstance(value, int) and not PLAIN_DECIMAL.fullmatch(value):
        raise _refusal("attendance.calc.number", f"{value!r} is not a plain decimal number", place)
    number = Fraction(value)
    if number < 0:
        raise _refusal("attendance.calc.negative", f"{value} is negative", place)
    return number


def _refusal(code: str, message: str, place: str) -> Refused:
    return Refused([error(code, message, "correct this value and run it again", column=place)])


@contextmanager
def _refusing(place: str) -> Iterator[None]:
    """What the rules refuse becomes a finding at ``place``."""
    try:
        yield
    except MissingParameter as silent:
        next_step = "load the figure with its source into the rule table, or use other rules"
        raise Refused([error("attendance.calc.missing", str(silent), next_step, column=place)]) from None
    except ValueError as wrong:
        raise _refusal("attendance.calc.contradiction", str(wrong), place) from None


def _text(value: Fraction | Decimal | int | None) -> str | None:
    if value is None:
        return None
    return plain(value) if isinstance(value, Decimal) else text_of(Fraction(value))


# --- attendance.ada ---------------------------------------------------------------------------------------


class AdaSchool(Shape):
    """One school (or track): days taught, pupil-days attended and possible."""

    id: str
    days_taught: int
    days_attended: Number
    days_possible: Number | None = None


class AdaInput(Shape):
    """Schools of one period of apportionment."""

    schools: list[AdaSchool]


class AdaOfSchool(msgspec.Struct, kw_only=True):
    """Average daily attendance and attendance rate of one school."""

    id: str
    ada: str | None
    rate: str | None


class AdaOutput(msgspec.Struct, kw_only=True):
    """Each school's average daily attendance, and their sum."""

    schools: list[AdaOfSchool]
    ada: str | None
    trace: list[Line]


def run_ada(given: AdaInput) -> AdaOutput:
    """Average daily attendance: each school divided by its own taught days, rounded, then added."""
    schools, averages, trace = [], [], []
    for index, school in enumerate(given.schools):
        place = f"schools[{index}]"
        attended = _number(school.days_attended, f"{place}.days_attended")
        possible = (
            None if school.days_possible is None else _number(school.days_possible, f"{place}.days_possible")
        )
        with _refusing(place):
            track = ada_rules.TrackDays(school.days_taught, attended, possible)
        average = ada_rules.ada(track)
        averages.append(average)
        rate = _text(ada_rules.attendance_rate(track))
        schools.append(AdaOfSchool(id=school.id, ada=_text(average), rate=rate))
        inputs: dict[str, str | None] = {
            "days_attended": str(school.days_attended),
            "days_taught": str(school.days_taught),
        }
        trace.append(
            Line(
                id=f"ada.{school.id}",
                label=f"Days attended by days taught, {school.id}",
                amount=_text(average),
                inputs=inputs,
                source="EC 46010, 41601; half up to two decimals",
            )
        )
    total = _text(ada_rules.total(averages))
    parts = {one.id: one.ada for one in schools}
    trace.append(
        Line(
            id="ada",
            label="Schools added",
            amount=total,
            inputs=parts,
            source="5 CCR 11960: rounded, then added",
        )
    )
    return AdaOutput(schools=schools, ada=total, trace=trace)


# --- attendance.absence -----------------------------------------------------------------------------------


class AbsenceInput(Shape):
    """One student's school year: full days by reason, and what the truancy engine counts.

    ``on`` chooses the law of a day; without it the newest figures hold.
    """

    expected: Number
    excused: Number = "0"
    unexcused: Number = "0"
    suspension_out: Number = "0"
    suspension_in: Number = "0"
    independent_study_no_ada: Number = "0"
    attended_any: bool = True
    unexcused_tardies_over_30: int = 0
    enrolled_days: int | None = None
    rules: str = "us-ca"
    on: date | None = None


class AbsenceOutput(msgspec.Struct, kw_only=True):
    """Chronic absence and truancy, each by its own rule; null where the rules or the input say nothing."""

    absence_rate: str | None
    eligible: bool
    chronic: bool
    truancy_occasions: int | None
    truant: bool | None
    chronic_truant: bool | None
    trace: list[Line]


_REASONS = (
    StateCategory.SUSPENSION_OUT,
    StateCategory.EXCUSED,
    StateCategory.UNEXCUSED,
    StateCategory.INDEPENDENT_STUDY_NO_ADA,
    StateCategory.SUSPENSION_IN,
)


def _summary(given: AbsenceInput) -> chronic_rules.AbsenceSummary:
    days = {category: _number(getattr(given, category.value), category.value) for category in _REASONS}
    rest = _number(given.expected, "expected") - sum(days.values(), Fraction(0))
    if rest < 0:
        raise _refusal(
            "attendance.calc.contradiction", "the days by reason make more than expected", "expected"
        )
    days[StateCategory.IN_PERSON] = rest
    if given.unexcused_tardies_over_30 < 0 or (given.enrolled_days or 0) < 0:
        raise _refusal(
            "attendance.calc.negative", "it is negative", "unexcused_tardies_over_30 or enrolled_days"
        )
    return chronic_rules.AbsenceSummary(days, given.enrolled_days, attended_any=given.attended_any)


def run_absence(given: AbsenceInput) -> AbsenceOutput:
    """Chronic absence, truancy occasions, truant and chronic truant of one student's year."""
    rules = rule_set(given.rules, given.on)
    summary = _summary(given)
    with _refusing("rules"):
        absent = chronic_rules.absences(summary, rules)
        is_eligible = chronic_rules.eligible(summary, rules)
        is_chronic = chronic_rules.chronic(summary, rules)
        occasions, truant, chronic_truant = _truancy(given, summary, rules)
        trace = _absence_trace(given, summary, absent, rules)
    rate = _text(chronic_rules.absence_rate(absent, summary.expected))
    trace.append(
        Line(
            id="absence_rate",
            label="Absences by expected days",
            amount=rate,
            inputs={"absences": _text(absent), "expected": _text(summary.expected)},
            source=rules.citation("chronic_threshold_percent"),
        )
    )
    return AbsenceOutput(
        absence_rate=rate,
        eligible=is_eligible,
        chronic=is_chronic,
        truancy_occasions=occasions,
        truant=truant,
        chronic_truant=chronic_truant,
        trace=trace,
    )


def _truancy(
    given: AbsenceInput, summary: chronic_rules.AbsenceSummary, rules: RuleSet
) -> tuple[int | None, bool | None, bool | None]:
    """Occasions (full days and long tardies), truant, chronic truant; None under rules without them."""
    if TRUANCY not in rules.table.parameters:
        return None, None, None
    full_days = summary.days[StateCategory.UNEXCUSED].__floor__()
    occasions = full_days + given.unexcused_tardies_over_30
    chronic_truant = (
        truancy_rules.chronic_truant(full_days, given.enrolled_days, rules) if given.enrolled_days else None
    )
    return occasions, truancy_rules.truant(occasions, rules), chronic_truant


def _absence_trace(
    given: AbsenceInput, summary: chronic_rules.AbsenceSummary, absent: Fraction, rules: RuleSet
) -> list[Line]:
    counted = rules.value("chronic_absent_categories")
    lines = [
        Line(
            id="absences",
            label="Days that count as absent",
            amount=_text(absent),
            inputs={name: _text(summary.days.get(StateCategory(name))) for name in counted},
            source=rules.citation("chronic_absent_categories"),
        ),
        Line(
            id="minimum_days",
            label=f"Least number of {rules.value('chronic_minimum_days_of')} days to count at all",
            amount=str(rules.value("chronic_minimum_days")),
            inputs={"expected": _text(summary.expected)},
            source=rules.citation("chronic_minimum_days"),
        ),
    ]
    if TRUANCY in rules.table.parameters:
        tardies = str(given.unexcused_tardies_over_30)
        full_days = str(summary.days[StateCategory.UNEXCUSED].__floor__())
        occasions = str(_truancy(given, summary, rules)[0])
        lines.append(
            Line(
                id="truancy_occasions",
                label="Full unexcused days and unexcused gaps over the limit",
                amount=occasions,
                inputs={"full_days": full_days, "gaps": tardies},
                source=rules.citation(TRUANCY),
            )
        )
    return lines


# --- attendance.day ---------------------------------------------------------------------------------------


class DayPeriod(Shape):
    """One period of the day: counted minutes and the code (null: nothing marked, so present)."""

    minutes: int
    code: str | None = None
    minutes_late: int = 0
    minutes_early: int = 0


class DayCode(Shape):
    """What a code of the day says. ``half``: half of the period was missed."""

    absent: bool = False
    excused: bool = False
    half: bool = False


class DayInput(Shape):
    """A student's periods in the order of the day; a code not in ``codes`` is the starter table's."""

    periods: list[DayPeriod]
    codes: dict[str, DayCode] = msgspec.field(default_factory=dict)
    rules: str = "us-ca"
    programme: Literal["regular", "hourly"] = "regular"
    on: date | None = None


class DayOutput(msgspec.Struct, kw_only=True):
    """Whether any part was attended, the minutes, the day's worth in ADA, and truancy occasions."""

    attended: bool | None
    minutes_present: str
    ada_day: str | None
    occasions: int
    trace: list[Line]


def _day_codes(given: DayInput) -> Mapping[str, AttendanceCode]:
    """The starter table with the given codes in place of its own."""
    starter = {code.code: code for code in starter_codes()}
    base = starter["P"]
    own = {name: _own_code(name, row, base) for name, row in given.codes.items()}
    return {**starter, **own}


def _own_code(name: str, row: DayCode, base: AttendanceCode) -> AttendanceCode:
    missed = row.absent or row.half
    reason = ReasonClass.EXCUSED if row.excused else ReasonClass.UNEXCUSED
    category = StateCategory.EXCUSED if row.excused else StateCategory.UNEXCUSED
    return replace(
        base,
        code=name,
        kind=CodeKind.HALF if row.half else CodeKind.ABSENT if row.absent else CodeKind.PRESENT,
        reason=reason,
        state_category=category if row.absent else StateCategory.IN_PERSON,
        earns_ada=not row.absent,
        counts_for_truancy=not row.excused,
        rank=1 if missed else 0,
        default=False,
    )


def _day_periods(given: DayInput) -> list[PeriodAttendance]:
    codes = _day_codes(given)
    periods = []
    for index, row in enumerate(given.periods):
        place = f"periods[{index}]"
        name = row.code or "P"
        if name not in codes:
            raise _refusal("attendance.code.unknown", f"{name!r} is not in codes", f"{place}.code")
        if min(row.minutes, row.minutes_late, row.minutes_early) < 0:
            raise _refusal("attendance.calc.negative", "minutes cannot be negative", place)
        if row.minutes_late + row.minutes_early > row.minutes:
            raise _refusal("attendance.calc.contradiction", "more minutes missed than the period has", place)
        late, early = row.minutes_late, row.minutes_early
        periods.append(PeriodAttendance(row.minutes, codes[name], minutes_late=late, minutes_early=early))
    return periods


def run_day(given: DayInput) -> DayOutput:
    """One day from its periods: attended, minutes present, worth in ADA, truancy occasions."""
    rules = rule_set(given.rules, given.on)
    periods = _day_periods(given)
    parameter = "day_method_hourly" if given.programme == "hourly" else "day_method"
    with _refusing("rules"):
        method, source = rules.value(parameter), rules.citation(parameter)
        day = resolve(periods, method, rules)
    if day is None:
        return DayOutput(attended=None, minutes_present="0", ada_day=None, occasions=0, trace=[])
    worth = day.fraction if day.earns_ada else Fraction(0)
    if not day.state_day_present and day.earns_ada:
        worth = Fraction(1)
    scheduled, present = plain(day.scheduled_minutes), plain(day.present_minutes)
    occasions = str(day.occasions)
    gaps: dict[str, str | None] = {
        f"gap_{n}": plain(gap) for n, gap in enumerate(day.unexcused_gaps, start=1)
    }
    minutes: dict[str, str | None] = {"scheduled_minutes": scheduled, "present_minutes": present}
    limit = rules.citation("truant_gap_minutes") if TRUANCY in rules.table.parameters else ""
    return DayOutput(
        attended=day.state_day_present,
        minutes_present=present,
        ada_day=_text(worth),
        occasions=day.occasions,
        trace=[
            Line(id="ada_day", label=f"Day by {method}", amount=_text(worth), inputs=minutes, source=source),
            Line(id="occasions", label="Truancy occasions", amount=occasions, inputs=gaps, source=limit),
        ],
    )


# --- attendance.recovery, hourly, minutes -----------------------------------------------------------------


class RecoveryInput(Shape):
    """A student's absences and recovered days in one school year."""

    absences: Number
    earned_days: Number
    rules: str = "us-ca"
    on: date | None = None


class RecoveryOutput(msgspec.Struct, kw_only=True):
    """Days credited."""

    credited_days: str
    trace: list[Line]


def run_recovery(given: RecoveryInput) -> RecoveryOutput:
    """Attendance recovery credited for the year: the least of limit, absences and recovered days."""
    rules = rule_set(given.rules, given.on)
    absences, earned = _number(given.absences, "absences"), _number(given.earned_days, "earned_days")
    with _refusing("rules"):
        credited = text_of(recovery_rules.credited_days(absences, earned, rules))
        limit = rules.row("recovery_maximum_days")
    inputs = {"absences": _text(absences), "earned_days": _text(earned), "limit": str(limit.value)}
    label = "Least of absences, earned days and the limit"
    line = Line(id="credited_days", label=label, amount=credited, inputs=inputs, source=limit.citation)
    return RecoveryOutput(credited_days=credited, trace=[line])


class HourlyInput(Shape):
    """Periods (or hours) scheduled and attended, and the days a full schedule is worth."""

    scheduled_periods: Number
    attended_periods: Number
    expected_days: Number


class HourlyOutput(msgspec.Struct, kw_only=True):
    """Days attended."""

    days_attended: str | None
    trace: list[Line]


def run_hourly(given: HourlyInput) -> HourlyOutput:
    """Days of attendance in a clock-hour program."""
    scheduled = _number(given.scheduled_periods, "scheduled_periods")
    attended = _number(given.attended_periods, "attended_periods")
    expected = _number(given.expected_days, "expected_days")
    with _refusing("attended_periods"):
        days = _text(hourly_rules.days_attended(scheduled, attended, expected))
    inputs = {"scheduled": _text(scheduled), "attended": _text(attended), "expected_days": _text(expected)}
    source = "CDE, Instructional Time and Attendance Accounting"
    label = "Attended by scheduled, times expected days"
    line = Line(id="days_attended", label=label, amount=days, inputs=inputs, source=source)
    return HourlyOutput(days_attended=days, trace=[line])


class MinutesGroup(Shape):
    """Pupils who were short of the same number of minutes."""

    pupils: Number
    minutes_short: Number


class MinutesInput(Shape):
    """Minutes required of each pupil, groups of pupils, and the apportionment of the affected grades."""

    required: Number
    groups: list[MinutesGroup]
    entitlement: Number | None = None


class MinutesOutput(msgspec.Struct, kw_only=True):
    """Share of the required minutes that was not offered, and what it costs."""

    share_short: str | None
    penalty: str | None
    trace: list[Line]


def run_minutes(given: MinutesInput) -> MinutesOutput:
    """The penalty for short instructional minutes, from the exact share, rounded once to cents."""
    groups = [
        minutes_rules.ShortGroup(
            _number(row.pupils, f"groups[{index}].pupils"),
            _number(row.minutes_short, f"groups[{index}].minutes_short"),
        )
        for index, row in enumerate(given.groups)
    ]
    with _refusing("groups"):
        share = minutes_rules.share_short(_number(given.required, "required"), groups)
    entitlement = None if given.entitlement is None else _number(given.entitlement, "entitlement")
    known = share is not None and entitlement is not None
    penalty = minutes_rules.penalty_minutes(share, entitlement) if known else None  # type: ignore[arg-type]
    source = "CDE, Instructional Time Requirements"
    shorts: dict[str, str | None] = {
        f"group_{n}": f"{row.pupils} x {row.minutes_short}" for n, row in enumerate(given.groups, start=1)
    }
    of = {"entitlement": _text(entitlement), "share_short": _text(share)}
    return MinutesOutput(
        share_short=_text(share),
        penalty=_text(penalty),
        trace=[
            Line(
                id="share_short",
                label="Pupil-minutes short by pupil-minutes required",
                amount=_text(share),
                inputs={"required": str(given.required), **shorts},
                source=source,
            ),
            Line(
                id="penalty",
                label="Apportionment times share",
                amount=_text(penalty),
                inputs=of,
                source=source,
            ),
        ],
    )


def _calculation(
    name: str,
    shapes: tuple[type[msgspec.Struct], type[msgspec.Struct]],
    run: Callable[..., msgspec.Struct],
    example: dict[str, object],
) -> Calculation:
    summary = (run.__doc__ or "").strip().splitlines()[0]
    return Calculation(f"attendance.{name}", summary, shapes[0], shapes[1], run, example)


CALCULATIONS = [
    _calculation(
        "ada",
        (AdaInput, AdaOutput),
        run_ada,
        {
            "schools": [
                {"id": "north", "days_taught": 18, "days_attended": "427", "days_possible": "468"},
                {"id": "south", "days_taught": 17, "days_attended": "505", "days_possible": "527"},
            ]
        },
    ),
    _calculation(
        "absence",
        (AbsenceInput, AbsenceOutput),
        run_absence,
        {
            "expected": 152,
            "excused": "7",
            "unexcused": "5",
            "suspension_out": "1",
            "suspension_in": "2",
            "independent_study_no_ada": "2",
            "attended_any": True,
            "unexcused_tardies_over_30": 1,
            "enrolled_days": 152,
            "rules": "us-ca",
        },
    ),
    _calculation(
        "day",
        (DayInput, DayOutput),
        run_day,
        {
            "periods": [{"minutes": 50, "code": "A"}, {"minutes": 50, "code": "P"}],
            "codes": {"A": {"absent": True, "excused": False}, "P": {"absent": False}},
            "rules": "us-ca",
            "programme": "regular",
        },
    ),
    _calculation(
        "recovery",
        (RecoveryInput, RecoveryOutput),
        run_recovery,
        {"absences": 9, "earned_days": 13, "rules": "us-ca"},
    ),
    _calculation(
        "hourly",
        (HourlyInput, HourlyOutput),
        run_hourly,
        {"scheduled_periods": 420, "attended_periods": 357, "expected_days": 168},
    ),
    _calculation(
        "minutes",
        (MinutesInput, MinutesOutput),
        run_minutes,
        {
            "required": 54000,
            "groups": [{"pupils": 100, "minutes_short": 540}, {"pupils": 300, "minutes_short": 0}],
            "entitlement": "4000000.00",
        },
    ),
]
