"""Check files with the rules and a grammar engine, and select the findings to show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import GrammarError, MachineError, UsageError
from pipeline.findings import UNREAD, Finding, Report, fingerprinted
from pipeline.gate.cache import Verdicts
from pipeline.gate.document import finding_of
from pipeline.gate.grammar import open_grammar
from pipeline.gate.selection import Selection, require_codes, selection
from pipeline.gate.subjects import all_subjects, changed, named_subjects
from pipeline.language import suggestion
from pipeline.project import STATE_FOLDER
from pipeline.rules import GRAMMAR_RULES, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.commands import Job
    from pipeline.findings import Problem
    from pipeline.gate.grammar.contract import Grammar, Match
    from pipeline.gate.subjects import Subject
    from pipeline.project import CheckScope, CheckSettings

__all__ = ["CheckOptions", "Checked", "check_files"]

_VERDICTS = "verdicts.sqlite"


class CheckOptions(NamedTuple):
    """Options of a check."""

    paths: tuple[str, ...] = ()
    """Files, from the project's folder; empty for all articles and catalogues."""
    locale: str | None = None
    """Language of a file that does not name its own."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    grammar: bool = True
    """True if an engine proofreads."""
    since: str | None = None
    """Revision of git; only files and texts that changed since are checked."""
    home: Path = Path()
    """Folder in which LanguageTool is installed."""


class Checked(NamedTuple):
    """Report, and the safe problems for a repair."""

    report: Report
    repairs: tuple[tuple[Subject, Mapping[int, list[Problem]]], ...]
    """Problems that can be repaired without reading, by file and index of the text; offsets in the
    Markdown."""


def check_files(job: Job, wish: CheckOptions) -> Checked:
    """Check the files of the options.

    Raises:
        GrammarError: the engine cannot run; a check without it would be no check.
        InputError, UsageError: a file or an option is not valid.
    """
    _require_codes(job, wish)
    paths = list(wish.paths)
    subjects = named_subjects(job, paths, wish.locale) if paths else all_subjects(job)
    _require_scopes(job, subjects)
    if job.failures and not subjects:
        return Checked(Report((), ()), ())
    if wish.since is not None:
        subjects = changed(job, subjects, wish.since)
    engine, verdicts = _proofread(job, wish, subjects)
    findings: list[Finding] = []
    repairs = []
    for subject in subjects:
        shown = _selection(job, wish, subject)
        safe: dict[int, list[Problem]] = {}
        told: list[Finding] = []
        for finding, index, problem in _found(subject, verdicts):
            if shown.shows(finding.code, finding.rule):
                severity = shown.weighed(finding.code, finding.rule, finding.severity)
                told.append(replace(finding, severity=severity))
                if problem and problem.safe:
                    safe.setdefault(index, []).append(problem)
        findings += sorted(told, key=_where)
        repairs.append((subject, safe))
    return Checked(Report(fingerprinted(findings), (engine,)), tuple(repairs))


def _found(
    subject: Subject, verdicts: Mapping[str, Mapping[str, tuple[Match, ...]]]
) -> Iterator[tuple[Finding, int, Problem | None]]:
    """Yield the findings of a file, each with its text's index and its problem there."""
    for problem, place, catalogue in subject.placed:
        yield finding_of(problem, subject.locale, place, catalogue), 0, None
    document = subject.document
    if document is None:
        return
    found = document.problems(verdicts.get(subject.locale, {}))
    # What the text alone shows has a better place there.
    told = {
        (*passage.unit.key, problem.code)
        for passage, problems in zip(document.passages, found, strict=True)
        if passage.unit
        for problem in problems
    }
    for built in subject.built:
        if (built.context, built.source, built.code) not in told:
            yield replace(built, locale=subject.locale), 0, None
    for index, problems in enumerate(found):
        passage = document.passages[index]
        if not problems:
            continue
        spots = subject.locate(index)
        for problem in problems:
            finding = finding_of(problem, subject.locale, *spots.places(problem.start, problem.end))
            source = passage.unit.source if passage.unit else ""
            whole = replace(
                finding, context=passage.context, source=source, text=passage.text or source
            )
            yield whole, index, problem


def _where(finding: Finding) -> tuple[int, int]:
    place = finding.catalogue or finding.place
    return (place.line, place.column) if place else (0, 0)


def _proofread(
    job: Job, wish: CheckOptions, subjects: list[Subject]
) -> tuple[str, dict[str, dict[str, tuple[Match, ...]]]]:
    """Return the engine's name and version, and its matches by locale and text.

    Matches are cached; if all are in the cache, no engine is started.
    """
    read = [s for s in subjects if s.document and _wanted(job, wish, s)]
    if not wish.grammar or (subjects and not read):
        return UNREAD, {}
    settings = job.workspace.settings.grammar
    grammar = open_grammar(
        settings.engine, server=settings.server, home=wish.home, variants=settings.variants
    )
    try:
        version = _pinned(grammar, settings.version)
        verdicts = _open_verdicts(job)
        try:
            said = _read(job, grammar, version, verdicts, read)
            return _engine(version, subjects, read), said
        finally:
            verdicts.close()
    finally:
        grammar.close()


def _read(
    job: Job, grammar: Grammar, version: str, verdicts: Verdicts, subjects: list[Subject]
) -> dict[str, dict[str, tuple[Match, ...]]]:
    variants = job.workspace.settings.grammar.variants
    said: dict[str, dict[str, tuple[Match, ...]]] = {}
    asked: dict[str, dict[str, bytes]] = {}
    for subject in subjects:
        locale = subject.locale
        assert subject.document  # as all that are read
        for chunk in subject.document.chunks:
            key = Verdicts.key(version, variants.get(locale, locale), chunk.text)
            known = verdicts.get(key)
            if known is None:
                asked.setdefault(locale, {})[chunk.text] = key
            else:
                said.setdefault(locale, {})[chunk.text] = known
    for locale, texts in asked.items():
        _require_language(grammar, version, locale)
        with job.progress(f"proofread {locale}", len(texts)) as advance:
            answers = grammar.check(list(texts), locale)
            for (text, key), matches in zip(texts.items(), answers, strict=True):
                verdicts.put(key, matches)
                said.setdefault(locale, {})[text] = matches
                advance(1)
    return said


def _selection(job: Job, wish: CheckOptions, subject: Subject) -> Selection:
    check = job.workspace.settings.check
    return selection(check, subject.locale, subject.article, wish.select, wish.ignore)


def _wanted(job: Job, wish: CheckOptions, subject: Subject) -> bool:
    """Return whether the engine reads a file: the settings allow it, and its findings are shown."""
    check = job.workspace.settings.check
    scopes = (check.locale.get(subject.locale), check.article.get(subject.article))
    shown = _selection(job, wish, subject)
    return all(scope is None or scope.grammar for scope in scopes) and any(
        shown.shows(code, "") for code in GRAMMAR_RULES
    )


def _engine(version: str, subjects: list[Subject], read: list[Subject]) -> str:
    """Return the engine's name, with the languages that it was not asked for."""
    asked = {subject.locale for subject in read}
    unread = sorted({s.locale for s in subjects if s.document} - asked)
    return f"{version}, not used for {', '.join(unread)}" if unread else version


def _pinned(grammar: Grammar, version: str) -> str:
    found = grammar.version
    if version and version not in found.split():
        message = (
            f"expected version {version} of the grammar engine ('grammar.version'), found {found}"
        )
        raise GrammarError(f"{message}: install version {version}, or change the setting")
    return found


def _require_language(grammar: Grammar, version: str, locale: str) -> None:
    if not grammar.supports(locale):
        message = f"{version} does not proofread '{locale}'"
        hint = f"set 'grammar = false' in [check.locale.{locale}]"
        raise GrammarError(f"{message}: {hint}, or use --no-grammar")


def _open_verdicts(job: Job) -> Verdicts:
    """Open the cache of matches; where it cannot be kept, warn and use one in memory."""
    try:
        return Verdicts(job.workspace.state_file(_VERDICTS), f"{STATE_FOLDER}/{_VERDICTS}")
    except MachineError as error:
        job.warn(f"the results of the grammar engine are not cached: {error}")
        return Verdicts()


def _require_codes(job: Job, wish: CheckOptions) -> None:
    check = job.workspace.settings.check
    scopes: dict[str, CheckSettings | CheckScope] = {"settings, [check]": check}
    scopes |= {f"settings, [check.locale.{name}]": one for name, one in check.locale.items()}
    scopes |= {f"settings, [check.article.{name}]": one for name, one in check.article.items()}
    require_codes(wish.select, RULES, "--select", rules=False)
    require_codes(wish.ignore, RULES, "--ignore")
    require_codes(check.severity, RULES, "settings, [check.severity]")
    for where, scope in scopes.items():
        require_codes(scope.select, RULES, where, rules=False)
        require_codes(scope.ignore, RULES, where)


def _require_scopes(job: Job, subjects: list[Subject]) -> None:
    """Raise UsageError for settings of articles and locales that the project does not have."""
    settings, articles = job.workspace.settings, job.workspace.articles()
    locales = {settings.source, *settings.locales, *(subject.locale for subject in subjects)}
    for kind, named, known in (
        ("locale", settings.check.locale, sorted(locales)),
        ("article", settings.check.article, articles),
    ):
        for name in named:
            if name not in known:
                hint = suggestion(name, known, otherwise=f"expected one of: {', '.join(known)}")
                message = f"settings, [check.{kind}.{name}]: the project has no such {kind}{hint}"
                raise UsageError(message)
