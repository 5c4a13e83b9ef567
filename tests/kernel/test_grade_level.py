"""Grade levels by their CEDS codes, in their order."""

from __future__ import annotations

import pytest

from firstbell.kernel.grade_level import GradeLevel

CEDS = ["IT", "PR", "PK", "TK", "KG", *(f"{number:02d}" for number in range(1, 14)), "PS", "UG", "Other"]


def test_codes_and_order_are_those_of_ceds() -> None:
    assert [grade.value for grade in GradeLevel] == CEDS
    assert [grade.ordinal for grade in GradeLevel] == list(range(len(CEDS)))


@pytest.mark.parametrize(
    ("code", "label", "short"),
    [("KG", "Kindergarten", "K"), ("TK", "Transitional kindergarten", "TK"), ("09", "Grade 9", "9"),
     ("12", "Grade 12", "12"), ("13", "Grade 13", "13"), ("UG", "Ungraded", "UG")],
)  # fmt: skip
def test_a_grade_is_said_and_shown(code: str, label: str, short: str) -> None:
    assert (GradeLevel(code).label, GradeLevel(code).short) == (label, short)


@pytest.mark.parametrize(
    ("code", "following"),
    [("TK", "KG"), ("KG", "01"), ("08", "09"), ("11", "12"), ("12", None), ("13", None), ("PS", None),
     ("UG", None), ("Other", None)],
)  # fmt: skip
def test_a_student_is_promoted_to_the_next_grade_up_to_twelve(code: str, following: str | None) -> None:
    assert GradeLevel(code).next == following
