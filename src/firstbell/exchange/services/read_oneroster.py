"""Read a OneRoster package from disk to a delivery that can be shown, and applied, by whoever asked."""

from __future__ import annotations

from pathlib import Path

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.oneroster_in import delivery_of
from firstbell.exchange.services.examined import examined
from firstbell.formats.archive import Limits
from firstbell.formats.oneroster import read_package
from firstbell.people.api import brought_by
from firstbell.platform.access import Viewer


def read_oneroster(
    path: Path,
    *,
    viewer: Viewer,
    source: str,
    lenient_headers: bool = False,
    inclusive_ends: bool = False,
    limits: Limits | None = None,
) -> Delivery:
    """The delivery of a OneRoster 1.1 or 1.2 package, a zip or a folder; nothing is changed anywhere.

    ``source`` is the name under which it will be applied: a delta leans on what it brought earlier.
    ``lenient_headers`` and ``inclusive_ends`` are habits of the source (``read_package`` says which). All
    findings of all stages are in the delivery, those that refuse it first.
    """
    package = read_package(
        path, lenient_headers=lenient_headers, inclusive_ends=inclusive_ends, limits=limits
    )
    return examined(delivery_of(package, brought_by(viewer, source)))
