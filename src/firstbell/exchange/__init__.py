"""Exchange: other systems' files in and out, all or nothing.

A codec (``formats``) turns bytes into plain rows; a mapping turns rows into a ``Roster``; one door
(``people.api.apply_roster``) compares it with what the district has and applies the difference or
nothing. Codes are mapped by tables, every finding names file, row, column and next step, and a file
that would end too many people waits for a person.
"""
