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
    for chunk in _chunks(stream):
        fault = _feed(parser, chunk)
        # a root that was met before the fault still tells what the file is
        for _, element in _seen(parser):
            _refuse_doctype(element)
            return _split(str(element.tag))
        if fault:
            raise fault
    raise Unreadable("edfi.malformed_xml", "the file has no element", 1)


def _split(tag: str) -> tuple[str, str]:
    """Namespace and local name; a broken file's tag may be no name at all, which ``QName`` refuses."""
    namespace, _, local = tag.rpartition("}")
    return namespace.removeprefix("{"), local


def children(
    stream: BinaryIO, root_tag: str, tags: set[str], unknown: dict[str, int]
) -> Iterator[etree._Element]:
    """The children of the root with one of ``tags``, each complete, dropped after the next is asked for.

    Children with other tags are counted in ``unknown``. Raises Unreadable where the XML ends or breaks.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=(root_tag, *tags),
        remove_blank_text=True,
        **_HARDENED,  # type: ignore[arg-type] # stubs take no dict
    )
    root: etree._Element | None = None
    for chunk in _chunks(stream):
        fault = _feed(parser, chunk)
        for event, element in _seen(parser):
            if root is None:
                root = element
                _refuse_doctype(root)
            elif event == "end" and element.getparent() is root:
                yield element
        if fault:
            raise fault
        if root is not None:
            _drop_done(root, tags, unknown)
    for child in root if root is not None else ():
        _count(child, tags, unknown)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of the file, and an empty chunk for its end."""
    while chunk := stream.read(CHUNK):
        yield chunk
    yield b""


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> Unreadable | None:
    """Let the parser take a chunk (an empty one ends the file); what it finds broken, or None."""
    try:
        if chunk:
            parser.feed(chunk)
        else:
            parser.close()
    except etree.XMLSyntaxError as problem:
        return _malformed(parser, str(problem.msg or ""), problem.lineno)
    broken = [entry for entry in _log(parser) if entry.level >= etree.ErrorLevels.ERROR]
    return _malformed(parser, broken[0].message, broken[0].line) if broken else None


def _log(parser: etree.XMLPullParser) -> list[Any]:
    log: Any = parser
    return list(log.feed_error_log)


def _seen(parser: etree.XMLPullParser) -> Iterator[tuple[str, etree._Element]]:
    """The elements that the parser has met since it was asked last, at their start or end."""
    for event, element in parser.read_events():
        if isinstance(element, etree._Element):
            yield event, element


def _drop_done(root: etree._Element, tags: set[str], unknown: dict[str, int]) -> None:
    """Drop all children but the last, which may still be open."""
    done = list(root)[:-1]
    for child in done:
        _count(child, tags, unknown)
    del root[: len(done)]


def _count(child: etree._Element, tags: set[str], unknown: dict[str, int]) -> None:
    if child.tag not in tags:
        name = _split(str(child.tag))[1]
        unknown[name] = unknown.get(name, 0) + 1


def _refuse_doctype(element: etree._Element) -> None:
    document: Any = element.getroottree().docinfo
    if document.doctype:
        raise Unreadable("edfi.doctype", "the file declares a document type, which is not read for safety", 1)


def _malformed(parser: etree.XMLPullParser, words: str, line: int | None) -> Unreadable:
    """The first thing that broke, in the parser's words."""
    for entry in _log(parser):
        if entry.level >= etree.ErrorLevels.ERROR:
            words, line = entry.message, entry.line
            break
    told = words.split(", line ")[0][:200] or "it cannot be read"
    return Unreadable("edfi.malformed_xml", f"the XML is broken: {told}", line or None)
