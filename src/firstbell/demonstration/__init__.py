"""A synthetic district of any size, the same for the same seed, so that every page has something true to say.

It enters through the doors that imports use (``people.api``, ``attendance.api``): what works for
the demonstration works for a real district. Nobody in it exists.
"""
