"""The reference pages that the code itself can write: commands, calculations, access, parameters, tables.

Nothing in them is written twice: a page comes from the command line, the access table, the dated
parameters and the models as they are. A test holds the pages in ``docs/reference`` equal to these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import yaml

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made by `firstbell reference`; change the code, then make it again. -->\n"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {name: f"{MADE}\n{make()}" for name, make in PAGES.items()}


def commands_page() -> str:
    """Every command with its options, in the order of the alphabet."""
    from firstbell.config.cli import firstbell

    lines = [
        "# Commands\n",
        "Exit codes: 0 done; 1 the program failed, nothing half-done stays; 2 the input was",
    ]
    lines.append("refused, findings say where and what to do next, nothing changed.\n")
    for words, command in _walk(firstbell, ("firstbell",)):
        lines += [f"## {words}\n", *_command_lines(words, command)]
    return "\n".join(lines)


def _walk(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _walk(below, (*words, name))
    else:
        yield " ".join(words), command


def _command_lines(words: str, command: click.Command) -> list[str]:
    text, _, example = (command.help or "").partition("Example:")
    lines = [" ".join(text.split()), ""]
    if example:
        lines += ["```", " ".join(example.split()), "```", ""]
    usage = click.Context(command, info_name=words)
    rows = [record for one in command.params if (record := one.get_help_record(usage))]
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    if arguments:
        names = ", ".join(
            f"`{one.human_readable_name}`{'' if one.required else ' (optional)'}" for one in arguments
        )
        lines += [f"Takes {names}.", ""]
    if rows:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in rows]
        lines.append("")
    return lines


def calculations_page() -> str:
    """Every calculation with the input that runs and what it answers."""
    from firstbell.config.cli import calculations

    lines = [
        "# Calculations\n",
        "`firstbell calc NAME FILE` reads JSON and writes JSON, without a database; `--schema` prints both",
        "shapes. Amounts and shares are strings of exact decimals; each answer carries its `trace`.\n",
    ]
    for name, one in calculations().items():
        answer = json.loads(one(json.dumps(one.example).encode()))
        lines += [
            f"## {name}\n",
            f"{one.summary}\n",
            "Input:\n",
            _json(one.example),
            "Answer:\n",
            _json(answer),
        ]
    return "\n".join(lines)


def _json(value: Any) -> str:
    return f"```json\n{json.dumps(value, indent=1)}\n```\n"


def access_page() -> str:
    """The matrix: role by data class, as the policy holds it."""
    from firstbell.platform.access import POLICY, DataClass

    table = yaml.safe_load((ROOT / "platform" / "tables" / "access.yaml").read_text(encoding="utf-8"))
    lines = [
        "# Who may see what\n",
        "Scopes: `o` own, `w` own wards, `s` students of own current sections, `c` named caseload, `b` own",
        "building, `d` district; then `W` may write, `m` masked until a reason is typed, `f(set)` only those",
        "fields, `A` counts only, `P` suppressed counts only, `!` disclosure-logged, `t` while a dated grant",
        "lasts. An empty cell is nothing. `2` behind a role: a second factor is demanded at sign-in.\n",
        f"Source: {table['source']}.\n",
        "| role | "
        + " | ".join(f"{one.value} {one.name.replace('_', ' ').lower()}" for one in DataClass)
        + " |",
        "|---|" + "---|" * len(DataClass),
    ]
    for role in POLICY.roles:
        mark = " `2`" if POLICY.needs_second_factor(role) else ""
        cells = table["roles"][role]["cells"]
        lines.append(
            f"| {POLICY.label(role)}{mark} | "
            + " | ".join(cells.get(one.value, "") for one in DataClass)
            + " |"
        )
    lines += ["", "## Named field sets\n", "| set | fields |", "|---|---|"]
    lines += [f"| {name} | {', '.join(fields)} |" for name, fields in table["field_sets"].items()]
    return "\n".join(lines) + "\n"


def parameters_page() -> str:
    """Every dated parameter: value, unit, source, start; ``verify`` marks what is not confirmed."""
    lines = [
        "# Dated parameters\n",
        "A figure that law or a standards body sets is a row here, never a constant in code. *To be",
        "verified* marks a row that its source does not confirm to the letter; a parameter without a value",
        "is known to be needed and not known: what asks for it is refused.\n",
    ]
    for path in sorted(ROOT.glob("*/tables/**/*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not (isinstance(document, dict) and isinstance(document.get("parameters"), dict)):
            continue
        lines += [f"## {document.get('label', path.stem)}\n", f"`{path.relative_to(ROOT)}`\n"]
        lines += ["| parameter | from | value | unit | source |", "|---|---|---|---|---|"]
        for name, row in document["parameters"].items():
            for value in row.get("values") or [{"value": "not known", "start": "", "source": ""}]:
                doubt = " *to be verified*" if value.get("verify") else ""
                lines.append(
                    f"| {name} | {value.get('start', '')} | {_value(value.get('value'))}"
                    f" | {_cell(row.get('unit', ''))} | {_cell(value.get('source', ''))}{doubt} |"
                )
        lines.append("")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return _cell(", ".join(str(one) for one in value))
    if isinstance(value, dict):
        return _cell("; ".join(f"{key}: {one}" for key, one in value.items()))
    return _cell(str(value))


def tables_page() -> str:
    """Every table of every room, with its fields and their types."""
    from django.apps import apps

    lines = ["# Tables\n", "What the database holds, room by room; each table's idea first.\n"]
    for app in apps.get_app_configs():
        if not app.name.startswith("firstbell."):
            continue
        models = sorted(app.get_models(), key=lambda model: model.__name__)
        if models:
            lines.append(f"## {app.label}\n")
        for model in models:
            idea = " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())
            lines += [f"### {model.__name__}\n", f"{idea}\n", "| field | type |", "|---|---|"]
            for field in model._meta.concrete_fields:
                to = field.related_model
                kind = f"→ {to.__name__}" if to is not None else field.get_internal_type()
                lines.append(f"| {field.name} | {kind}{' or null' if field.null else ''} |")
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "calculations.md": calculations_page,
    "access.md": access_page,
    "parameters.md": parameters_page,
    "tables.md": tables_page,
}
