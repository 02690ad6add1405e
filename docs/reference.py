"""Generate the reference pages from the code: settings, codes, commands and exit codes.

Each function returns Markdown. `hooks` puts it into the pages of `docs/reference/`; nothing of it
is committed, so that it cannot differ from the code.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import is_dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pipeline
from pipeline.cli import arguments, exit_codes
from pipeline.drafting import engines
from pipeline.project import settings as project_settings
from pipeline.project.settings import CheckScope, CheckSettings, Grammar, Settings
from pipeline.project.settings_reader import setting_names
from pipeline.rules.codes import RULES, explain_rule, explain_silencing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from pipeline.rules.rule import Rule

__all__ = [
    "FAMILIES",
    "GENERATED",
    "TABLES",
    "codes",
    "commands",
    "exit_code_table",
    "library",
    "settings",
]

TABLES: Mapping[str, tuple[str, type]] = {
    "": ("The project", Settings),
    "check.": ("The check", CheckSettings),
    "grammar.": ("The grammar engine", Grammar),
    "check.locale.LOCALE.": ("One locale, or one article", CheckScope),
}
"""Heading and dataclass of each table of settings, by the prefix of its settings."""

FAMILIES: Mapping[str, str] = {
    "PO": "The catalogue as a file",
    "MK": "Markup, links, placeholders and numbers",
    "NM": "Names, handles and addresses",
    "GL": "Glossary",
    "TY": "Typography",
    "GR": "Grammar and spelling",
    "CO": "Completeness",
    "AR": "The article itself",
    "HT": "What a page in HTML cannot show",
    "MT": "Machine translation",
    "AL": "Alignment with an existing version",
}
"""Heading of each family of codes, by the letters that its codes begin with."""


def settings() -> str:
    """Return a section for each setting, with its default, type and environment variable."""
    variables = {".".join(path): name for name, path in project_settings._variables().items()}
    parts = []
    for prefix, (heading, table) in TABLES.items():
        parts.append(f"## {heading}")
        if table is CheckScope:
            parts.append(
                "A table for each locale, such as `[check.locale.fr]`, or for each article, such "
                "as `[check.article.my-article]`."
            )
        default, documented = table(), _field_docs(table)
        for name in setting_names(default):
            value = getattr(default, name)
            if is_dataclass(value):
                continue
            facts = [f"Default: {_shown(value)}", f"Type: {_kind(value)}"]
            if prefix + name in variables and not isinstance(value, Mapping):
                facts.append(f"Environment variable: `{variables[prefix + name]}`")
            parts += [f"### `{prefix}{name}`", documented[name], _bullets(facts)]
    parts += ["## Options of the engines", _engine_options()]
    return "\n\n".join(parts)


def _field_docs(table: type) -> dict[str, str]:
    """Return the docstring of each field of a dataclass."""
    (tree,) = ast.parse(inspect.getsource(table)).body
    assert isinstance(tree, ast.ClassDef)
    return _docstrings(tree.body)


def _docstrings(body: list[ast.stmt]) -> dict[str, str]:
    """Return the strings that follow assignments, by the names that are assigned."""
    documented = {}
    for assignment, text in pairwise(body):
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            match assignment:
                case (
                    ast.AnnAssign(target=ast.Name(id=name))
                    | ast.Assign(targets=[ast.Name(id=name)])
                ):
                    documented[name] = " ".join(str(text.value.value).split()).replace("``", "`")
    return documented


def _shown(value: object) -> str:
    if value in ((), {}, ""):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(value: object) -> str:
    match value:
        case bool():
            return "`true` or `false`"
        case float() | int():
            return "number"
        case tuple():
            return "list of texts"
        case Mapping():
            return "table"
    return "text"


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _engine_options() -> str:
    parts = [
        "Each engine has a table of its own, such as `[engine.deepl]`. Keys are no options: they "
        "come from the environment only."
    ]
    for name in engines.ENGINES:
        rows = [
            f"| `{o}` | {_shown(value)} |" for o, value in engines.default_options(name).items()
        ]
        service = engines.SERVICES.get(name)
        key = f"Key: `{service.KEY}`\n\n" if service and service.KEY else ""
        table = "\n".join(["| option | default |", "|---|---|", *rows])
        parts.append(f"### `engine.{name}`\n\n{key}{table}")
    return "\n\n".join(parts)


def codes() -> str:
    """Return a section for each family of codes, with all that `pipeline rules CODE` says."""
    parts = []
    for family, heading in FAMILIES.items():
        rules = {code: rule for code, rule in RULES.items() if code.startswith(family)}
        rows = [
            f"| [{code}](#{code.lower()}) | {rule.severity.value} | {_cell(rule.summary)} |"
            for code, rule in rules.items()
        ]
        parts.append(f"## {family}: {heading[0].lower()}{heading[1:]}")
        parts.append("\n".join(["| code | severity | problem |", "|---|---|---|", *rows]))
        parts += [_code(code, rule) for code, rule in rules.items()]
    return "\n\n".join(parts)


def _code(code: str, rule: Rule) -> str:
    heading, _, rest = explain_rule(code).partition("\n\n")
    assert rule.summary in heading
    problem = f"*{_cell(rule.summary)}* ({rule.severity.value})"
    silencing = _indented(_fenced(explain_silencing(code)))
    note = f'??? note "Ignore {code}, or change its severity"\n\n{silencing}'
    return f"### {code}\n\n{problem}\n\n{_fenced(rest)}\n\n{note}"


_BLOCK = re.compile(r"(?:^ {2,}.*(?:\n|\Z)|^\n(?= {2}))+", re.M)
"""Indented lines of an explanation, which are an example."""


def _fenced(text: str) -> str:
    """Return an explanation with its examples in fences, and characters nobody sees named."""

    def block(match: re.Match[str]) -> str:
        lines = textwrap.dedent(match[0]).strip("\n")
        return f"\n~~~~text\n{lines}\n~~~~\n"

    return _BLOCK.sub(block, "".join(map(_visible, text))).strip()


def _visible(character: str) -> str:
    unseen = unicodedata.category(character) in ("Cc", "Cf") and character != "\n"
    return f"[U+{ord(character):04X}]" if unseen else character


def _cell(text: str) -> str:
    """Return a text for a cell of a table, in which no character is markup."""
    return "".join("\\" + c if c in "\\`*_{}[]<>#|" else c for c in text)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def commands() -> str:
    """Return a section for each command with its usage, arguments, options and example."""
    parser, parsers = arguments.build_parsers()
    parts = [f"{parser.description}", _usage(parser), _argument_tables(parser)]
    for name, command in parsers.items():
        example = f"```console\n$ {(command.epilog or '').removeprefix('example: ')}\n```"
        heading = f"## pipeline {name} {{#{name}}}"
        parts += [heading, f"{command.description}", _usage(command)]
        parts += [_argument_tables(command), "Example:", example]
    return "\n\n".join(part for part in parts if part)


def _usage(parser: argparse.ArgumentParser) -> str:
    formatter = argparse.HelpFormatter(parser.prog, width=80)
    formatter.add_usage(None, parser._actions, parser._mutually_exclusive_groups, prefix="")
    usage = re.sub(r"\x1b\[[\d;]*m", "", formatter.format_help())  # Python 3.14 colours it
    return f"```text\n{usage.strip()}\n```"


def _argument_tables(parser: argparse.ArgumentParser) -> str:
    tables = {"argument": list(_arguments(parser)), "option": list(_options(parser))}
    return "\n\n".join(
        "\n".join([f"| {name} | meaning |", "|---|---|", *rows])
        for name, rows in tables.items()
        if rows
    )


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if action.option_strings or isinstance(action, argparse._SubParsersAction):
            continue
        name = action.metavar or "|".join(action.choices or ()) or action.dest.upper()
        yield f"| `{name}` | {_cell(action.help or '')} |"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if not action.option_strings:
            continue
        names = ", ".join(f"`{name}{_value(action)}`" for name in action.option_strings)
        yield f"| {names} | {_cell(action.help or '')} |"


def _value(action: argparse.Action) -> str:
    """Return what follows an option: nothing, a name in capitals, or the choices."""
    if action.nargs == 0:
        return ""
    name: Any = action.metavar or ",".join(action.choices or ()) or action.dest.upper()
    if action.choices:
        name = f"{{{name}}}"
    return f" [{name}]" if action.nargs == "?" else f" {name}"


def exit_code_table() -> str:
    """Return the table of exit codes, from the constants and their docstrings."""
    meanings = _docstrings(_body(exit_codes))
    names = sorted(exit_codes.__all__, key=lambda name: int(getattr(exit_codes, name)))
    rows = [f"| {getattr(exit_codes, name)} | {meanings[name]} |" for name in names]
    return "\n".join(["| code | meaning |", "|---|---|", *rows])


def _body(module: ModuleType) -> list[ast.stmt]:
    return ast.parse(inspect.getsource(module)).body


def library() -> str:
    """Return an instruction to mkdocstrings for each name that the library exports, in groups."""
    groups: dict[str, list[str]] = {name: [] for name in ("Functions", "Values", "Exceptions")}
    for name in pipeline.__all__:
        value = getattr(pipeline, name)
        if inspect.isclass(value) and issubclass(value, Exception):
            groups["Exceptions"].append(name)
        else:
            groups["Functions" if inspect.isfunction(value) else "Values"].append(name)
    parts = []
    for heading, names in groups.items():
        parts += [f"## {heading}", *(f"::: pipeline.{name}" for name in names)]
    return "\n\n".join(parts)


GENERATED: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "codes": codes,
    "commands": commands,
    "exit codes": exit_code_table,
    "library": library,
}
"""Function of each text that a page can ask for, by the name in its comment."""
