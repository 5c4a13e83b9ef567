"""Firstbell: the software on which a US school district runs.

A fact is entered once and flows to everything it decides: an absence to average
daily attendance and from there to dollars, a roster change to access, an answer to
a grade and growth. The rooms of the house stand on floors; a room may import what
lies below it, nothing beside it and nothing above it. ``docs/explanation/house.md``
has the map.
"""

__version__ = "0.1.0"
