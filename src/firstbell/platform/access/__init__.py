"""Who may see what: one table, asked by pages, commands, exports and jobs alike.

``tables/access.yaml`` holds role x data class; ``policy`` reads it; a ``Viewer`` is somebody at
one moment with the roles they hold today. How a relation (own, ward, own sections, caseload,
building) turns into rows is the knowledge of the room that owns the rows.
"""

from firstbell.platform.access.data import Cell, DataClass, Scope
from firstbell.platform.access.policy import POLICY, Policy
from firstbell.platform.access.viewer import NotAllowed, NotVisible, RoleHeld, Viewer, nobody

__all__ = [
    "POLICY",
    "Cell",
    "DataClass",
    "NotAllowed",
    "NotVisible",
    "Policy",
    "RoleHeld",
    "Scope",
    "Viewer",
    "nobody",
]
