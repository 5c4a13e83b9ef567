"""Excuse reasons are a dated list with a source for each."""

from datetime import date

from firstbell.attendance.rules.excuses import excuse_reasons


def test_every_reason_has_its_own_key_a_source_and_titles_in_english_and_spanish() -> None:
    reasons = excuse_reasons(date(2026, 3, 2))
    assert len({reason.key for reason in reasons}) == len(reasons)
    assert all(reason.source.startswith("EC 48") for reason in reasons)
    assert all(reason.title("es") != reason.title("en") for reason in reasons)


def test_a_reason_is_not_offered_before_its_start() -> None:
    before, after = (
        {reason.key for reason in excuse_reasons(day)} for day in (date(2022, 12, 31), date(2023, 1, 1))
    )
    assert after - before == {"civic"}


def test_a_language_without_a_title_falls_back_to_english() -> None:
    reason = excuse_reasons(date(2026, 3, 2))[0]
    assert reason.title("vi") == reason.title("en")
