"""Interface texts of the pages: template, catalogues, and fallback."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest
from jinja2 import nodes

from pipeline.catalogue.po.file import load_po
from pipeline.errors import InputError, UsageError
from pipeline.language import is_locale
from pipeline.model import State
from pipeline.pages import html as page
from pipeline.pages.interface import Phrase, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = Path(page.__file__).parent
FOLDER = PAGES / "interface"
CATALOGUES = sorted(FOLDER.glob("*.po"))
PREVIEWS = sorted(FOLDER.glob("preview/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[ds]")
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
ONE = "%(count)d text on this page is an unreviewed draft."
OTHER = "%(count)d texts on this page are unreviewed drafts."


def keys(path: Path) -> list[tuple[str, str]]:
    return [unit.key for unit in load_po(path, path.name).units]


def phrases_in_python() -> Iterator[tuple[str, str]]:
    trees = [ast.parse((PAGES / f"{n}.py").read_text("utf-8")) for n in ("html", "foreign_parts")]
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if node.func.attr == "say":
                assert len(texts) == 1, "a phrase must be written where it is said"
                yield "", str(texts[0])
            elif node.func.attr == "count" and len(node.args) == 3:
                assert len(texts) == 2, "a phrase must be written where it is said"
                yield "one", str(texts[0])
                yield "other", str(texts[1])


def phrases_in_template() -> Iterator[tuple[str, str]]:
    text = (PAGES / "templates" / "page.html.jinja").read_text("utf-8")
    for call in jinja2.Environment(autoescape=True).parse(text).find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr == "say":
            (argument,) = call.args
            assert isinstance(argument, nodes.Const), "a phrase must be written where it is said"
            yield "", argument.value


def write(path: Path, *entries: tuple[str, str, str]) -> Path:
    lines = [HEADER]
    for context, msgid, msgstr in entries:
        lines.append(f'msgctxt "{context}"' if context else "#")
        lines.append(f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_template_holds_exactly_what_the_pages_say() -> None:
    phrases = {*phrases_in_python(), *phrases_in_template()}
    assert len(phrases) > 10
    readers, translators = keys(FOLDER / "interface.pot"), keys(FOLDER / "preview" / "preview.pot")
    assert {*readers, *translators} == phrases
    assert len(readers) == 8


def test_readers_of_many_languages_have_words_of_their_own() -> None:
    assert len(CATALOGUES) > 30
    assert [path.stem for path in CATALOGUES if not is_locale(path.stem)] == []
    assert [path.stem for path in PREVIEWS] == ["ca", "de", "es", "fr", "it", "pt"]


@pytest.mark.parametrize("path", [*CATALOGUES, *PREVIEWS], ids=lambda path: path.stem)
def test_a_catalogue_is_complete(path: Path) -> None:
    units = load_po(path, path.name).units
    (template,) = path.parent.glob("*.pot")
    assert [unit.key for unit in units] == keys(template)
    assert [unit.key for unit in units if unit.state is not State.REVIEWED] == []


@pytest.mark.parametrize("path", [*CATALOGUES, *PREVIEWS], ids=lambda path: path.stem)
def test_a_translation_keeps_the_placeholders(path: Path) -> None:
    for unit in load_po(path, path.name).units:
        placeholders = sorted(PLACEHOLDER.findall(unit.target))
        assert placeholders == sorted(PLACEHOLDER.findall(unit.source)), unit.source


@pytest.mark.parametrize("path", [*CATALOGUES, *PREVIEWS], ids=lambda path: path.stem)
def test_a_catalogue_pleases_msgfmt(path: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "msgfmt is missing; install gettext"
    run = subprocess.run(
        [msgfmt, "--check", "-o", "/dev/null", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("fr", Phrase("Langues", "fr")),
        ("fr_CA", Phrase("Langues", "fr")),
        ("pt_BR", Phrase("Idiomas", "pt")),
        ("ca_ES@valencia", Phrase("Idiomes", "ca")),
        ("en", Phrase("Languages", "en")),
        ("zh_TW", Phrase("語言", "zh_Hant")),
        ("zh_CN", Phrase("语言", "zh")),
        ("sr@latin", Phrase("Jezici", "sr_Latn")),
        ("cy", Phrase("Languages", "en")),
    ],
)
def test_a_word_falls_back_to_the_parent_language_then_to_english(
    locale: str, expected: Phrase
) -> None:
    assert load_words(locale).say("Languages") == expected


def test_a_projects_own_words_win_and_the_rest_is_packaged(tmp_path: Path) -> None:
    own = write(tmp_path / "fr.po", ("", "Languages", "Autres langues"), ("", "Tip", ""))
    words = load_words("fr_CA", own)
    assert words.say("Languages") == Phrase("Autres langues", "fr_CA")
    assert words.say("Tip") == Phrase("Astuce", "fr")


def test_a_fuzzy_word_is_not_used(tmp_path: Path) -> None:
    own = tmp_path / "fr.po"
    own.write_text(f'{HEADER}\n#, fuzzy\nmsgid "Languages"\nmsgstr "Langage"\n', "utf-8")
    assert load_words("fr", own).say("Languages").text == "Langues"


@pytest.mark.parametrize(
    ("locale", "number", "text"),
    [
        ("en", 1, "1 text on this page is an unreviewed draft."),
        ("en", 2, "2 texts on this page are unreviewed drafts."),
        ("ar", 1, "1 text on this page is an unreviewed draft."),
        ("ar", 3, "3 texts on this page are unreviewed drafts."),
        ("de", 1, "1 Text auf dieser Seite ist ein ungeprüfter Entwurf."),
        ("de", 0, "0 Texte auf dieser Seite sind ungeprüfte Entwürfe."),
        ("fr", 0, "0 texte de cette page est un brouillon non relu."),
        ("fr", 1_000_000, "1000000 textes de cette page sont des brouillons non relus."),
    ],
)
def test_a_count_takes_the_plural_of_its_own_language(locale: str, number: int, text: str) -> None:
    assert load_words(locale).count(ONE, OTHER, number).text == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1 tekst"), (3, "3 teksty"), (5, "5 tekstu"), (21, "21 tekstu")]
)
def test_a_language_may_have_more_plural_forms(tmp_path: Path, number: int, text: str) -> None:
    own = write(
        tmp_path / "pl.po",
        ("one", ONE, "%(count)d tekst"),
        ("few", OTHER, "%(count)d teksty"),
        ("other", OTHER, "%(count)d tekstu"),
    )
    assert load_words("pl", own).count(ONE, OTHER, number) == Phrase(text, "pl")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By %(author)s", "By A%(x)s"),
        ("%(author)s, %(author)s", "A%(x)s, A%(x)s"),
        ("%(other)s", "%(other)s"),
        ("%(author)999999999s %s %d", "%(author)999999999s %s %d"),
        ("100 %% %(author)s", "100 % A%(x)s"),
        ("{author} {0.__class__}", "{author} {0.__class__}"),
    ],
)
def test_a_placeholder_is_filled_and_nothing_else_happens(text: str, expected: str) -> None:
    assert Phrase(text, "en").fill(author="A%(x)s") == Phrase(expected, "en")


def test_an_unknown_locale_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="unknown locale"):
        load_words("../../etc/passwd")


def test_a_broken_file_of_the_project_is_named(tmp_path: Path) -> None:
    own = tmp_path / "fr.po"
    own.write_text("this is not PO\n", "utf-8")
    with pytest.raises(InputError, match=r"fr\.po:1"):
        load_words("fr", own)
