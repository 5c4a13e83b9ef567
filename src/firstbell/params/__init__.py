"""Figures that law, a state or a standards body sets: read from dated tables, never written in code.

A table is a YAML file in a room's ``tables`` folder. Each parameter has a unit, and values with a
start date and a source. ``on(day)`` answers the value in force with the row it came from, and
refuses (``MissingParameter``) where the table is silent, because a guess would look like law.
"""

from firstbell.params.table import MissingParameter, Parameter, ParameterTable, Value, document, load

__all__ = ["MissingParameter", "Parameter", "ParameterTable", "Value", "document", "load"]
