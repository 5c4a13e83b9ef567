"""What a set of school enrolments of one student must satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from firstbell.kernel.date_span import ONE_DAY
from firstbell.people.data import EnrollmentStatus

#: statuses that run beside a primary enrolment
BESIDE_PRIMARY = frozenset(
    {EnrollmentStatus.SECONDARY, EnrollmentStatus.SHORT_TERM, EnrollmentStatus.NON_ADA}
)


@dataclass(frozen=True, slots=True)
class Stay:
    """An enrolment as far as overlap is concerned; ``exit`` is inclusive."""

    entry: date
    exit: date | None
    status: EnrollmentStatus = EnrollmentStatus.PRIMARY

    @property
    def no_show(self) -> bool:
        """The student never came: the exit is the day before the entry."""
        return self.exit is not None and self.exit < self.entry


def exit_is_possible(entry: date, exit_day: date | None) -> bool:
    """Whether an exit date fits the entry: on or after it, or (a no-show) the day before."""
    return exit_day is None or exit_day >= entry - ONE_DAY


def overlapping(stays: Iterable[Stay]) -> tuple[Stay, Stay] | None:
    """The first two primary enrolments that share a date, or None.

    One primary enrolment per student in the district at a time; secondary, short-term and non-ADA
    ones run beside it.
    """
    primary: Sequence[Stay] = sorted(
        (s for s in stays if s.status not in BESIDE_PRIMARY and not s.no_show), key=lambda s: s.entry
    )
    for earlier, later in pairwise(primary):
        if earlier.exit is None or earlier.exit >= later.entry:
            return earlier, later
    return None
