"""Logs that cannot tell on anybody: what a line says is fixed in the code, what varies is listed here.

A line is one JSON object. Of our own messages only the template is written, never its arguments; of
other packages' messages nothing but their place in the code, for they put values into the text; of an
exception its kind and the places in the code, never its text (a database quotes values there);
of a request the address pattern, never the address. Extras are written when they are on the list.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

from firstbell.platform.request_id import current_request_id

EXTRAS = (
    "method",
    "route",
    "status",
    "ms",
    "processor_ms",
    "job",
    "worker",
    "rows",
    "count",
    "seconds",
    "code",
    "port",
    "status_code",
)


class SafeLines(logging.Formatter):
    """Formats a record as one JSON line without personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if number := current_request_id():
            line["request"] = number
        for name in EXTRAS:
            if name in record.__dict__:
                line[name] = record.__dict__[name]
        if record.exc_info and record.exc_info[0]:
            line["error"] = f"{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}"
            line["places"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2], limit=-12)
            ]
        return json.dumps(line, ensure_ascii=True, default=str)


def _message(record: logging.LogRecord) -> str:
    if record.name.startswith("firstbell") and isinstance(record.msg, str):
        return record.msg
    return f"{record.module}:{record.lineno} {record.funcName}"
