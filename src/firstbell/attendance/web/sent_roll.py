"""Reading a roll as the browser sends it, and laying it over the roll as the district has it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from firstbell.attendance.data import AttendanceCode, CellOrigin, Difference, Mark, RollPage, RollRow
from firstbell.kernel.finding import Finding, Refused, error

MOST_MINUTES = 600
CLOSED = "attendance.locked"
#: the first half of a field's name for each of the two sides of a difference
SIDES = {"mine": "", "theirs": "their-"}


@dataclass(frozen=True)
class SentRoll:
    """A roll as it came: who was on the sender's page with which code, and what is said of each."""

    marks: dict[int, Mark]
    seen: dict[int, str]
    client_id: uuid.UUID | None
    based_on: int
    on_paper: bool
    #: why a closed day must change
    reason: str


def read_roll(post: Mapping[str, str]) -> SentRoll:
    """The roll in a form's fields. Raises Refused, each finding's ``column`` the student's id where known."""
    seen = _seen(post.get("seen", ""))
    findings: list[Finding] = []
    marks = {student: _mark(post, student, findings) for student in seen}
    based_on = post.get("based_on", "")
    if not seen or not based_on.isdecimal():
        findings.append(
            error(
                "attendance.roll.form", "the roll did not arrive whole", "open the roll again and submit it"
            )
        )
    if findings:
        raise Refused(findings)
    return SentRoll(
        marks,
        seen,
        _uuid(post.get("client_id", "")),
        int(based_on),
        bool(post.get("on_paper")),
        post.get("reason", "").strip()[:300],
    )


def _seen(text: str) -> dict[int, str]:
    """``12:P 13:S`` as the page wrote it."""
    pairs = (part.partition(":") for part in text.split())
    return {int(student): code for student, _, code in pairs if student.isdecimal() and len(student) < 19}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _mark(post: Mapping[str, str], student: int, findings: list[Finding]) -> Mark:
    disputed = str(student) in post.get("disputed", "").split()
    side = SIDES.get(post.get(f"pick-{student}", "")) if disputed else ""
    if side is None:
        findings.append(
            error(
                "attendance.roll.pick",
                "nothing was chosen for a student on whom two rolls disagree",
                "choose one of the two",
                column=str(student),
            )
        )
        side = ""
    return Mark(
        post.get(f"{side}code-{student}", "")[:3],
        _minutes(post.get(f"{side}late-{student}", ""), student, findings),
        _minutes(post.get(f"{side}early-{student}", ""), student, findings),
        post.get(f"{side}comment-{student}", "").strip()[:300],
    )


def _minutes(text: str, student: int, findings: list[Finding]) -> int | None:
    text = text.strip()
    if not text:
        return None
    if re.fullmatch("[0-9]{1,3}", text) and int(text) <= MOST_MINUTES:
        return int(text)
    findings.append(
        error(
            "attendance.code.minutes",
            "minutes are a whole number",
            f"write a number from 0 to {MOST_MINUTES}",
            column=str(student),
        )
    )
    return None


@dataclass(frozen=True)
class Choice:
    """A code that may be chosen in a row."""

    code: AttendanceCode
    chosen: bool


@dataclass(frozen=True)
class Line:
    """A student's row on the form: what stands there, what may be chosen, what is wrong."""

    row: RollRow
    mark: Mark
    choices: tuple[Choice, ...]
    #: nobody said anything of this student yet: what "set all" may fill
    blank: bool
    title: str
    mistakes: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RollForm:
    """The form of an open roll."""

    page: RollPage
    lines: tuple[Line, ...]
    left: tuple[RollRow, ...]
    codes: tuple[AttendanceCode, ...]
    client_id: uuid.UUID = field(default_factory=uuid.uuid4)
    #: what is wrong with the roll as a whole
    mistakes: tuple[Finding, ...] = ()

    reason: str = ""

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """What keeps the roll from being taken; the office may write a closed day with a reason."""
        return tuple(one for one in self.page.obstacles if not (self.page.as_office and one.code == CLOSED))

    @property
    def needs_reason(self) -> bool:
        """Whether the day is closed and the viewer may write it all the same."""
        return len(self.obstacles) < len(self.page.obstacles)

    @property
    def seen(self) -> str:
        """Ids and codes of the page, for the way back."""
        return " ".join(f"{line.row.student_id}:{line.row.code}" for line in self.lines)


def roll_form(
    page: RollPage,
    marks: Mapping[int, Mark] | None = None,
    findings: Iterable[Finding] = (),
    fill: str = "",
    reason: str = "",
) -> RollForm:
    """The form: the district's roll, what was typed (``marks``) over it, ``fill`` in its blank rows."""
    found = list(findings)
    codes = tuple(code for code in page.codes if page.as_office or not code.office_only)
    offered = fill if fill in {code.code for code in codes} else ""
    lines = []
    for row in page.rows:
        if row.recently == "dropped":
            continue
        blank = row.origin is CellOrigin.DEFAULT and not page.version and not row.locked
        mark = Mark(row.code, row.minutes_late, row.minutes_early, row.comment)
        if marks is not None and not row.locked and row.student_id in marks:
            mark = marks[row.student_id]
            blank = blank and mark == Mark(page.default)
        if blank and offered:
            mark, blank = Mark(offered), False
        lines.append(_line(page, row, mark, codes, blank, found))
    on_rows = {str(line.row.student_id) for line in lines}
    return RollForm(
        page,
        tuple(lines),
        tuple(row for row in page.rows if row.recently == "dropped"),
        codes,
        mistakes=tuple(finding for finding in found if finding.column not in on_rows),
        reason=reason,
    )


def _line(
    page: RollPage,
    row: RollRow,
    mark: Mark,
    codes: tuple[AttendanceCode, ...],
    blank: bool,
    findings: list[Finding],
) -> Line:
    """A code that a teacher may not choose, but that stands there already, stays among the choices."""
    kept = tuple(code for code in page.codes if code.code in (row.code, mark.code) and code not in codes)
    choices = tuple(Choice(code, code.code == mark.code) for code in (*codes, *kept))
    return Line(
        row,
        mark,
        choices,
        blank,
        next((code.title() for code in page.codes if code.code == mark.code), mark.code),
        tuple(finding for finding in findings if finding.column == str(row.student_id)),
    )


@dataclass(frozen=True)
class Dispute:
    """A student on whom the stored roll and the sent one differ, with both in words."""

    row: RollRow
    difference: Difference
    theirs: str
    mine: str


def disputes(page: RollPage, differences: Iterable[Difference]) -> tuple[Dispute, ...]:
    """The differences by name, in the order of the roll."""
    rows = {row.student_id: row for row in page.rows}
    titles = {code.code: code.title() for code in page.codes}
    found = [
        Dispute(rows[one.student_id], one, _words(one.theirs, titles), _words(one.mine, titles))
        for one in differences
        if one.student_id in rows
    ]
    order = list(rows)
    return tuple(sorted(found, key=lambda one: order.index(one.row.student_id)))


def _words(mark: Mark, titles: Mapping[str, str]) -> str:
    parts = [titles.get(mark.code, mark.code)]
    if mark.minutes_late is not None:
        parts.append(f"{mark.minutes_late} minutes late")
    if mark.minutes_early is not None:
        parts.append(f"left {mark.minutes_early} minutes early")
    if mark.comment:
        parts.append(f"“{mark.comment}”")
    return ", ".join(parts)
