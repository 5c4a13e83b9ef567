"""Every command explains itself with an example."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from firstbell.config.cli import firstbell


def commands(group: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, with the words that call it."""
    yield " ".join(words), group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from commands(command, (*words, name))


ALL = list(commands(firstbell, ("firstbell",)))


@pytest.mark.parametrize(("words", "command"), ALL, ids=[words for words, _ in ALL])
def test_a_command_says_what_it_does_and_gives_an_example(words, command):
    assert command.help, "a first line in plain words"
    assert "Example:" in command.help
    example = command.help.split("Example:", 1)[1]
    assert words.split()[0] in example
    if not isinstance(command, click.Group):
        assert words in " ".join(example.split())


@pytest.mark.parametrize(("words", "command"), ALL, ids=[words for words, _ in ALL])
def test_every_option_says_what_it_is_for(words, command):
    silent = [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []
