"""Ed-Fi 1.0 bulk XML, element by element, as plain records.

A district's interchange files are recognized by their root element, read in the order in which
they depend on each other, and streamed: memory does not grow with the file. An ``id`` means
something inside its own file only, so every reference leaves this package as what it names (a
student's number, a section's natural key), never as an id. What cannot be read is a finding with
file and line.
"""

from firstbell.formats.edfi.reader import Source, SourceFile, open_source

__all__ = ["Source", "SourceFile", "open_source"]
