"""A finding: what is wrong, where, and what to do next.

Importers, validators and rules return findings instead of raising at the first fault,
so that one round trip shows all that a person must mend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """``ERROR`` refuses the whole; ``WARNING`` is listed and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, with its place and the next step in plain words.

    ``code`` is stable (``reference.missing_target_record``), ``message`` names what is wrong,
    ``next_step`` what a person does about it. ``row`` counts from 1 as a spreadsheet does
    (the header is row 1), or is the line of an XML file. Neither text may hold personal data
    beyond the identifier needed to find the row.
    """

    severity: Severity
    code: str
    message: str
    next_step: str
    file: str = ""
    row: int | None = None
    column: str = ""

    @property
    def refuses(self) -> bool:
        """Whether this finding refuses the whole."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """File, row and column, as far as known."""
        parts = [self.file, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(part for part in parts if part)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def error(code: str, message: str, next_step: str, **place: Any) -> Finding:
    """A finding that refuses the whole; ``place`` is ``file``, ``row``, ``column``."""
    return Finding(Severity.ERROR, code, message, next_step, **place)


def warning(code: str, message: str, next_step: str, **place: Any) -> Finding:
    """A finding that is listed; ``place`` is ``file``, ``row``, ``column``."""
    return Finding(Severity.WARNING, code, message, next_step, **place)


EXAMPLES = 3


def summary(
    severity: Severity,
    code: str,
    message: str,
    next_step: str,
    rows: Sequence[Mapping[str, str]],
    *,
    file: str = "",
) -> Finding:
    """One readable finding for many rows: ``{n}`` in ``message`` is their number, the first few are named.

    >>> rows = [{"student": str(number)} for number in range(1, 6)]
    >>> summary(Severity.WARNING, "x", "{n} students", "ask", rows).message
    '5 students (1; 2; 3; …)'
    """
    examples = ["/".join(value for value in row.values() if value) for row in rows[:EXAMPLES]]
    if len(rows) > EXAMPLES:
        examples.append("…")
    text = message.replace("{n}", f"{len(rows):,}")
    return Finding(severity, code, f"{text} ({'; '.join(examples)})", next_step, file=file)


def any_refuses(findings: Iterable[Finding]) -> bool:
    """Whether at least one finding refuses the whole."""
    return any(finding.refuses for finding in findings)


class Refused(Exception):  # noqa: N818 - the command line and the pages speak of a refusal, not an error
    """Input was refused; nothing changed. Carries every finding, the refusing ones first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = sorted(findings, key=lambda finding: not finding.refuses)
        super().__init__("; ".join(f"{f.place}: {f.message}".lstrip(": ") for f in self.findings[:3]))
