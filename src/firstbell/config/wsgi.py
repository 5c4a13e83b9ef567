"""The site as the server calls it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

# A page answers soon, even when an import is writing: "try again in a moment" frees the thread for others.
os.environ.setdefault("FIRSTBELL_PATIENCE", "5")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstbell.config.settings")
application = get_wsgi_application()
