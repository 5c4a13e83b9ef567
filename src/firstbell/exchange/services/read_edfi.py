"""Read an Ed-Fi 1.0 source from disk to a delivery that can be shown, and applied, by whoever asked."""

from __future__ import annotations

from pathlib import Path

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.edfi_in import delivery_of
from firstbell.exchange.services.examined import examined
from firstbell.formats.archive import Limits
from firstbell.formats.edfi import open_source


def read_edfi(path: Path, *, limits: Limits | None = None) -> Delivery:
    """The delivery of a folder, a zip, or a folder that holds the zip; nothing is changed anywhere.

    All findings of all stages are in the delivery, those that refuse it first.
    """
    return examined(delivery_of(open_source(path, limits=limits)))
