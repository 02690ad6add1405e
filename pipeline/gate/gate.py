"""Check files with the rules and a grammar engine, and select the findings to show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import GrammarError, MachineError, UsageError
from pipeline.findings import UNREAD, Finding, Report, fingerprinted
from pipeline.gate.cache import MatchCache
from pipeline.gate.document import finding_of
from pipeline.gate.grammar import open_grammar
from pipeline.gate.selection import Selection, require_codes, select_findings
from pipeline.gate.subjects import all_subjects, changed_since, named_subjects
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

__all__ = ["CheckOptions", "CheckResult", "check_files"]

_CACHE_FILE = "verdicts.sqlite"


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


class CheckResult(NamedTuple):
    """Report, and the safe problems for a repair."""

    report: Report
    repairs: tuple[tuple[Subject, Mapping[int, list[Problem]]], ...]
    """Problems that can be repaired without reading, by file and index of the text, which is -1 for
    those of a file; offsets in the Markdown."""


def check_files(job: Job, options: CheckOptions) -> CheckResult:
    """Check the files of the options.

    Raises:
        GrammarError: the engine cannot run; a check without it would be no check.
        InputError, UsageError: a file or an option is not valid.
    """
    _require_codes(job, options)
    paths = list(options.paths)
    subjects = named_subjects(job, paths, options.locale) if paths else all_subjects(job)
    _require_scopes(job, subjects)
    # Nothing can be checked, and an engine would be started for nothing.
    if job.failures and not subjects:
        return CheckResult(Report((), ()), ())
    if options.since is not None:
        subjects = changed_since(job, subjects, options.since)
    engine, verdicts = _proofread(job, options, subjects)
    findings: list[Finding] = []
    repairs: dict[str, tuple[Subject, dict[int, list[Problem]]]] = {}
    for subject in subjects:
        selection = _selection(job, options, subject)
        safe: dict[int, list[Problem]] = {}
        subject_findings: list[Finding] = []
        for finding, index, problem in _iter_findings(subject, verdicts):
            if selection.shows(finding.code, finding.rule):
                severity = selection.severity_of(finding.code, finding.rule, finding.severity)
                subject_findings.append(replace(finding, severity=severity))
                if problem and problem.safe:
                    safe.setdefault(index, []).append(problem)
        findings += sorted(subject_findings, key=_position)
        # An article is one file, in however many languages it was checked.
        repairs.setdefault(subject.path, (subject, {}))[1].update(safe)
    return CheckResult(Report(fingerprinted(findings), (engine,)), tuple(repairs.values()))


def _iter_findings(
    subject: Subject, verdicts: Mapping[str, Mapping[str, tuple[Match, ...]]]
) -> Iterator[tuple[Finding, int, Problem | None]]:
    """Yield the findings of a file, each with its text's index and its problem there."""
    for problem, place, catalogue in subject.file_problems:
        yield finding_of(problem, subject.locale, place, catalogue), -1, problem
    document = subject.document
    if document is None:
        return
    results = document.problems(verdicts.get(subject.locale, {}))
    # What the text alone shows has a better place there.
    reported = {
        (*text.unit.key, problem.code)
        for text, problems in zip(document.texts, results, strict=True)
        if text.unit
        for problem in problems
    }
    for finding in subject.build_findings:
        if (finding.context, finding.source, finding.code) not in reported:
            yield replace(finding, locale=subject.locale), -1, None
    for index, problems in enumerate(results):
        text = document.texts[index]
        if not problems:
            continue
        location = subject.locate(index)
        for problem in problems:
            finding = finding_of(
                problem, subject.locale, *location.places(problem.start, problem.end)
            )
            source = text.unit.source if text.unit else ""
            located = replace(
                finding, context=text.context, source=source, text=text.text or source
            )
            yield located, index, problem


def _position(finding: Finding) -> tuple[int, int]:
    place = finding.catalogue or finding.place
    return (place.line, place.column) if place else (0, 0)


def _proofread(
    job: Job, options: CheckOptions, subjects: list[Subject]
) -> tuple[str, dict[str, dict[str, tuple[Match, ...]]]]:
    """Return the engine's name and version, and its matches by locale and text.

    Matches are cached; if all are in the cache, no engine is started.
    """
    proofread_subjects = [s for s in subjects if s.document and _is_proofread(job, options, s)]
    if not options.grammar or (subjects and not proofread_subjects):
        return UNREAD, {}
    settings = job.workspace.settings.grammar
    grammar = open_grammar(
        settings.engine, server=settings.server, home=options.home, variants=settings.variants
    )
    try:
        version = _require_version(grammar, settings.version)
        verdicts = _open_cache(job)
        try:
            matches = _proofread_texts(job, grammar, version, verdicts, proofread_subjects)
            read = [s for s in proofread_subjects if _of_grammar(s.locale) not in job.failures]
            return _engine_name(version, subjects, read), matches
        finally:
            verdicts.close()
    finally:
        grammar.close()


def _proofread_texts(
    job: Job, grammar: Grammar, version: str, verdicts: MatchCache, subjects: list[Subject]
) -> dict[str, dict[str, tuple[Match, ...]]]:
    variants = job.workspace.settings.grammar.variants
    answers_by_locale: dict[str, dict[str, tuple[Match, ...]]] = {}
    missing: dict[str, dict[str, bytes]] = {}
    for subject in subjects:
        locale = subject.locale
        assert subject.document  # as all that are read
        for chunk in subject.document.chunks:
            key = MatchCache.key(version, variants.get(locale, locale), chunk.text)
            cached = verdicts.get(key)
            if cached is None:
                missing.setdefault(locale, {})[chunk.text] = key
            else:
                answers_by_locale.setdefault(locale, {})[chunk.text] = cached
    for locale, texts in missing.items():
        if not grammar.supports(locale):
            # The findings in other languages are worth reading, too.
            job.failures[_of_grammar(locale)] = _unknown_language(version, locale)
            continue
        with job.progress(f"proofread {locale}", len(texts)) as advance:
            answers = grammar.check(list(texts), locale)
            for (text, key), matches in zip(texts.items(), answers, strict=True):
                verdicts.put(key, matches)
                answers_by_locale.setdefault(locale, {})[text] = matches
                advance(1)
    return answers_by_locale


def _selection(job: Job, options: CheckOptions, subject: Subject) -> Selection:
    check = job.workspace.settings.check
    return select_findings(check, subject.locale, subject.article, options.select, options.ignore)


def _is_proofread(job: Job, options: CheckOptions, subject: Subject) -> bool:
    """Return whether the engine reads a file: the settings allow it, and its findings are shown."""
    check = job.workspace.settings.check
    scopes = (check.locale.get(subject.locale), check.article.get(subject.article))
    selected = _selection(job, options, subject)
    return all(scope is None or scope.grammar for scope in scopes) and any(
        selected.shows(code, "") for code in GRAMMAR_RULES
    )


def _engine_name(version: str, subjects: list[Subject], proofread_subjects: list[Subject]) -> str:
    """Return the engine's name, with the languages that it was not asked for."""
    proofread_locales = {subject.locale for subject in proofread_subjects}
    other_locales = sorted({s.locale for s in subjects if s.document} - proofread_locales)
    return f"{version}, not used for {', '.join(other_locales)}" if other_locales else version


def _require_version(grammar: Grammar, version: str) -> str:
    actual = grammar.version
    if version and version not in actual.split():
        message = (
            f"expected version {version} of the grammar engine ('grammar.version'), found {actual}"
        )
        raise GrammarError(f"{message}: install version {version}, or change the setting")
    return actual


def _of_grammar(locale: str) -> str:
    """Return the name of what is left out if the engine does not know a language."""
    return f"grammar of '{locale}'"


def _unknown_language(version: str, locale: str) -> GrammarError:
    message = f"{version} does not proofread '{locale}'"
    hint = f"set 'grammar = false' in [check.locale.{locale}]"
    return GrammarError(f"{message}: {hint}, or use --no-grammar")


def _open_cache(job: Job) -> MatchCache:
    """Open the cache of matches; where it cannot be kept, warn and use one in memory."""
    try:
        return MatchCache(job.workspace.state_file(_CACHE_FILE), f"{STATE_FOLDER}/{_CACHE_FILE}")
    except MachineError as error:
        job.warn(f"the results of the grammar engine are not cached: {error}")
        return MatchCache()


def _require_codes(job: Job, options: CheckOptions) -> None:
    check = job.workspace.settings.check
    scopes: dict[str, CheckSettings | CheckScope] = {"settings, [check]": check}
    scopes |= {f"settings, [check.locale.{name}]": one for name, one in check.locale.items()}
    scopes |= {f"settings, [check.article.{name}]": one for name, one in check.article.items()}
    require_codes(options.select, RULES, "--select", rules=False)
    require_codes(options.ignore, RULES, "--ignore")
    require_codes(check.severity, RULES, "settings, [check.severity]")
    for where, scope in scopes.items():
        require_codes(scope.select, RULES, where, rules=False)
        require_codes(scope.ignore, RULES, where)


def _require_scopes(job: Job, subjects: list[Subject]) -> None:
    """Raise UsageError for settings of articles and locales that the project does not have."""
    settings, articles = job.workspace.settings, job.workspace.articles()
    locales = {settings.source, *settings.locales, *(subject.locale for subject in subjects)}
    for kind, scopes, names in (
        ("locale", settings.check.locale, sorted(locales)),
        ("article", settings.check.article, articles),
    ):
        for name in scopes:
            if name not in names:
                hint = suggestion(name, names, otherwise=f"available: {', '.join(names)}")
                message = f"settings, [check.{kind}.{name}]: the project has no such {kind}{hint}"
                raise UsageError(message)
