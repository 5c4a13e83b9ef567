"""A table as this request wants it: sorted, and one page of it."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest
from django_tables2 import RequestConfig

from firstbell.platform.ui.columns import Table

T = TypeVar("T", bound=Table)

PAGE = 50


def present(request: HttpRequest, table: T, *, size: int = PAGE) -> T:
    """Sort by ``?sort=`` (only columns of the table can be named) and cut to ``?page=``; 0 shows all."""
    RequestConfig(request, paginate={"per_page": size, "silent": True} if size else False).configure(table)
    return table
