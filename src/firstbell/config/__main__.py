"""``python -m firstbell.config`` is the ``firstbell`` command."""

from firstbell.config.cli import main

main()
