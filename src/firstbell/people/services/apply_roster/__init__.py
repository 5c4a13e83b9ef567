"""The one door through which a roster enters, whatever file or generator it comes from.

The roster is compared with what the district has, kind by kind, parents first; only differences are
written, in one transaction. What is missing from a complete roster ends, it is never deleted. A roster
that would end too many people is held until a person confirms.
"""

from firstbell.people.services.apply_roster.application import Held, apply_roster

__all__ = ["Held", "apply_roster"]
