"""XML in constant memory: root element first, then one complete child of the root at a time.

Nothing is fetched and nothing is expanded: no DTD, no entities, no network. A document type
declaration is refused outright, because an interchange has no use for one and an attacker has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

CHUNK = 1 << 16
_HARDENED = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Unreadable(Exception):  # noqa: N818 - says what the file is, as the finding does
    """The file is not XML that we read: ``code`` of the finding, what is wrong, and the line."""

    def __init__(self, code: str, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.code = code
        self.problem = problem
        self.line = line


def root_of(stream: BinaryIO) -> tuple[str, str]:
    """Namespace and local name of the root element. Raises Unreadable."""
    parser = etree.XMLPullParser(events=("start",), **_HARDENED)  # type: ignore[arg-type] # stubs take no dict
    try:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
            for element in _seen(parser):
                _refuse_doctype(element)
                name = etree.QName(element)
                return name.namespace or "", name.localname
        parser.close()
    except etree.XMLSyntaxError as problem:
        raise _malformed(problem) from None
    raise Unreadable("edfi.malformed_xml", "the file has no element")


def children(stream: BinaryIO, tags: set[str], unknown: dict[str, int]) -> Iterator[etree._Element]:
    """The children of the root with one of ``tags``, each complete, dropped once the next is asked for.

    Children with other tags are counted in ``unknown``. Raises Unreadable where the XML ends or breaks.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=tuple(tags),
        remove_blank_text=True,
        **_HARDENED,  # type: ignore[arg-type] # stubs take no dict
    )
    root: etree._Element | None = None
    try:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
            for element in _seen(parser):
                parent = element.getparent()
                if parent is not None and parent.getparent() is None:
                    root = parent
                    yield element
            if root is not None:
                _drop_done(root, tags, unknown)
        root = parser.close()
    except etree.XMLSyntaxError as problem:
        raise _malformed(problem) from None
    _refuse_doctype(root)
    for child in root:
        _count(child, tags, unknown)


def _seen(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """The elements that the parser has met since it was asked last."""
    for _, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield element


def _drop_done(root: etree._Element, tags: set[str], unknown: dict[str, int]) -> None:
    """Drop all children but the last, which may still be open."""
    done = list(root)[:-1]
    for child in done:
        _count(child, tags, unknown)
    del root[: len(done)]


def _count(child: etree._Element, tags: set[str], unknown: dict[str, int]) -> None:
    if child.tag not in tags:
        name = etree.QName(child).localname
        unknown[name] = unknown.get(name, 0) + 1


def _refuse_doctype(element: etree._Element) -> None:
    document: Any = element.getroottree().docinfo
    if document.doctype:
        raise Unreadable("edfi.doctype", "the file declares a document type, which is not read for safety", 1)


def _malformed(problem: etree.XMLSyntaxError) -> Unreadable:
    return Unreadable("edfi.malformed_xml", f"the XML is broken: {_told(problem)}", problem.lineno)


def _told(problem: etree.XMLSyntaxError) -> str:
    """The parser's words without the values it quotes."""
    words = str(problem.msg or "it cannot be read").split(", line ")[0]
    return words[:200]
