"""Letter texts by date and language; the first notice says what the law of 2025 asks, nothing of the old."""

from datetime import date

import pytest

from firstbell.attendance.rules.letter_text import fill, languages, letter_text
from firstbell.kernel.finding import Refused
from firstbell.params import MissingParameter

ON = date(2025, 9, 1)
EVERY = [(number, language) for number in (1, 2, 3) for language in ("en", "es")]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_letter_exists_in_english_and_spanish_with_the_same_blanks(number: int) -> None:
    assert languages("us-ca", number) == ("en", "es")
    english, spanish = (letter_text("us-ca", number, language, ON) for language in ("en", "es"))
    assert english.blanks == spanish.blanks
    assert {"student_name", "occasions", "contact_name", "contact_phone"} <= english.blanks


REQUIRED = {
    "en": ["truant", "compel the attendance", "lternative educational programs", "right to meet",
           "ental-health and supportive services", "work out", "strategies", "missing 10 percent"],
    "es": ["truant", "obligación", "programas educativos alternativos", "derecho a reunirse",
           "salud mental y de apoyo", "estrategias", "10 por ciento"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_first_notice_holds_every_point_of_48260_5(language: str) -> None:
    body = " ".join(letter_text("us-ca", 1, language, ON).body.split())
    assert [point for point in REQUIRED[language] if point not in body] == []


FORMER = [
    "prosecut",
    "driv",
    "licen",
    "infraction",
    "arrest",
    "procesa",
    "conducir",
    "manejar",
    "multa",
    "deten",
]


@pytest.mark.parametrize(("number", "language"), EVERY)
def test_the_former_text_on_prosecution_and_driving_does_not_appear(number: int, language: str) -> None:
    text = letter_text("us-ca", number, language, ON)
    assert [word for word in FORMER if word in (text.subject + text.body).lower()] == []


def test_a_language_without_a_text_falls_back_to_english_and_says_so() -> None:
    assert letter_text("us-ca", 1, "vi", ON).language == "en"


def test_no_text_before_the_first_version() -> None:
    with pytest.raises(MissingParameter, match="letter 1"):
        letter_text("us-ca", 1, "en", date(2025, 6, 30))


@pytest.mark.parametrize(("number", "language"), EVERY)
def test_a_letter_is_filled_completely_or_refused_with_each_missing_blank(number: int, language: str) -> None:
    text = letter_text("us-ca", number, language, ON)
    values = {name: f"<{name} {{x}}>" for name in text.blanks}
    subject, body = fill(text, values)
    assert all(value in subject + body for value in values.values())
    with pytest.raises(Refused) as caught:
        fill(text, {**values, "contact_phone": " ", "occasions": ""})
    assert [f.column for f in caught.value.findings] == ["contact_phone", "occasions"]
