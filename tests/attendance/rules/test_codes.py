"""The code table: validity by date, who may write what, soundness of the table."""

from dataclasses import replace
from datetime import UTC, date, datetime

from firstbell.attendance.data import CodeKind, ReasonClass, Said, StateCategory
from firstbell.attendance.rules.codes import (
    check_entry,
    check_table,
    codes_on,
    default_code,
    end_code,
    starter_codes,
)

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
CODES = codes_on(DAY, starter_codes())


def said(code: str, **more: object) -> Said:
    return Said(code, "t1", AT, **more)  # type: ignore[arg-type]


def test_the_starter_table_holds_the_codes_of_the_specification_in_order() -> None:
    assert [c.code for c in starter_codes()][:11] == list("PTLAUEHSIVN")


def test_the_starter_table_is_sound() -> None:
    assert check_table(starter_codes()) == []


def test_present_is_the_only_default() -> None:
    default = default_code(CODES)
    assert default is not None
    assert default.code == "P"


def test_each_state_category_earns_ada_as_section_5_says() -> None:
    earns = {
        StateCategory.IN_PERSON: True,
        StateCategory.SUSPENSION_OUT: False,
        StateCategory.SUSPENSION_IN: True,
        StateCategory.EXCUSED: False,
        StateCategory.UNEXCUSED: False,
        StateCategory.INDEPENDENT_STUDY_NO_ADA: False,
        StateCategory.INDEPENDENT_STUDY_ADA: True,
    }
    assert {c.state_category: c.earns_ada for c in CODES.values()} == earns


def test_in_school_suspension_counts_as_in_attendance() -> None:
    assert CODES["I"].kind is CodeKind.PRESENT
    assert CODES["S"].kind is CodeKind.ABSENT


def test_only_unexcused_codes_count_for_truancy() -> None:
    truant = {c.code for c in CODES.values() if c.counts_for_truancy}
    assert truant == {"A", "U", "T"}
    assert all(CODES[c].reason is ReasonClass.UNEXCUSED for c in truant)


def test_a_title_falls_back_to_english_and_then_to_the_code() -> None:
    assert CODES["T"].title("es") == "Tarde"
    assert CODES["T"].title("vi") == "Tardy"
    assert replace(CODES["T"], titles=()).title("es") == "T"


def test_an_ended_code_is_valid_through_its_last_day() -> None:
    ended = replace(CODES["V"], end=DAY)
    assert "V" in codes_on(DAY, [ended])
    assert "V" not in codes_on(date(2026, 3, 3), [ended])


def test_a_code_before_its_first_day_is_refused_by_name() -> None:
    late = codes_on(DAY, [replace(c, begin=date(2026, 3, 3)) if c.code == "V" else c for c in CODES.values()])
    [finding] = check_entry(said("V"), late, office=True)
    assert finding.refuses
    assert "V" in finding.message


def test_a_teacher_cannot_write_an_office_code_and_the_office_can() -> None:
    assert [f.code for f in check_entry(said("E"), CODES, office=False)] == ["attendance.code.office_only"]
    assert check_entry(said("E"), CODES, office=True) == []


def test_only_flagged_codes_are_usable_for_coming_absences() -> None:
    assert check_entry(said("H"), CODES, office=True, ahead=True) == []
    assert [f.code for f in check_entry(said("U"), CODES, office=True, ahead=True)] == [
        "attendance.code.not_ahead"
    ]


def test_a_code_that_needs_a_comment_is_refused_without_one() -> None:
    strict = {"E": replace(CODES["E"], needs_comment=True)}
    assert [f.code for f in check_entry(said("E", comment="  "), strict, office=True)] == [
        "attendance.code.comment"
    ]
    assert check_entry(said("E", comment="note from home"), strict, office=True) == []


def test_a_tardy_without_minutes_is_written_with_a_warning() -> None:
    [finding] = check_entry(said("T"), CODES, office=False)
    assert not finding.refuses
    assert check_entry(said("T", minutes_late=5), CODES, office=False) == []


def test_negative_minutes_are_refused() -> None:
    assert check_entry(said("T", minutes_late=-1), CODES, office=False)[0].refuses


def test_two_rows_of_one_code_may_not_overlap_in_time() -> None:
    later = replace(CODES["V"], begin=date(2026, 1, 1))
    assert "attendance.code.overlap" in [f.code for f in check_table([*starter_codes(), later])]
    closed = [replace(c, end=date(2025, 12, 31)) if c.code == "V" else c for c in starter_codes()]
    assert check_table([*closed, later]) == []


def test_a_table_without_a_default_or_with_two_is_refused() -> None:
    none = [replace(c, default=False) for c in starter_codes()]
    two = [replace(c, default=c.code in "PT") for c in starter_codes()]
    for table in (none, two):
        assert [f.code for f in check_table(table)] == ["attendance.code.default"]


def test_long_codes_and_shared_keys_are_refused() -> None:
    codes = [replace(c, key="p") if c.code == "T" else c for c in starter_codes()]
    assert [f.code for f in check_table(codes)] == ["attendance.code.key"]
    wide = [replace(c, code="TRIP") if c.code == "V" else c for c in starter_codes()]
    assert [f.code for f in check_table(wide)] == ["attendance.code.length"]


def test_a_code_in_use_after_the_last_day_cannot_be_ended() -> None:
    assert end_code(CODES["V"], DAY, used_through=date(2026, 3, 4))[0].refuses
    assert end_code(CODES["V"], DAY, used_through=DAY) == []
    assert end_code(CODES["V"], DAY, used_through=None) == []
