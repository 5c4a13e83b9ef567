"""The door of the overview room."""

from firstbell.overview.selectors.bridge import bridge, bridge_panel, has_bridge
from firstbell.overview.services.refresh_figures import refresh_figures, refresh_year

__all__ = ["bridge", "bridge_panel", "has_bridge", "refresh_figures", "refresh_year"]
