"""The parts every page is made of, drawn once: a table, a form row, a figure, a chart with its table twin.

A room describes (these columns, this figure, these points); the drawing, the phone layout, the CSV and
the screen reader's words come from here. Rooms write no ``<table>`` and no ``<svg>`` of their own.
"""

from firstbell.platform.ui.charts import CalendarMonth, Chart, Mark, Series, calendar_months, chart
from firstbell.platform.ui.columns import (
    ActionsColumn,
    BadgeColumn,
    BadgesColumn,
    Column,
    DateColumn,
    MomentColumn,
    NumberColumn,
    PercentColumn,
    Table,
    TimeColumn,
)
from firstbell.platform.ui.download import download
from firstbell.platform.ui.forms import Form
from firstbell.platform.ui.present import present
from firstbell.platform.ui.words import decimal_words, moment_words, percent_words, share_words, time_words

__all__ = [
    "ActionsColumn",
    "BadgeColumn",
    "BadgesColumn",
    "CalendarMonth",
    "Chart",
    "Column",
    "DateColumn",
    "Form",
    "Mark",
    "MomentColumn",
    "NumberColumn",
    "PercentColumn",
    "Series",
    "Table",
    "TimeColumn",
    "calendar_months",
    "chart",
    "decimal_words",
    "download",
    "moment_words",
    "percent_words",
    "present",
    "share_words",
    "time_words",
]
