"""Existing sites: found by `init`, translated in place, built by their own generators."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from pipeline.errors import MachineError
from pipeline.project.paths import Layout
from pipeline.project.settings import load_settings
from pipeline.project.sites import detect_site
from tests.node import ENVIRONMENT, PACKAGES
from tests.privileges import unreadable
from tests.sample_project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POST = """\
---
title: {title}
---

We asked two cooks **one** question.

## Ana Ruiz, Blue Spoon (@ana_ruiz)

I never weigh it.
"""
ONE, TWO = POST.format(title="On salt"), POST.format(title="On pepper")
FRENCH = """\
---
title: Du sel
---

Nous avons posé **une** question à deux cuisiniers.

## Ana Ruiz, Blue Spoon (@ana_ruiz)

Je ne le pèse jamais.
"""
ASIDE = """\
---
title: On pepper
---

We asked two cooks **one** question, see [below](#how-much).

:::note[A title]

Words of a note.

:::

## How much

A pinch.
"""
SCRIPT = """\
---
title: On pepper
---

import {{ Tabs, TabItem }} from '{components}';

export const sorts = [
  {{ name: 'k', title: 'Black' }},
  {{ name: 'w', title: 'White, or pale' }},
];

{{/* What nobody reads. */}}

We asked two cooks **one** question, see [below](#how-much).

<Tabs>
  <TabItem {key}="fine" label="Fine">Finely ground.</TabItem>
  <TabItem {key}="coarse" label="Coarse">

    Words of a *list*:

    - One item.

  </TabItem>
</Tabs>

## How much

| Head | Cell |
|------|------|
| Body | A pinch, {{1 + 1}} at most. |

<ul>{{sorts.map((sort) => <li key={{sort.name}}>{{sort.title}}</li>)}}</ul>
"""
STARLIGHT = SCRIPT.format(components="@astrojs/starlight/components", key="class")
DOCUSAURUS = (
    ASIDE
    + "\n"
    + SCRIPT.format(components="", key="value")
    .partition("---\n\n")[2]
    .replace(
        "import { Tabs, TabItem } from '';",
        "import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';",
    )
    .replace("## How much", "## How little")
    .replace("#how-much", "#how-little")
)


CUP = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one pixel."""


class Case(NamedTuple):
    """A site as its users have it."""

    files: dict[str, str]
    """Configuration files by path."""
    source: str
    """Path of the English texts, with NAME in it."""
    french: str
    why: str
    settings: Mapping[str, Any] = MappingProxyType({})
    """Further settings."""
    text: str = TWO
    """Text without a French version, in the generator's own dialect."""
    mark: str = 'class="draft"'
    """Text on a page that marks a draft."""


ASTRO = (
    "import { defineConfig, passthroughImageService } from 'astro/config';\n"
    "import starlight from '@astrojs/starlight';\n"
    "const image = { service: passthroughImageService() };\n"
)
COLLECTION = (
    "import { defineCollection } from 'astro:content';\n"
    "import { docsLoader } from '@astrojs/starlight/loaders';\n"
    "import { docsSchema } from '@astrojs/starlight/schema';\n"
    "const docs = defineCollection({ loader: docsLoader(), schema: docsSchema() });\n"
    "export const collections = { docs };\n"
)
SITES = {
    "hugo, a folder for each language": Case(
        {
            "hugo.toml": 'baseURL = "https://example.org"\ndefaultContentLanguage = "en"\n'
            'disableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
            '[languages.en]\ncontentDir = "content/en"\n[languages.fr]\ncontentDir = "content/fr"\n'
        },
        "content/en/posts/NAME.md",
        "content/fr/posts/NAME.md",
        "site generator: hugo (hugo.toml)",
    ),
    "hugo, a suffix for other languages": Case(
        {
            "config.yaml": "baseURL: https://example.org\n"
            "disableKinds: [taxonomy, term, rss, sitemap]\nlanguages:\n  en: {}\n  fr: {}\n"
        },
        "content/posts/NAME.md",
        "content/posts/NAME.fr.md",
        "site generator: hugo (config.yaml)",
        {"source_path": "content/{article}.md"},
    ),
    "mkdocs, suffix": Case(
        {
            "mkdocs.yml": "site_name: Cooks\nmarkdown_extensions:\n  - toc:\n"
            "      slugify: !!python/object/apply:pymdownx.slugs.slugify {}\n"
            "plugins:\n  - search\n  - i18n:\n      docs_structure: suffix\n      languages:\n"
            "        - {locale: en, default: true, name: English}\n"
            "        - {locale: fr, name: Français}\n"
        },
        "docs/NAME.md",
        "docs/NAME.fr.md",
        "site generator: mkdocs (mkdocs.yml)",
        {"source_path": "docs/{article}.md"},
    ),
    "mkdocs, folders": Case(
        {
            "mkdocs.yml": "site_name: Cooks\nplugins:\n  - i18n:\n      docs_structure: folder\n"
            "      languages:\n        - {locale: en, default: true, name: English}\n"
            "        - {locale: fr, name: Français}\n"
        },
        "docs/en/NAME.md",
        "docs/fr/NAME.md",
        "site generator: mkdocs (mkdocs.yml)",
    ),
    "docusaurus": Case(
        {
            "docusaurus.config.ts": "export default {\n"
            "  title: 'Cooks', url: 'https://example.org', baseUrl: '/',\n"
            "  onBrokenLinks: 'ignore', onBrokenAnchors: 'throw',\n"
            "  plugins: [['@docusaurus/plugin-content-docs', { routeBasePath: '/' }]],\n"
            "  themes: ['@docusaurus/theme-classic'],\n  i18n: {\n    defaultLocale: 'en',\n"
            "    locales: ['en', 'fr', 'pt-BR'],\n  },\n};\n"
        },
        "docs/NAME.md",
        "i18n/fr/docusaurus-plugin-content-docs/current/NAME.md",
        "site generator: docusaurus (docusaurus.config.ts)",
        {"locales": ["fr", "pt_BR"], "folders": {"pt_BR": "pt-BR"}},
        DOCUSAURUS,
        "[draft] ",
    ),
    "starlight, English at the root": Case(
        {
            "astro.config.mjs": ASTRO + "export default defineConfig({ image, integrations: "
            "[starlight({\n  title: 'Cooks', pagefind: false,\n  locales: {\n"
            "    root: { label: 'English', lang: 'en' },\n"
            "    fr: { label: 'Français' },\n    'zh-cn': { label: '简体中文', lang: 'zh-CN' },\n"
            "  },\n})] });\n",
            "src/content.config.ts": COLLECTION,
        },
        "src/content/docs/NAME.md",
        "src/content/docs/fr/NAME.md",
        "site generator: starlight (astro.config.mjs)",
        {"locales": ["fr", "zh_CN"], "source_path": "src/content/docs/{article}.md"},
        ASIDE,
    ),
    "starlight, English in a folder, MDX": Case(
        {
            "astro.config.mjs": ASTRO + "export default defineConfig({ image, integrations: "
            "[starlight({\n  title: 'Cooks', pagefind: false, defaultLocale: 'en',\n"
            "  locales: { en: { label: 'English' },\n  fr: { label: 'Français' } } })] });\n",
            "src/content.config.ts": COLLECTION,
        },
        "src/content/docs/en/NAME.mdx",
        "src/content/docs/fr/NAME.mdx",
        "site generator: starlight (astro.config.mjs)",
        text=STARLIGHT,
        mark="[draft] ",
    ),
    "jekyll": Case(
        {"_config.yml": "title: Cooks\nlanguages: [en, fr]\ndefault_lang: en\n"},
        "_posts/2026-01-01-NAME.md",
        "fr/_posts/2026-01-01-NAME.md",
        "site generator: jekyll (_config.yml)",
        {"source_path": "_posts/{article}.md"},
    ),
    "mdbook": Case(
        {"book.toml": '[book]\ntitle = "Cooks"\nlanguage = "en"\n'},
        "src/NAME.md",
        "translations/fr/src/NAME.md",
        "site generator: mdbook (book.toml)",
        {"source_path": "src/{article}.md"},
    ),
}


@pytest.fixture(params=list(SITES.values()), ids=list(SITES))
def case(request: pytest.FixtureRequest) -> Case:
    site_case: Case = request.param
    return site_case


def site(root: Path, case: Case) -> Project:
    """Make the site with two English texts, of which only the first has a French version."""
    project = files(root, case.files)
    project.write(case.source.replace("NAME", "salt"), ONE)
    project.write(case.source.replace("NAME", "pepper"), case.text)
    project.write(case.french.replace("NAME", "salt"), FRENCH)
    return project


def test_init_finds_it(tmp_path: Path, case: Case) -> None:
    project = site(tmp_path, case)
    before = set(project.tree())
    assert project.done("init").err.splitlines()[0] == case.why
    assert set(project.tree()) == {*before, "pipeline.toml", ".gitattributes", ".gitignore"}
    settings = tomllib.loads(project.read("pipeline.toml"))
    assert settings["article_path"] == settings["page_path"]
    assert {"locales": ["fr"], **case.settings}.items() <= settings.items()
    assert not settings["html"]


def test_what_is_there_is_not_replaced_before_it_is_taken_over(tmp_path: Path, case: Case) -> None:
    project = site(tmp_path, case)
    project.done("init", "--locales", "fr")
    french = {name: case.french.replace("NAME", name) for name in ("salt", "pepper")}
    before = project.tree()
    project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    assert "[" in project.read(_preview(project, "pepper"))
    assert case.mark in project.read(_preview(project, "salt"))
    assert {path: data for path, data in project.tree().items() if path in before} == before
    # What it says is in the catalogue, as a draft; the source is in no other file.
    assert "Je ne le pèse jamais." in project.read(_catalogue(project, "salt"))
    assert sorted(set(project.tree()) - set(before)) == sorted(
        [_catalogue(project, name) for name in french]
        + [_catalogue(project, name, ".pot") for name in french]
        + [*(_preview(project, name) for name in french), _record(project)]
    )
    _review(project)
    by_hand = FRENCH + "\nÀ la main.\n"
    project.write(french["salt"], by_hand)
    outcome = project.done("run", PIPELINE_ENGINES="pseudo")
    assert f"{french['salt']} not replaced: the pipeline did not write it" in outcome.err
    assert project.read(french["salt"]) == by_hand
    assert "⟪" in project.read(french["pepper"])
    project.done("run", "--take-over", PIPELINE_ENGINES="pseudo")
    assert "Je ne le pèse jamais." in project.read(french["salt"])
    assert project.read(french["salt"] + ".~1~") == by_hand
    assert project.done("run", PIPELINE_ENGINES="pseudo").err.count("nothing to do")


def test_a_page_that_is_taken_over_stays_until_its_texts_are_reviewed(
    tmp_path: Path, case: Case
) -> None:
    project = site(tmp_path, case)
    project.done("init", "--locales", "fr")
    page = case.french.replace("NAME", "salt")
    project.done("run", "--take-over", PIPELINE_ENGINES="pseudo")
    assert project.read(page) == FRENCH
    assert f"{page}: is from an earlier build" in project.done("build").err
    assert project.read(page) == FRENCH


MDX_SITES = ("docusaurus", "starlight, English in a folder, MDX")


@pytest.mark.parametrize("name", MDX_SITES)
def test_what_mdx_could_not_read_is_not_built(tmp_path: Path, name: str) -> None:
    """One such sign, and no page of the site is built."""
    case = SITES[name]
    project = site(tmp_path, case)
    project.done("init", "--locales", "fr")
    project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    catalogue = _catalogue(project, "pepper")
    project.edit(catalogue, "⟪Ŵööŕðš ööƒ åå *ļîšţ*:⟫", "Une *liste* <3 :")
    built = project.done("build", "--drafts")
    assert "has '<', which is not in the source and which MDX reads as a tag" in built.err
    assert "    Words of a *list*:" in project.read(_preview(project, "pepper"))
    assert "which MDX reads as a tag" in project.run("check", "--no-grammar", catalogue).out


BREAKS_MDX = {
    "import des données.": "begins with 'import', which MDX reads as code",
    "Cela coûte ${prix}.": "'${prix}', which is not in the source and which MDX reads as an ",
    "{# à relire #} Texte.": "'{# à relire #}', which is not in the source and which MDX reads ",
}


@pytest.mark.parametrize(("text", "message"), BREAKS_MDX.items(), ids=BREAKS_MDX)
def test_what_mdx_takes_for_code_is_not_built(tmp_path: Path, text: str, message: str) -> None:
    project = Project(
        tmp_path,
        "a",
        article_path="{lang}/{article}.mdx",
        page_path="b/{lang}/{article}.mdx",
        html=False,
    )
    project.write("en/a.mdx", "# Data\n\nThe words of a text.\n")
    project.done("run", "--drafts")
    draft = project.catalog("fr", "a").units[1].target
    project.edit(
        "locales/fr/LC_MESSAGES/a.po",
        f'#, fuzzy\nmsgctxt "introduction"\nmsgid "The words of a text."\nmsgstr "{draft}"',
        f'msgctxt "introduction"\nmsgid "The words of a text."\nmsgstr "{text}"',
    )
    assert message in project.done("build", "--drafts").err
    assert "The words of a text." in project.read("preview/fr/a.mdx")


def test_an_outline_of_a_book_has_links_only(tmp_path: Path) -> None:
    """List items that are more than a link make mdBook refuse the book."""
    project = site(tmp_path, SITES["mdbook"])
    project.write("src/SUMMARY.md", "# Summary\n\n- [Salt](salt.md)\n  - [Pepper](pepper.md)\n")
    project.done("init", "--locales", "fr")
    project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    assert project.read("preview/fr/SUMMARY.md") == (
        "# ⟪Šûûɱɱååŕý⟫\n\n- ⟪[Šååļţ](salt.md)⟫\n  - ⟪[Þééþþééŕ](pepper.md)⟫\n"
    )


def _catalogue(project: Project, name: str, end: str = ".po") -> str:
    (found,) = [p for p in project.tree() if p.startswith("locales/") and p.endswith(name + end)]
    return found


def _preview(project: Project, name: str) -> str:
    """Return the path of the preview of an article in French."""
    (found,) = [
        path
        for path in project.tree()
        if re.fullmatch(rf"_?preview/fr(?:ench)?/(?:.*[/-])?{name}\.\w+", path)
    ]
    return found


def _review(project: Project) -> None:
    """Accept all drafts of all catalogues."""
    for path in project.tree():
        if path.endswith(".po"):
            project.write(path, project.read(path).replace("#, fuzzy\n", ""))


def _record(project: Project) -> str:
    (found,) = [path for path in project.tree() if path.endswith(".pipeline-pages")]
    return found


def test_many_pages_are_taken_over_by_processes(tmp_path: Path) -> None:
    names = [f"a{n}" for n in range(9)]
    project = Project(tmp_path, *names)
    for name in names:
        project.write(f"preview/fr/{name}.md", FRENCH)
    outcome = project.done("run", "--take-over", "--drafts", "--jobs", "2")
    assert "not replaced" not in outcome.err
    assert all(project.read(f"preview/fr/{name}.md.~1~") == FRENCH for name in names)
    assert all("<mark" in project.read(f"preview/fr/{name}.md") for name in names)


NO_SECOND = {
    "mdbook": {"book.toml": "", "src/a.md": TWO, "translations/as/src/b.md": TWO},
    "mkdocs": {"mkdocs.yml": "", "docs/a.md": TWO, "docs/a.new.md": TWO, "docs/b.fr.md": TWO},
    "jekyll": {"_config.yml": "", "_posts/a.md": TWO, "assets/_posts/a.md": TWO},
    "hugo": {"hugo.toml": "", "content/a.md": TWO, "content/about.md": TWO},
}


@pytest.mark.parametrize("name", NO_SECOND)
def test_init_says_that_a_second_language_is_a_guess(tmp_path: Path, name: str) -> None:
    project = files(tmp_path, NO_SECOND[name])
    assert "no second language found, so 'locales' is fr" in project.done("init").err
    assert tomllib.loads(project.read("pipeline.toml"))["locales"] == ["fr"]
    (tmp_path / "pipeline.toml").unlink()
    assert "no second language" not in project.done("init", "--locales", "de").err
    assert tomllib.loads(project.read("pipeline.toml"))["locales"] == ["de"]


SECOND = {
    "mdbook": {"book.toml": "", "src/a/b.md": TWO, "translations/pt-br/src/a/b.md": TWO},
    "mkdocs": {"mkdocs.yml": "", "docs/a.b.md": TWO, "docs/a.b.pt-br.md": TWO},
    "jekyll": {"_config.yml": "", "_posts/a.md": TWO, "pt-br/_posts/a.md": TWO},
}


@pytest.mark.parametrize("name", SECOND)
def test_init_finds_languages_by_their_files(tmp_path: Path, name: str) -> None:
    project = files(tmp_path, SECOND[name])
    project.done("init")
    settings = tomllib.loads(project.read("pipeline.toml"))
    assert settings["locales"] == ["pt_BR"]
    assert settings["folders"] == {"pt_BR": "pt-br"}


HUGO = 'defaultContentLanguage = "en"\n'
JEKYLL = "title: Cooks\n"
PLACES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "hugo, folders with other names": (
        {
            "hugo.toml": HUGO + '[languages.en]\ncontentDir = "content/english"\n'
            '[languages.fr]\ncontentDir = "./content/french/"\n',
            "content/english/a.md": TWO,
        },
        {
            "article_path": "content/{lang}/{article}.md",
            "folders": {"en": "english", "fr": "french"},
        },
    ),
    "hugo, folders of their own": (
        {
            "hugo.toml": HUGO + '[languages.en]\ncontentDir = "docs"\n'
            '[languages.fr]\ncontentDir = "docs-fr"\n',
            "content/x": "",
            "docs/a.md": TWO,
        },
        {"article_path": "{lang}/{article}.md", "folders": {"en": "docs", "fr": "docs-fr"}},
    ),
    "hugo, others within the source's": (
        {
            "hugo.toml": HUGO + '[languages.en]\n[languages.fr]\ncontentDir = "content/l10n/fr"\n',
            "content/a.md": TWO,
        },
        {
            "article_path": "content/{lang}/{article}.md",
            "source_path": "content/{article}.md",
            "folders": {"fr": "l10n/fr"},
        },
    ),
    "hugo, one folder of another name": (
        {
            "hugo.toml": 'contentDir = "texts"\n[languages.en]\n[languages.fr]\n',
            "texts/a.md": TWO,
        },
        {"article_path": "texts/{article}.{lang}.md", "source_path": "texts/{article}.md"},
    ),
    "hugo, a folder for the only language": (
        {
            "hugo.toml": '[languages.en]\ncontentDir = "content/en"\n',
            "content/en/a.md": TWO,
        },
        {"article_path": "content/{lang}/{article}.md"},
    ),
    "mdbook, texts at the root": (
        {"book.toml": '[book]\nsrc = "."\n', "a.md": TWO, "translations/fr/a.md": FRENCH},
        {"article_path": "translations/{lang}/{article}.md", "source_path": "{article}.md"},
    ),
    "mdbook, texts in a hidden folder": (
        {"book.toml": '[book]\nsrc = "./.texts"\n', ".texts/a.md": TWO},
        {
            "article_path": "translations/{lang}/.texts/{article}.md",
            "source_path": ".texts/{article}.md",
        },
    ),
    "mkdocs, texts in a hidden folder": (
        {"mkdocs.yml": "docs_dir: .texts/\n", ".texts/a.md": TWO},
        {"article_path": ".texts/{article}.{lang}.md", "source_path": ".texts/{article}.md"},
    ),
    "jekyll, a folder for each language": (
        {"_config.yml": JEKYLL, "en/a.md": TWO, "fr/a.md": FRENCH, "fr/b.md": FRENCH},
        {"article_path": "{lang}/{article}.md", "locales": ["fr"]},
    ),
    "jekyll, folders with posts": (
        {"_config.yml": JEKYLL, "en/_posts/a.md": TWO, "fr/_posts/a.md": FRENCH},
        {"article_path": "{lang}/{article}.md", "locales": ["fr"]},
    ),
    "jekyll, the source at the root": (
        {"_config.yml": JEKYLL, "_posts/a.md": TWO, "en/about.md": TWO},
        {"article_path": "{lang}/_posts/{article}.md", "source_path": "_posts/{article}.md"},
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_init_finds_where_the_texts_are(tmp_path: Path, name: str) -> None:
    there, expected = PLACES[name]
    project = files(tmp_path, there)
    project.done("init", "--locales", "fr")
    settings = tomllib.loads(project.read("pipeline.toml"))
    keys = ("article_path", "source_path", "folders", "locales")
    assert {key: settings[key] for key in keys if key in settings} == {
        "locales": ["fr"],
        **expected,
    }
    outcome = project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    assert "article_path" not in outcome.err
    layout = Layout(load_settings(project.read("pipeline.toml"), "", ()))
    name = "_posts/a" if "en/_posts/a.md" in there else "a"
    page = layout.page_path(name, "fr", preview=layout.page_path(name, "fr") not in there)
    assert project.read(page) == FRENCH or "⟪" in project.read(page)
    _review(project)
    project.done("run", PIPELINE_ENGINES="pseudo")
    assert layout.page_path(name, "fr") in project.tree()


def files(root: Path, texts: Mapping[str, str]) -> Project:
    """Return a project of the given files only, without settings of its own."""
    project = Project.__new__(Project)
    project.root = root
    for path, text in texts.items():
        project.write(path, text)
    return project


TWICE = {
    "several": (
        {"book.toml": "", "mkdocs.yml": ""},
        [],
        "several site generators found: mkdocs (mkdocs",
    ),
    "unknown": ({}, ["--preset", "wordpress"], "unknown preset 'wordpress'; available: hugo, "),
    "no locale": ({"_config.yml": "languages: [en, xx]"}, [], "unknown locale 'xx'"),
}


@pytest.mark.parametrize(("there", "options", "message"), TWICE.values(), ids=TWICE)
def test_init_says_why_it_cannot(
    tmp_path: Path, there: dict[str, str], options: list[str], message: str
) -> None:
    project = files(tmp_path, there)
    outcome = project.run("init", *options)
    assert outcome.code == 2
    assert message in outcome.err
    assert not (tmp_path / "pipeline.toml").exists()


def test_a_preset_can_be_chosen(tmp_path: Path) -> None:
    project = Project.__new__(Project)
    project.root = tmp_path
    project.done("init", "--preset", "hugo", "--source", "de", "--locales", "en")
    assert 'article_path = "content/{article}.{lang}.md"' in project.read("pipeline.toml")


OTHERS = {
    "hugo, folders with names": (
        {
            "hugo.toml": '[languages.en]\ncontentDir = "content/english"\n'
            '[languages.fr]\ncontentDir = "content/french/"\n'
        },
        "content/english/a.md",
        "content/french/a.md",
    ),
    "jekyll, folders": (
        {"_config.yml": "languages: [en, fr]\n"},
        "en/a.md",
        "fr/a.md",
    ),
    "jekyll, as it begins": (
        {"_config.yml": "", "index.markdown": ""},
        "_posts/2026-01-01-a.markdown",
        "fr/_posts/2026-01-01-a.markdown",
    ),
    "mdbook, at the root": ({"book.toml": '[book]\nsrc = "."\n'}, "a.md", "translations/fr/a.md"),
    "mdbook, its contents": (
        {"book.toml": ""},
        "src/SUMMARY.md",
        "translations/fr/src/SUMMARY.md",
    ),
    "mkdocs, a hidden folder": (
        {"mkdocs.yml": "docs_dir: ./.docs/\n"},
        ".docs/a.md",
        ".docs/a.fr.md",
    ),
    "docusaurus, both endings": (
        {"docusaurus.config.js": "", "docs/other.md": ONE},
        "docs/deep/a.mdx",
        "i18n/fr/docusaurus-plugin-content-docs/current/deep/a.mdx",
    ),
}


@pytest.mark.parametrize(("files", "source", "french"), OTHERS.values(), ids=OTHERS)
def test_less_usual_sites(tmp_path: Path, files: dict[str, str], source: str, french: str) -> None:
    project = Project.__new__(Project)
    project.root = tmp_path
    for path, text in files.items():
        project.write(path, text)
    project.write(source, "# Contents\n\n- [Salt](a.md)\n" if "SUMMARY" in source else TWO)
    messages = project.done("init").err
    assert ("no second language found" in messages) is ("languages" not in str(files))
    project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    preview = _preview(project, "SUMMARY" if "SUMMARY" in source else "a")
    assert "⟪" in project.read(preview)
    if "SUMMARY" in source:
        assert "draft" not in project.read(preview)
    assert "nothing to do" in project.done("run", "--drafts", PIPELINE_ENGINES="pseudo").err
    _review(project)
    project.done("run", PIPELINE_ENGINES="pseudo")
    assert "⟪" in project.read(french)


def test_paths_of_a_deeper_page_are_those_of_the_source_in_its_catalogue(tmp_path: Path) -> None:
    project = Project.__new__(Project)
    project.root = tmp_path
    project.write(
        "pipeline.toml",
        'source = "en"\nlocales = ["fr"]\nhtml = false\nsource_path = "d/{article}.md"\n'
        'article_path = "d/{lang}/{article}.md"\npage_path = "d/{lang}/{article}.md"\n',
    )
    project.write("d/cup.png", "")
    project.write("d/a.md", "# Cups\n\nThis is my cup ![cup](cup.png), see it.\n")
    french = "# Tasses\n\nVoici ma tasse ![tasse](../cup.png), voyez-la.\n"
    project.write("d/fr/a.md", french)
    project.done("run", "--take-over")
    assert "![tasse](cup.png)" in project.read("locales/fr/LC_MESSAGES/a.po")
    _review(project)
    project.done("run")
    assert "![tasse](../cup.png)" in project.read("d/fr/a.md")
    assert "MK" not in project.run("check", "--no-grammar").out
    project.write(
        "locales/fr/LC_MESSAGES/a.po",
        project.read("locales/fr/LC_MESSAGES/a.po").replace(
            'msgctxt "introduction"', '#, fuzzy\nmsgctxt "introduction"'
        ),
    )
    project.edit("d/fr/a.md", "voyez-la", "regardez-la")
    assert "AL" not in project.done("run", "--take-over").out
    _review(project)
    project.done("run")
    assert "![tasse](cup.png), regardez-la" in project.read("locales/fr/LC_MESSAGES/a.po")
    assert "![tasse](../cup.png), regardez-la" in project.read("d/fr/a.md")


@pytest.mark.parametrize("most", [".md", ".mdx"])
@pytest.mark.parametrize("name", ["docusaurus", "starlight, English at the root"])
def test_a_site_has_pages_with_and_without_components(tmp_path: Path, name: str, most: str) -> None:
    case = SITES[name]
    project = site(tmp_path, case)
    few = {".md": ".mdx", ".mdx": ".md"}[most]
    folder, french = (path.partition("NAME")[0] for path in (case.source, case.french))
    for page in "abcdef":
        project.write(f"{folder}{page}{most}", TWO)
    project.write(f"{folder}few{few}", TWO)
    project.done("init", "--locales", "fr")
    project.done("run", "--drafts", PIPELINE_ENGINES="pseudo")
    _review(project)
    project.done("run", PIPELINE_ENGINES="pseudo")
    for page in (f"a{most}", f"few{few}", "pepper.md"):
        assert "Ŵéé ååšķééð" in project.read(french + page)
    project.edit(f"{folder}few{few}", "I never weigh it.", "I always weigh it.")
    project.done("run", "--article", f"few{few}", PIPELINE_ENGINES="pseudo")
    _review(project)
    catalogue = _catalogue(project, f"few{few}")
    draft = "⟪Î ñééṽééŕ ŵééîĝĥ îţ.⟫"
    project.write(catalogue, project.read(catalogue).replace(draft, "Je le pèse."))
    outcome = project.done("run", "--article", f"few{few}", PIPELINE_ENGINES="pseudo")
    assert f"wrote {french}few{few}" in outcome.err
    assert project.done("run", PIPELINE_ENGINES="pseudo").err.count("nothing to do")


GENERATORS = {
    "hugo, a folder for each language": (
        ["hugo", "--quiet", "-d", "out"],
        "out/fr/posts/pepper/index.html",
    ),
    "hugo, a suffix for other languages": (
        ["hugo", "--quiet", "-d", "out"],
        "out/fr/posts/pepper/index.html",
    ),
    "mkdocs, suffix": (
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        "site/fr/pepper/index.html",
    ),
    "mkdocs, folders": (
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        "site/fr/pepper/index.html",
    ),
    "jekyll": (["jekyll", "build", "-q"], "_site/fr/2026/01/01/pepper.html"),
    "docusaurus": (
        [PACKAGES / ".bin/docusaurus", "build", "--locale", "fr", "--no-minify"],
        "build/pepper/index.html",
    ),
    "starlight, English at the root": (
        [PACKAGES / ".bin/astro", "build"],
        "dist/fr/pepper/index.html",
    ),
    "starlight, English in a folder, MDX": (
        [PACKAGES / ".bin/astro", "build"],
        "dist/fr/pepper/index.html",
    ),
}
HUGO_PAGE = "<html lang={{ .Language.Lang }}><h1>{{ .Title }}</h1>{{ .Content }}</html>"

_MARKUP = re.compile(r"[*`<{\[]")


@pytest.fixture
def beside_packages() -> Iterator[Path]:
    """Yield a folder for which node finds the packages on its way up.

    Astro refuses packages that have no folder but the root in common with the site.
    """
    with TemporaryDirectory(dir=PACKAGES.parent) as name:
        yield Path(name)


@pytest.mark.heavy("Hugo, Jekyll, and site generators of npm")
@pytest.mark.parametrize(("name", "command", "page"), [(n, *g) for n, g in GENERATORS.items()])
def test_the_generator_builds_what_was_translated(
    beside_packages: Path, name: str, command: list[str | Path], page: str
) -> None:
    """Build with the program that makes such sites."""
    case = SITES[name]
    project = site(beside_packages, case)
    if "mkdocs.yml" in case.files:
        project.edit(
            "mkdocs.yml", case.files["mkdocs.yml"], _without_tags(case.files["mkdocs.yml"])
        )
        for path in (case.source, case.french):
            project.write(path.replace("NAME", "index"), ONE)
    project.write("layouts/_default/single.html", HUGO_PAGE)
    project.write("layouts/_default/list.html", HUGO_PAGE)
    pictured = "follow_paths" not in project.done("init", "--locales", "fr").out + project.read(
        "pipeline.toml"
    )
    if pictured:
        (project.root / "assets").mkdir()
        (project.root / "assets/cup.png").write_bytes(CUP)
        source = case.source.replace("NAME", "pepper")
        up = "../" * source.count("/")
        project.write(source, project.read(source) + f"\n![A cup]({up}assets/cup.png)\n")
    project.done("run", PIPELINE_ENGINES="pseudo")
    _review(project)
    project.done("run", PIPELINE_ENGINES="pseudo")
    done = subprocess.run(
        command, cwd=project.root, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    article = _catalogue(project, "pepper").rpartition("LC_MESSAGES/")[2].removesuffix(".po")
    translated = project.catalog("fr", article).units
    html = project.read(page)
    beginnings = [
        _MARKUP.split(unit.target)[0] for unit in translated if unit.context != "front-matter"
    ]
    assert [text for text in beginnings if text not in html] == []
    assert re.search(r"<p>(<[^<>]*>)?⟪", html)
    assert not pictured or re.search(r'<img[^<>]*src="[^"]*(cup|data:image)[^"]*"', html)
    links = re.findall(r'href="#([a-z-]*how-[a-z-]+)"', html)
    assert [name for name in links if f'id="{name}"' not in html] == []


def _without_tags(text: str) -> str:
    """Remove configuration that needs an uninstalled library."""
    return text.replace("markdown_extensions:\n  - toc:\n", "").replace(
        "      slugify: !!python/object/apply:pymdownx.slugs.slugify {}\n", ""
    )


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/guides"])
def test_what_cannot_be_read_is_no_reason_to_guess(path: str, tmp_path: Path) -> None:
    (tmp_path / "docs/guides").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: a\n")
    with (
        unreadable(tmp_path / path),
        pytest.raises(MachineError, match=f"^{path}: cannot be read: Permission denied$"),
    ):
        detect_site(tmp_path)
