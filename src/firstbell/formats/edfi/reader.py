"""A source: its interchange files in load order, and their records with every reference resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lxml import etree

from firstbell.formats.archive import Container, Limits, open_container
from firstbell.formats.edfi.records import INTERCHANGES
from firstbell.formats.edfi.shape import (
    NAMESPACE,
    Context,
    Fault,
    Plan,
    Record,
    Unresolved,
    plan_of,
)
from firstbell.formats.edfi.stream import Unreadable, children, root_of
from firstbell.kernel.finding import Finding, Refused, error, warning

#: ns of any Ed-Fi version; one that is not ours is refused rather than left out silently
_FAMILY = "http://ed-fi.org/"
#: at most so many findings of one kind a file are listed one by one; the rest is counted
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One interchange file: its entry in the container, its name in findings and keys, its interchange."""

    entry: str
    name: str
    interchange: str


@dataclass(slots=True)
class Source:
    """An opened source. ``findings`` and ``dangling`` grow while ``records`` is walked."""

    container: Container
    files: tuple[SourceFile, ...]
    findings: list[Finding]
    #: references by id that lead nowhere: file, line, element and id of each
    dangling: list[dict[str, str]] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """Every record of every file in load order; within a file, what is referred to comes first."""
        for file in self.files:
            yield from _FileReader(self, file).records()


def open_source(path: Path, *, limits: Limits | None = None) -> Source:
    """Open a folder, a zip, or a folder that holds the zip, and order its interchanges.

    Files of no interchange and archives inside the archive are named in a finding and left out.
    Nothing is read beyond each file's root element.
    """
    container = open_container(path, limits=limits or Limits(), nested="skip")
    findings = list(container.findings)
    found: list[SourceFile] = []
    names = Counter(PurePosixPath(entry).name for entry in container.names)
    for entry in sorted(container.names):
        short = PurePosixPath(entry).name
        name = short if names[short] == 1 else entry
        interchange = _interchange_of(container, entry, name, findings)
        if interchange:
            found.append(SourceFile(entry, name, interchange))
    order = list(INTERCHANGES)
    found.sort(key=lambda file: (order.index(file.interchange), file.name))
    if not found:
        findings.append(
            error(
                "edfi.no_interchange",
                "no Ed-Fi 1.0 interchange file was found",
                "give the folder or the zip that holds the Interchange… XML files",
            )
        )
    return Source(container, tuple(found), findings)


def _interchange_of(container: Container, entry: str, name: str, findings: list[Finding]) -> str:
    """The interchange that a file's root element names; empty, with a finding, where it is none of ours."""
    if not name.lower().endswith(".xml"):
        findings.append(
            warning("edfi.file_skipped", f"{name} is not XML and was not read", "nothing to do", file=name)
        )
        return ""
    try:
        with container.open(entry) as stream:
            namespace, root = root_of(stream)
    except Unreadable as problem:
        findings.append(_unreadable(problem, name))
        return ""
    except Refused as refusal:
        findings.extend(refusal.findings)
        return ""
    interchange = root.removeprefix("Interchange")
    if namespace == NAMESPACE and root.startswith("Interchange") and interchange in INTERCHANGES:
        return interchange
    if namespace.startswith(_FAMILY) and namespace != NAMESPACE:
        findings.append(
            error(
                "edfi.version",
                f"the file is of another Ed-Fi version ({namespace})",
                f"send the interchanges in version 1.0 ({NAMESPACE})",
                file=name,
            )
        )
    else:
        findings.append(
            warning(
                "edfi.unknown_root",
                f"the root element {root[:80]} is no interchange that is read; the file was left out",
                "check whether the file belongs into this source",
                file=name,
            )
        )
    return ""


def _unreadable(problem: Unreadable, name: str) -> Finding:
    step = (
        "remove the <!DOCTYPE …> line and send the file again"
        if problem.code == "edfi.doctype"
        else "export the file again; it may have been cut off or edited by hand"
    )
    return error(problem.code, problem.problem, step, file=name, row=problem.line)


@dataclass(slots=True)
class _Waiting:
    """An element that refers to one further down."""

    plan: Plan
    raw: list[object]
    tag: str
    line: int
    id: str


@dataclass(slots=True)
class _FileReader:
    """One file on its way to records."""

    source: Source
    file: SourceFile
    context: Context = field(default_factory=lambda: Context({}))
    listed: Counter[str] = field(default_factory=Counter)
    waiting: list[_Waiting] = field(default_factory=list)
    dangling: dict[str, int] = field(default_factory=dict)

    def records(self) -> Iterator[Record]:
        classes = INTERCHANGES[self.file.interchange]
        plans = {f"{{{NAMESPACE}}}{name}": (name, plan_of(cls)) for name, cls in classes.items()}
        unknown: dict[str, int] = {}
        root = f"{{{NAMESPACE}}}Interchange{self.file.interchange}"
        try:
            with self.source.container.open(self.file.entry) as stream:
                for element in children(stream, root, set(plans), unknown):
                    record = self._take(element, *plans[str(element.tag)])
                    if record is not None:
                        yield record
        except Unreadable as problem:
            self.source.findings.append(_unreadable(problem, self.file.name))
        except Refused as refusal:
            self.source.findings.extend(refusal.findings)
        yield from self._late()
        self._summarize(unknown)

    def _take(self, element: etree._Element, tag: str, plan: Plan) -> Record | None:
        line = element.sourceline
        one = _Waiting(
            plan, plan.gather(element), tag, line if isinstance(line, int) else 0, element.get("id") or ""
        )
        try:
            return self._build(one)
        except Unresolved:
            self.waiting.append(one)
            return None

    def _late(self) -> Iterator[Record]:
        """What waited, in as many rounds as references are deep; at last without those that lead nowhere."""
        while self.waiting:
            round_, self.waiting = self.waiting, []
            for one in round_:
                try:
                    record = self._build(one)
                except Unresolved:
                    self.waiting.append(one)
                    continue
                if record is not None:
                    yield record
            if len(self.waiting) == len(round_):
                self.context.final = True

    def _build(self, one: _Waiting) -> Record | None:
        context = self.context
        context.faults.clear()
        context.unresolved.clear()
        record: Record | None = one.plan.build(
            one.raw, context, file=self.file.name, line=one.line, id=one.id
        )
        for reference in context.unresolved:
            self.dangling[one.tag] = self.dangling.get(one.tag, 0) + 1
            self.source.dangling.append(
                {"file": self.file.name, "line": str(one.line), "element": one.tag, "id": reference}
            )
        for fault in context.faults:
            self._fault(one, fault)
        if record is not None and one.id:
            self._remember(one, record)
        return record

    def _remember(self, one: _Waiting, record: Record) -> None:
        if one.id in self.context.identities:
            self._list(
                error(
                    "edfi.duplicate_id",
                    f"the id {one.id[:80]} stands in this file twice",
                    "give every element of a file its own id",
                    file=self.file.name,
                    row=one.line,
                    column=one.tag,
                )
            )
        else:
            self.context.identities[one.id] = record.identity()

    def _fault(self, one: _Waiting, fault: Fault) -> None:
        self._list(
            error(
                "edfi.invalid_element",
                f"{one.tag}/{fault.path} {fault.problem}; the element cannot be read",
                "correct the element in the system that wrote the file",
                file=self.file.name,
                row=one.line,
                column=f"{one.tag}/{fault.path}",
            )
        )

    def _list(self, finding: Finding) -> None:
        """Add a finding, up to a readable number of each kind."""
        self.listed[finding.code] += 1
        if self.listed[finding.code] <= MOST_LISTED:
            self.source.findings.append(finding)

    def _summarize(self, unknown: dict[str, int]) -> None:
        name, findings = self.file.name, self.source.findings
        for code, count in self.listed.items():
            if count > MOST_LISTED:
                findings.append(
                    error(
                        code,
                        f"{count - MOST_LISTED} more of this kind in this file",
                        "mend the ones listed first; they often have one cause",
                        file=name,
                    )
                )
        for tag, count in self.dangling.items():
            findings.append(
                warning(
                    "reference.missing_target_record",
                    f"{count} references from {tag} elements name an id that the file does not have",
                    "send the elements that are referred to, or go on without them",
                    file=name,
                    column=tag,
                )
            )
        for tag, count in unknown.items():
            findings.append(
                warning(
                    "edfi.unknown_element",
                    f"{count} {tag[:80]} elements are not read",
                    "nothing to do, unless the district needs what they hold",
                    file=name,
                    column=tag[:80],
                )
            )
