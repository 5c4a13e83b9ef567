"""School Data Sync files as a delivery: keys are the source's ids, one version becoming like the next.

Rows of any version are first brought into one shape (``facts``), then mapped once. Schools of a version
without districts hang under one that is made; a section without a term meets in the school year of the
day on which the files are read, because the files always say what holds now. What is made so is told.
"""

from __future__ import annotations

from datetime import date

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.sds_in import people, places, version_1, version_2
from firstbell.exchange.rules.sds_in.draft import Draft
from firstbell.formats.sds import SdsFiles
from firstbell.people.data import Brought

__all__ = ["delivery_of"]


def delivery_of(files: SdsFiles, today: date, brought: Brought | None = None) -> Delivery:
    """What the files bring as of ``today``. Files with a finding that refuses bring their findings only.

    ``brought`` is what the same source brought earlier: when a stay or a post without a date began.
    """
    draft = Draft.begin(files, today, brought or Brought())
    if not files.refused:
        (version_1 if files.version == "v1" else version_2).take(draft)
        places.write(draft)
        people.write(draft)
    return draft.delivery()
