"""The docs speak of the product as it is: links lead somewhere, commands exist, made pages are fresh."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from firstbell.config.cli import calculations, firstbell
from firstbell.config.reference import PAGES, pages

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
#: commands of the starter, which come before the product's own
STARTER = {"test"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_made_from_the_code_is_fresh(page):
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == pages()[page], "make it again: python3 run reference docs/reference"


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_links_lead_to_files_of_this_repository(path):
    broken = [
        target
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


def spoken() -> list[tuple[str, str]]:
    """Every command line of the docs: (page, words after ``firstbell``)."""
    found = []
    for path in DOCS:
        for _, block in FENCE.findall(path.read_text(encoding="utf-8")):
            for line in block.splitlines():
                for part in line.split("#")[0].split(" | "):
                    words = part.strip()
                    for opening in ("firstbell ", "python3 run "):
                        if words.startswith(opening):
                            found.append((name(path), words.removeprefix(opening)))
    return found


@pytest.mark.parametrize(("page", "words"), sorted(set(spoken())))
def test_a_command_in_the_docs_exists_with_these_options(page, words):
    arguments = shlex.split(words.split(">")[0])
    if arguments[0] in STARTER:
        return
    command: click.Command = firstbell
    context = click.Context(firstbell)
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        below = command.get_command(context, arguments[0])
        assert below is not None, f"{page}: there is no command {words}"
        command, arguments = below, arguments[1:]
        context = click.Context(command, context)
    if arguments and not {"--help", "--version"} & set(arguments):
        command.make_parser(context).parse_args(list(arguments))  # raises on an option it does not have


@pytest.mark.parametrize("calculation", calculations())
def test_a_calculations_example_runs_and_carries_its_trace(calculation):
    one = calculations()[calculation]
    answer = json.loads(one(json.dumps(one.example).encode()))
    assert answer["trace"], "a figure walks back to what made it"


def test_there_are_docs_of_every_kind():
    kinds = {path.parent.name for path in DOCS if path.parent.parent.name == "docs"}
    assert kinds == {"tutorial", "how-to", "reference", "explanation", "decisions"}


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert len(numbers) == len(set(numbers)) == max(numbers)
