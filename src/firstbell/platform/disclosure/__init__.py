"""The record of who outside was told what about whom, and on what ground (34 CFR 99.32).

Every way out (export, report file, API client, transcript, subpoena) calls ``record_disclosure`` in
the transaction in which it reads the data: no row, no data. A request that was refused is a row too.
"""

from firstbell.platform.disclosure.bases import bases
from firstbell.platform.disclosure.data import Basis, DisclosureLine, Release
from firstbell.platform.disclosure.read import disclosures_about
from firstbell.platform.disclosure.record import record_disclosure

__all__ = ["Basis", "DisclosureLine", "Release", "bases", "disclosures_about", "record_disclosure"]
