"""Paper is made of data, not of markup; tagged, and the same data give the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from firstbell.platform.printing import pdf

TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang)
= #data.title
#data.body
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


def test_a_pdf_is_tagged_and_says_its_language(template):
    page = pdf(template, {"title": "Aviso", "lang": "es", "body": "Hola"})
    assert page.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in page
    assert b"/Lang(es)" in page


def test_what_looks_like_markup_is_printed_as_text(template):
    hostile = '#panic("x") #read("/etc/hostname") $x$ *b* @ref <label> \\'
    assert pdf(template, {"title": hostile, "lang": "en", "body": hostile})


def test_the_same_data_give_the_same_bytes(template):
    data = {"title": "T", "lang": "en", "body": date(2026, 11, 24)}
    assert pdf(template, data) == pdf(template, data)
    with pytest.raises(TypeError, match="object"):
        pdf(template, {"title": object(), "lang": "en", "body": ""})
