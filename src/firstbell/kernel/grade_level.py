"""Grade levels, by their CEDS codes, and the grade spans that funding counts in."""

from __future__ import annotations

from enum import StrEnum


class GradeLevel(StrEnum):
    """A grade level; the value is the CEDS code that OneRoster and Ed-Fi files carry."""

    INFANT_TODDLER = "IT"
    PRESCHOOL = "PR"
    PREKINDERGARTEN = "PK"
    TRANSITIONAL_KINDERGARTEN = "TK"
    KINDERGARTEN = "KG"
    GRADE_1 = "01"
    GRADE_2 = "02"
    GRADE_3 = "03"
    GRADE_4 = "04"
    GRADE_5 = "05"
    GRADE_6 = "06"
    GRADE_7 = "07"
    GRADE_8 = "08"
    GRADE_9 = "09"
    GRADE_10 = "10"
    GRADE_11 = "11"
    GRADE_12 = "12"
    GRADE_13 = "13"
    POSTSECONDARY = "PS"
    UNGRADED = "UG"
    OTHER = "Other"

    @property
    def label(self) -> str:
        """As people say it: ``Kindergarten``, ``Grade 9``."""
        return _LABELS.get(self) or f"Grade {int(self.value)}"

    @property
    def short(self) -> str:
        """As a column shows it: ``K``, ``9``."""
        if self is GradeLevel.KINDERGARTEN:
            return "K"
        return str(int(self.value)) if self.value.isdigit() else self.value

    @property
    def ordinal(self) -> int:
        """Position from youngest (0) to oldest, for sorting."""
        return list(GradeLevel).index(self)

    @property
    def next(self) -> GradeLevel | None:
        """The grade a student is promoted to; None after grade 12 and where promotion has no meaning."""
        if self in (GradeLevel.GRADE_12, GradeLevel.GRADE_13) or self.ordinal > GradeLevel.GRADE_13.ordinal:
            return None
        return list(GradeLevel)[self.ordinal + 1]


_LABELS = {
    GradeLevel.INFANT_TODDLER: "Infant/toddler",
    GradeLevel.PRESCHOOL: "Preschool",
    GradeLevel.PREKINDERGARTEN: "Prekindergarten",
    GradeLevel.TRANSITIONAL_KINDERGARTEN: "Transitional kindergarten",
    GradeLevel.KINDERGARTEN: "Kindergarten",
    GradeLevel.POSTSECONDARY: "Postsecondary",
    GradeLevel.UNGRADED: "Ungraded",
    GradeLevel.OTHER: "Other",
}
