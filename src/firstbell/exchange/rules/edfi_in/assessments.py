"""Tests, their parts and objectives, and results, kept for the achievement room.

A result is identified by its own id within its file: student, test and date repeat, because old
results refer to the same test under several ids. Results reach back years before any enrollment.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from firstbell.exchange.rules.edfi_in.draft import Draft, key, under
from firstbell.formats.edfi.records import assessment as e
from firstbell.formats.edfi.records.parts import AssessmentKey


def _test_key(named: AssessmentKey) -> str:
    return key(named.title, named.subject, named.grade, named.version)


def test(draft: Draft, record: e.Assessment) -> None:
    """A test."""
    named = record.identity()
    draft.keep(
        "assessments",
        _test_key(named),
        {
            "title": record.title,
            "subject": record.subject,
            "grade": _grade(draft, record.grade, record),
            "version": record.version,
            "code": record.code,
            "category": record.category,
            "standard": record.standard,
            "revised": record.revised,
            "max_raw_score": record.max_raw_score,
            "levels": [
                {"level": one.level, "method": one.method, "minimum": one.minimum, "maximum": one.maximum}
                for one in record.levels
            ],
            "objective_assessments": record.parts,
        },
    )


def _grade(draft: Draft, word: str, record: e.Assessment | e.LearningObjective) -> str:
    return draft.words.look("grade_levels", word, record.file, record.line) if word else ""


def objective_assessment(draft: Draft, record: e.ObjectiveAssessment) -> None:
    """A part of a test that measures an objective."""
    draft.keep(
        "objective_assessments",
        key(record.code),
        {
            "code": record.code,
            "max_raw_score": record.max_raw_score,
            "learning_objectives": [_objective_key(one) for one in record.objectives],
        },
    )


def _objective_key(record: e.LearningObjective) -> str:
    return key(record.id or record.objective, record.subject, record.grade)


def objective(draft: Draft, record: e.LearningObjective) -> None:
    """What is to be learned."""
    draft.keep(
        "learning_objectives",
        _objective_key(record),
        {
            "objective": record.objective,
            "description": record.description,
            "subject": record.subject,
            "grade": _grade(draft, record.grade, record),
        },
    )


def level(draft: Draft, record: e.PerformanceLevelDescriptor) -> None:
    """A performance level's name; ids repeat between files, so the file belongs to the key."""
    draft.keep(
        "performance_level_descriptors",
        key(record.file, record.id or record.description),
        {"description": record.description, "base": record.base, "file": record.file},
    )


def result(draft: Draft, record: e.StudentAssessment) -> None:
    """A student's result, or the reason why there is none."""
    test_key = _test_key(record.assessment)
    own = _result_key(record)
    final = draft.keep(
        "assessment_results",
        own,
        {
            "student": record.student,
            "assessment": test_key,
            "day": record.day,
            "serial": record.serial,
            "language": record.language,
            "environment": record.environment,
            "special_accommodations": record.special,
            "linguistic_accommodations": record.linguistic,
            "retest": record.retest,
            "not_tested": record.not_tested,
            **_scores(record),
        },
        student=record.student,
    )
    draft.set_aside("results", (record.student, test_key, record.day.isoformat(), final))


def _result_key(record: e.StudentAssessment) -> str:
    if record.id:
        return key(record.file, record.id)
    return under(_test_key(record.assessment), record.file, record.student, record.day.isoformat())


def _scores(record: e.StudentAssessment | e.StudentObjectiveAssessment) -> dict[str, Any]:
    return {
        "scores": {one.method: one.result for one in record.scores},
        "levels": {one.level: one.met for one in record.levels},
    }


def objective_result(draft: Draft, record: e.StudentObjectiveAssessment) -> None:
    """A student's result in one part of a test."""
    own = _result_key(record.result)
    draft.keep(
        "objective_results",
        under(own, record.part),
        {
            "student": record.result.student,
            "result": own,
            "objective_assessment": record.part,
            **_scores(record),
        },
        student=record.result.student,
    )


def finish(draft: Draft) -> None:
    """Results that share student, test and date; tests that the source does not describe."""
    results = draft.take_aside("results")
    times = Counter(row[:3] for row in results)
    draft.tell(
        "assessment.result_repeats",
        "{n} times a student has more than one result of one test on one date; all are kept by their own id",
        "nothing to do; older results may have been filed under two administrations",
        (
            {"student": student, "assessment": test_key, "day": day, "results": str(count)}
            for (student, test_key, day), count in times.items()
            if count > 1
        ),
    )
    tests = {kept.key for kept in draft.kept if kept.kind == "assessments"}
    draft.tell(
        "assessment.unknown_test",
        "{n} tests have results but no description in the source",
        "send the assessment metadata with the results",
        ({"assessment": name} for name in dict.fromkeys(row[1] for row in results) if name not in tests),
    )


TAKES = {
    e.Assessment: test,
    e.ObjectiveAssessment: objective_assessment,
    e.LearningObjective: objective,
    e.PerformanceLevelDescriptor: level,
    e.StudentAssessment: result,
    e.StudentObjectiveAssessment: objective_result,
}
