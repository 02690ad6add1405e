"""`import`: documents of people become articles; a reviewer's document is compared only."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.alignment import align
from pipeline.article import read_article
from pipeline.commands.returned_document import find_differences
from pipeline.errors import InputError, MachineError, PipelineError, UsageError
from pipeline.importers import MOST_BYTES, ImportOptions, read_document, render_article
from pipeline.language import detect_language, name_in, require_locale
from pipeline.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.commands.job import Job
    from pipeline.importers import Document, LeftOut
    from pipeline.model import Article
    from pipeline.project import Workspace

__all__ = ["ImportRequest", "import_documents"]

_STDIN = "-"
_GENERIC = re.compile(
    r"(?:index|page|document|doc|untitled|sans-titre|unbenannt|sin-titulo|article|download|file|"
    r"text|new|nouveau|responses|form-responses)?[-_\d()]*\Z"
)
_UNSAFE = re.compile(r"[^\w.]+")
_MOST_NAME_WORDS = 8
_LONGEST_SHOWN = 70
_FEW_LETTERS = 200
"""Letters of a text of which the language is often taken for another one."""
_MOST_SHOWN = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")


class ImportRequest(NamedTuple):
    """Files to import, and what their editor says of them."""

    files: Sequence[str]
    """Paths of the files; ``-`` is standard input."""
    article: str | None = None
    """Name of the article; None for one made of the file's name or the title."""
    language: str | None = None
    """Language of the documents; None to detect it."""
    options: ImportOptions = ImportOptions()
    verbose: bool = False
    """List what is left out in full."""


def import_documents(job: Job, request: ImportRequest, read_input: Callable[[], bytes]) -> bool:
    """Import files; return whether one is a translation that differs from its catalogue.

    ``read_input`` returns the content of standard input. If there are several files, one that
    cannot be imported is left out.

    Raises:
        PipelineError: the only file cannot be imported.
    """
    differs = False
    for file in request.files:
        try:
            differs |= _import(job, request, file, read_input)
        except PipelineError as error:
            if len(request.files) == 1:
                raise
            job.leave_out(file, error)
    return differs


def _import(job: Job, request: ImportRequest, file: str, read_input: Callable[[], bytes]) -> bool:
    workspace = job.workspace
    shown = "standard input" if file == _STDIN else file
    data = read_input() if file == _STDIN else _read_file(Path(file))
    options = request.options._replace(rules=workspace.settings.rules)
    document = read_document(data, shown, _file_finder(file), options)
    locale = _choose_locale(workspace, document, request.language, shown)
    name = _choose_name(workspace, document, request.article, file, locale)
    if _is_returned(job, name, locale, document):
        return _report_returned(job, name, locale, document, shown)
    path = _new_path(workspace, name, locale)
    document, pictures = _place_pictures(workspace, document, name, path)
    text = render_article(document, locale if workspace.settings.html else "")
    data = text.encode("utf-8")
    for picture, content in pictures.items():
        workspace.write(picture, content, None)
    workspace.write(path, data, None)
    article = read_article(data, path, workspace.settings.rules)
    _report(job, request, document, article, f"{name} {locale}")
    _report_fits(job, name, locale, article)
    return False


def _read_file(file: Path) -> bytes:
    """Return the content of a file.

    Raises:
        UsageError: there is no such file.
        InputError: it is larger than any document.
        MachineError: it cannot be read.
    """
    try:
        if file.is_dir():
            raise UsageError(f"{file}: is a folder; name the files in it")
        if file.exists() and not file.is_file():
            raise UsageError(f"{file}: is no file; import from a pipe with '-'")
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"has {size:,} bytes, and at most {MOST_BYTES:,} are read; make its pictures "
                "smaller, or copy its text into a new document",
                str(file),
            )
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"{file}: no such file") from error
    except OSError as error:
        raise MachineError(f"{file}: cannot be read: {error.strerror or error}") from error


def _file_finder(file: str) -> Callable[[str], bytes | None]:
    """Return a function that reads files in the folder of a document, and no others."""
    folder = Path(file).resolve().parent

    def find(path: str) -> bytes | None:
        if file == _STDIN or not path or "\0" in path:
            return None
        try:
            target = (folder / path).resolve()
            is_inside = target.is_relative_to(folder) and target.is_file()
            if not is_inside or target.stat().st_size > MOST_BYTES:
                return None
            return target.read_bytes()
        except OSError:
            return None

    return find


def _choose_locale(
    workspace: Workspace, document: Document, language: str | None, shown: str
) -> str:
    """Return the locale of the project that a document is in.

    Raises:
        UsageError: it is none of the project's.
    """
    settings = workspace.settings
    locales = (settings.source, *settings.locales)
    available = f"this project has {', '.join(locales)}"
    if language:
        locale = require_locale(language)
        if locale not in locales:
            raise UsageError(
                f"--lang {language}: {available}; add {locale} to the setting 'locales' first"
            )
        return locale
    marked = document.mark.rpartition(":")[2]
    if marked in locales:
        return marked
    plain = (block.plain for block in document.blocks)
    text = " ".join([document.title, document.description, *plain])
    detected = detect_language(text)
    for candidate in (detected, document.language):
        own = [one for one in locales if candidate and _code(one) == _code(candidate)]
        if own:
            exact = candidate.replace("-", "_")
            return exact if exact in own else own[0]
    if sum(map(str.isalpha, text)) < _FEW_LETTERS:
        raise UsageError(f"{shown}: is too short to tell its language, and {available}; add --lang")
    raise UsageError(
        f"{shown}: is in {name_in(detected, 'en')} ({detected}), it seems, and {available}; add "
        f"--lang if that is wrong, or {detected} to the setting 'locales'"
    )


def _code(locale: str) -> str:
    return re.split("[-_@]", locale)[0].lower()


def _choose_name(
    workspace: Workspace, document: Document, article: str | None, file: str, locale: str
) -> str:
    """Return the name of the article.

    Raises:
        UsageError: it is not a name for files, or none is known.
    """
    if article is not None:
        return _require_name(workspace, article, locale)
    if document.mark:
        return _require_name(workspace, document.mark.rpartition(":")[0], locale)
    stem = "" if file == _STDIN else _slug(Path(file).stem)
    languages = "|".join(
        re.escape(one.lower()) for one in (workspace.settings.source, *workspace.settings.locales)
    )
    stem = re.sub(rf"[-_.](?:{languages})\Z", "", stem)
    if stem in (workspace.settings.source.lower(), *map(str.lower, workspace.settings.locales)):
        stem = "" if file == _STDIN else _slug(Path(file).resolve().parent.name)
    if _GENERIC.match(stem):
        words = re.split(r"-", _slug(document.title))
        stem = "-".join(words[:_MOST_NAME_WORDS]) or stem
    if not stem:
        raise UsageError("no title found to name the article by; add --article NAME")
    return _require_name(workspace, stem, locale)


def _slug(text: str) -> str:
    """Return a text as the name of a file."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", plain).lower()).strip("-._")


def _require_name(workspace: Workspace, name: str, locale: str) -> str:
    """Return a name if its files are articles inside of the project."""
    parts = name.split("/")
    is_safe = all(part.strip() and not part.startswith(".") for part in parts)
    path = workspace.article_path(name, locale)
    root = workspace.root.resolve()
    is_inside = is_safe and (root / path).resolve().is_relative_to(root)
    if _CONTROL.search(name) or not is_inside or workspace.identify(path)[:2] != ("article", name):
        raise UsageError(
            f"'{name}' cannot be the name of an article; take letters, digits and hyphens, such "
            f"as --article {_slug(parts[-1]) or 'my-article'}"
        )
    return name


def _new_path(workspace: Workspace, name: str, locale: str) -> str:
    """Return the path of a new version.

    Raises:
        UsageError: the file exists.
    """
    path = workspace.article_path(name, locale)
    if workspace.exists(path) or workspace.locate(path).exists():
        raise UsageError(
            f"{path}: exists, and is never overwritten; import under another name with --article "
            "NAME, or move the file away"
        )
    return path


def _place_pictures(
    workspace: Workspace, document: Document, name: str, path: str
) -> tuple[Document, dict[str, bytes]]:
    """Return a document with the names of its pictures beside the article, and these by path."""
    folder = posixpath.dirname(path)
    own_folder = name.split("/")[-1] in folder.split("/")
    prefix = "" if own_folder else f"{name.split('/')[-1]}-"
    pictures: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for picture, content in document.pictures.items():
        number = 1
        stem, ending = posixpath.splitext(picture)
        while True:
            candidate = f"{prefix}{stem}{f'-{number}' if number > 1 else ''}{ending}"
            target = posixpath.join(folder, candidate)
            existing = workspace.read(target)
            if existing in (None, content) and target not in pictures:
                break
            number += 1
        names[picture] = candidate
        if existing is None:
            pictures[target] = content
    blocks = document.blocks
    for old, new in names.items():
        if old != new:
            blocks = tuple(
                b._replace(text=b.text.replace(f"]({old})", f"]({new})")) for b in blocks
            )
    return document._replace(blocks=blocks), pictures


def _report(
    job: Job, request: ImportRequest, document: Document, article: Article, label: str
) -> None:
    """Print what came in, what did not, and what is worth a look."""
    experts = [section for section in article.sections if section.expert]
    names = f": {', '.join(section.name for section in experts)}" if experts else ""
    count = "1 expert" if len(experts) == 1 else f"{len(experts)} experts"
    job.tell(f"{label}: {len(article.segments)} texts, {count}{names}")
    for part in document.left_out:
        job.tell(_format_left_out(part, verbose=request.verbose))
    for note in document.notes:
        job.tell(f"note: {note}")
    if any(part.can_stay for part in document.left_out):
        job.tell("'--keep' keeps what surrounds an article; delete the new file, and import again")
    if not experts:
        job.warn(
            f"{article.path}: no expert found; give each a heading such as "
            "'## Name, Organisation (@handle)'"
        )
    if not document.title:
        job.warn(f"{article.path}: no title found; add 'title: …' to its front matter")


def _format_left_out(part: LeftOut, *, verbose: bool) -> str:
    count = len(part.text.split())
    words = "1 word" if count == 1 else f"{count} words"
    text = part.text
    if not verbose and len(text) > _LONGEST_SHOWN:
        text = text[: _LONGEST_SHOWN - 1] + "…"
    return f"left out ({part.kind}; {words}): {text}"


def _report_fits(job: Job, name: str, locale: str, article: Article) -> None:
    """Print how a new translation fits its source, or a new source the translations."""
    settings = job.workspace.settings
    if locale == settings.source:
        for other in settings.locales:
            version = job.version(name, other)
            if version is not None:
                _report_fit(job, name, other, article, version)
        return
    path = job.workspace.article_path(name, settings.source)
    if job.workspace.exists(path):
        _report_fit(job, name, locale, job.source(name), article)
        return
    job.warn(
        f"{article.path}: its source {path} is missing; import that, too, or set 'source' to "
        f"{locale}"
    )


def _report_fit(job: Job, name: str, locale: str, source: Article, version: Article) -> None:
    source_locale = job.workspace.settings.source
    beads = align(source, version, locales=(source_locale, locale)).beads
    paired = sum(len(bead.source) for bead in beads if bead.version)
    experts = [sum(s.expert for s in one.sections) for one in (source, version)]
    sections = [len(one.sections) for one in (source, version)]
    job.tell(
        f"{name}: {locale} fits {source_locale}: experts {experts[1]} of {experts[0]}, sections "
        f"{sections[1]} of {sections[0]}, texts {paired} of {len(source.segments)}"
    )
    for article, indexes, other in (
        (source, [i for b in beads if not b.version for i in b.source], locale),
        (version, [i for b in beads if not b.source for i in b.version], source_locale),
    ):
        for index in indexes[:_MOST_SHOWN]:
            segment = article.segments[index]
            text = segment.text[:_LONGEST_SHOWN]
            job.tell(f"{article.path}:{segment.line}: nothing in {other} fits: {text}")
        if len(indexes) > _MOST_SHOWN:
            job.tell(f"{article.path}: and {len(indexes) - _MOST_SHOWN} more")
    job.tell(f"next: pipeline align --article {name} --locale {locale}")


def _is_returned(job: Job, name: str, locale: str, document: Document) -> bool:
    """Return whether a document is a translation that the project has already."""
    workspace = job.workspace
    if workspace.read(workspace.article_path(name, workspace.settings.source)) is None:
        return False
    if locale == workspace.settings.source:
        return bool(document.mark)
    if workspace.read(workspace.catalogue_path(name, locale)) is None:
        return False
    catalog = job.catalogues.read(name, locale)
    has_version = workspace.exists(workspace.article_path(name, locale))
    is_reviewed = any(unit.state is State.REVIEWED for unit in catalog.units)
    has_text = any(unit.target for unit in catalog.units)
    return is_reviewed or (has_text and (has_version or bool(document.mark)))


def _report_returned(job: Job, name: str, locale: str, document: Document, shown: str) -> bool:
    """Print how a document differs from what the project has; return whether it does."""
    is_source = locale == job.workspace.settings.source
    path = (
        job.workspace.article_path(name, locale)
        if is_source
        else job.workspace.catalogue_path(name, locale)
    )
    comparison = find_differences(job, name, locale, document)
    for line in comparison.lines:
        job.output.result(line)
    for part in document.left_out:
        if part.kind.startswith(("comment", "tracked")):
            job.output.result(f"{part.kind}: {part.text}")
    if not comparison.lines:
        job.tell(f"{shown}: no text differs from {path}; nothing was changed")
        return False
    job.tell(
        f"{shown}: {comparison.equal} texts as in {path}, {comparison.differing} differ; nothing "
        f"was changed: take what is right over into {path}"
    )
    return True
