"""Figures of law come from dated tables; silence is refused."""

from datetime import date

import pytest

from firstbell.attendance.rules import rule_set as subject
from firstbell.kernel.finding import Refused
from firstbell.params import MissingParameter


def test_california_chronic_threshold_is_ten_percent_with_its_source() -> None:
    rules = subject.rule_set("us-ca", date(2025, 9, 1))
    assert rules.decimal("chronic_threshold_percent") == 10
    assert "60901" in rules.citation("chronic_threshold_percent")


def test_a_figure_that_is_not_confirmed_says_so_in_its_citation() -> None:
    assert "to be confirmed" in subject.rule_set("us-nj").citation("chronic_minimum_days")


def test_recovery_before_it_existed_is_refused() -> None:
    with pytest.raises(MissingParameter, match="recovery_maximum_days"):
        subject.rule_set("us-ca", date(2025, 6, 30)).value("recovery_maximum_days")


@pytest.mark.parametrize("name", ["us-nj", "us-federal"])
def test_day_thresholds_that_are_not_known_are_refused(name: str) -> None:
    with pytest.raises(MissingParameter, match="day_method"):
        subject.rule_set(name).value("day_method")


def test_a_state_without_a_table_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(Refused, match="no attendance rules named 'us-zz'"):
        subject.rule_set("us-zz")


def test_a_state_whose_rules_are_not_loaded_refuses_its_law_and_says_how_to_load_it() -> None:
    rules = subject.rule_set("us-tx", date(2026, 7, 1))
    for parameter in ("day_method", "truant_occasions", "grade_spans", "annual_minutes"):
        with pytest.raises(MissingParameter, match=r"Texas.*load-a-states-rules\.md"):
            rules.value(parameter)


def test_a_state_whose_rules_are_not_loaded_keeps_the_federal_file_of_chronic_absence() -> None:
    rules = subject.rule_set("us-tx", date(2026, 7, 1))
    assert rules.decimal("chronic_threshold_percent") == 10
    assert "FS195" in rules.citation("chronic_threshold_percent")
    with pytest.raises(MissingParameter, match="2010-08-23"):
        subject.rule_set("us-tx", date(2010, 8, 23)).value("chronic_threshold_percent")


def test_there_are_fifty_states_the_capital_and_five_territories() -> None:
    assert len(subject.states()) == 50 + 1 + 5
    assert [subject.rules_of_state(one) for one in ("TX", "CA", "PR")] == ["us-tx", "us-ca", "us-pr"]
    for wrong in ("", "tx", "Texas", "AP", "ZZ"):
        with pytest.raises(Refused, match="there is no state"):
            subject.rules_of_state(wrong)


@pytest.mark.parametrize("name", [*subject.names(), subject.HOUSE])
def test_every_figure_has_unit_start_and_source(name: str) -> None:
    rows = subject.rule_set(name).table.parameters.values()
    assert rows
    assert all(row.unit and all(v.source and v.start for v in row.values) for row in rows)
