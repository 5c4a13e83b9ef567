"""Where the objects of the audit log have a page, in whichever room."""

from __future__ import annotations

#: kind of object -> the name of its address, which takes the object's number
OBJECT_PAGES = {
    "student": "student",
    "contact": "contact",
    "staff": "staff_member",
    "school": "school",
    "section": "section",
    "import_run": "import_run",
}
