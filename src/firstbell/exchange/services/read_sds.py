"""Read Microsoft School Data Sync files from disk to a delivery that can be shown, and applied."""

from __future__ import annotations

from pathlib import Path

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.sds_in import delivery_of
from firstbell.exchange.services.examined import examined
from firstbell.formats.archive import Limits
from firstbell.formats.sds import read_sds as read_files
from firstbell.people.api import brought_by
from firstbell.platform.access import Viewer


def read_sds(
    path: Path,
    *,
    viewer: Viewer,
    source: str,
    lenient_headers: bool = False,
    slashed_dates: bool | None = None,
    limits: Limits | None = None,
) -> Delivery:
    """The delivery of School Data Sync files, a zip or a folder, as of the viewer's day.

    ``source`` is the name under which it will be applied; ``lenient_headers`` and ``slashed_dates`` are
    habits of the source (``formats.sds.read_sds`` says which). All findings are in the delivery.
    """
    files = read_files(path, lenient_headers=lenient_headers, slashed_dates=slashed_dates, limits=limits)
    return examined(delivery_of(files, viewer.today, brought_by(viewer, source)))
