"""Microsoft School Data Sync CSV, versions 1, 2 and 2.1: a set of files that is always the whole truth.

The version is told by the files that are there; columns are found by name, and those that are optional
may be missing. Files and columns stand in ``tables/``. How dates are written is a habit of the source,
never guessed cell by cell; passwords are dropped while they are read.
"""

from firstbell.formats.sds.layout import VERSIONS, Layout, layout
from firstbell.formats.sds.reader import SdsFiles, Sheet, read_sds

__all__ = ["VERSIONS", "Layout", "SdsFiles", "Sheet", "layout", "read_sds"]
