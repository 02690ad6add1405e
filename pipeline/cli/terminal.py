"""Output of a run: results on standard output, messages on standard error."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from pipeline import catalogue, language  # lazy: loaded when first used
from pipeline.errors import MachineError
from pipeline.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rich.table import Table

    from pipeline.catalogue import StatusRow
    from pipeline.findings import Finding, Report

__all__ = ["Terminal"]

_MAX_NAMES = 12
"""Maximum number of written files that are named; of more, only the number is printed."""


class Terminal:
    """The two streams; ``quiet`` leaves only errors and results, ``verbose`` omits nothing."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self._messages = _console(stderr=True)

    def result(self, text: str) -> None:
        """Print the requested result.

        Raises:
            MachineError: standard output is closed or cannot be written.
        """
        try:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise MachineError(f"cannot write to standard output: {error.strerror}") from error
        except AttributeError as error:  # sys.stdout is None if it was closed before the start
            raise MachineError("cannot write to standard output: it is closed") from error

    def tell(self, line: str) -> None:
        """Print a line about finished work, unless quiet."""
        if not self.quiet:
            self._messages.print(line, markup=False)

    def warn(self, line: str) -> None:
        """Print a warning, unless quiet."""
        if not self.quiet:
            self._messages.print(f"[yellow]warning:[/] {escape(line)}")

    def error(self, line: str) -> None:
        """Print an error."""
        self._messages.print(f"[red]error:[/] {escape(line)}")

    def list_left_out(self, failures: Mapping[str, Exception]) -> None:
        """Print the articles or files that were left out, with the reasons."""
        limit = len(failures) if self.verbose else _MAX_NAMES
        for name, error in list(failures.items())[:limit]:
            self.error(f"{error} ({name} is left out)")
        if len(failures) > limit:
            self.error(f"and {len(failures) - limit} more are left out; --verbose lists them")

    @contextmanager
    def progress(self, name: str, steps: int) -> Iterator[Callable[[int], None]]:
        """Show a progress bar during long work, on a terminal only."""
        # Here, as few commands take long enough for a progress bar.
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        silent = self.quiet or not self._messages.is_terminal
        with Progress(*columns, console=self._messages, transient=True, disable=silent) as bar:
            task = bar.add_task(escape(name), total=steps)
            yield lambda count: bar.advance(task, count)

    def changes(
        self, paths: Sequence[str], removed: Sequence[str] = (), *, rehearsed: bool
    ) -> None:
        """Print the files that were written, or would be; ``removed`` ones are told already."""
        paths = [path for path in dict.fromkeys(paths) if path not in removed]
        verb = "would change" if rehearsed else "wrote"
        if not paths and removed:
            return
        if not paths:
            self.tell("nothing would change" if rehearsed else "nothing to do")
        elif len(paths) > _MAX_NAMES and not (self.verbose or rehearsed):
            self.tell(f"{verb} {len(paths)} files; --verbose lists them")
        else:
            for path in paths:
                self.tell(f"{verb} {path}")

    def findings(self, findings: Sequence[Finding]) -> None:
        """Print the findings of a run; notes only if verbose."""
        for finding in findings:
            if self.verbose or finding.severity is not Severity.INFO:
                self.tell(_format_finding(finding))

    def report(self, report: Report, *, plain: bool = False) -> str:
        """Return the findings of a check as text; ``plain`` is for a file, without colours.

        With ``quiet`` the text is empty if there are only notes.
        """
        from pipeline.gate import render_text  # here, as only a check needs it

        if self.quiet and all(f.severity is Severity.INFO for f in report.findings):
            return ""
        console = _console()
        color = bool(console.color_system) and not plain
        width = 100 if plain else console.width
        return render_text(report, verbose=self.verbose, color=color, width=width)

    def status(self, rows: Sequence[StatusRow], *, as_json: bool) -> None:
        """Print the progress of each section."""
        if as_json:
            self.result(_format_json("sections", [row._asdict() for row in rows]))
            return
        groups: dict[tuple[str, str], list[StatusRow]] = {}
        for row in rows:
            groups.setdefault((row.article, row.locale), []).append(row)
        console = _console()
        # Into a string: rich would end the program on a closed pipe or a full disk.
        console.file = text = io.StringIO()
        for table in _article_tables(groups) if len(groups) <= _MAX_NAMES else [_overview(groups)]:
            console.print(table)
        if groups:
            self.result(text.getvalue().rstrip("\n"))


def _console(*, stderr: bool = False) -> Console:
    # rich keeps bold and italics under NO_COLOR; without a colour system it has neither.
    return Console(
        stderr=stderr,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        emoji=False,
        soft_wrap=stderr,
    )


def _article_tables(groups: Mapping[tuple[str, str], list[StatusRow]]) -> Iterator[Table]:
    for (article, locale), group in groups.items():
        yield _table(f"{article}: {locale}, {language.own_name(locale)}", group)


def _overview(groups: Mapping[tuple[str, str], list[StatusRow]]) -> Table:
    """Return one table of many articles: a row for each locale."""
    locales: dict[str, list[StatusRow]] = {}
    for (_, locale), group in groups.items():
        locales.setdefault(locale, []).append(catalogue.total_row(group))
    articles = len({article for article, _ in groups})
    table = _new_table(f"{articles} articles; --article NAME shows one")
    table.add_column("locale")
    fields = _fields(row for group in groups.values() for row in group)
    for name in ("articles reviewed", *fields):
        table.add_column(name, justify="right")
    for locale, rows in locales.items():
        reviewed_count = sum(not (row.draft or row.empty) for row in rows)
        name = f"{locale}, {language.own_name(locale)}"
        table.add_row(
            escape(name), str(reviewed_count), *_format_numbers(catalogue.total_row(rows), fields)
        )
    return table


def _table(title: str, rows: list[StatusRow]) -> Table:
    table = _new_table(escape(title))
    table.add_column("section")
    fields = _fields(rows)
    for name in fields:
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(escape(row.speaker), *_format_numbers(row, fields))
    table.add_section()
    total = catalogue.total_row(rows)
    share = total.words_reviewed / total.words if total.words else 1.0
    table.add_row(f"{share:.0%} of the words", *_format_numbers(total, fields), style="bold")
    return table


def _fields(rows: Iterable[StatusRow]) -> tuple[str, ...]:
    """Return the fields of a table: those that all tables have, and those with any numbers."""
    rows = list(rows)
    others = [name for name in _RARE_FIELDS if any(getattr(row, name) for row in rows)]
    return ("reviewed", "draft", "empty", *others, "words")


_RARE_FIELDS = ("original", "names", "omitted", "stale", "waiting")


def _format_numbers(row: StatusRow, fields: Sequence[str]) -> tuple[str, ...]:
    numbers = (getattr(row, name) for name in fields)
    return tuple(str(number) if number else "·" for number in numbers)


def _format_finding(finding: Finding) -> str:
    place = finding.catalogue or finding.place
    where = f"{place.path}:{place.line}:{place.column}: " if place else ""
    context = f" [{finding.context}]" if finding.context else ""
    return f"{where}{finding.code} {finding.severity.value}: {finding.message}{context}"


def _format_json(name: str, items: list[dict[str, object]]) -> str:
    return json.dumps({"version": 1, name: items}, indent=2, ensure_ascii=False)


def _new_table(title: str) -> Table:
    from rich.table import Table  # here, as only `run` and `status` print tables

    return Table(title=title, title_justify="left")
