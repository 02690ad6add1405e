"""Settings: origin of each value, and refused values."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.errors import InputError, PipelineError, UsageError
from pipeline.project.settings import Settings, has_table, load_settings, with_environment

TABLE = ("tool", "pipeline")


def own(text: str) -> Settings:
    return load_settings(text, "pipeline.toml", ())


def test_what_is_not_set_has_its_default() -> None:
    assert own("") == Settings()
    assert load_settings("[tool.other]\nsource = 1\n", "pyproject.toml", TABLE) == Settings()


VALUES = [
    ('source = "de"', {"source": "de"}),
    ('source = "PT_br"', {"source": "pt_BR"}),
    ('locales = ["fr", "zh_Hant", "fr"]', {"locales": ("fr", "zh_Hant")}),
    ('locales = ["zh_TW"]', {"locales": ("zh_TW",)}),
    ("locales = []", {"locales": ()}),
    ('article_path = "docs/{article}.{lang}.md"', {"article_path": "docs/{article}.{lang}.md"}),
    ('catalogue_path = "po/"', {"catalogue_path": "po"}),
    ('catalogue_path = "./po"', {"catalogue_path": "po"}),
    ('article_path = "./a//{article}/./{lang}.md"', {"article_path": "a/{article}/{lang}.md"}),
    ('source_path = "./{article}.md"', {"source_path": "{article}.md"}),
    ('folders = {pt_br = "./pt-br/"}', {"folders": {"pt_BR": "pt-br"}}),
    ('folders = {fr = "content/french"}', {"folders": {"fr": "content/french"}}),
    (
        'locales = ["fr", "fr_CA"]\nbases = {fr_ca = "FR"}',
        {"locales": ("fr", "fr_CA"), "bases": {"fr_CA": "fr"}},
    ),
    ('locations = "none"', {"locations": "none"}),
    ("hard_wrap = true", {"hard_wrap": "true"}),
    ('hard_wrap = "auto"', {"hard_wrap": "auto"}),
    ('site = "https://example.org:8000/a b/"', {"site": "https://example.org:8000/a b/"}),
    ("memory_threshold = 1", {"memory_threshold": 1.0}),
    ("publish_at = 0", {"publish_at": 0.0}),
    ("offline = true", {"offline": True}),
    ("engine.pseudo = {damage = 0.5}", {"engine": {"pseudo": {"damage": 0.5}}}),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_a_value_is_taken(text: str, expected: dict[str, Any]) -> None:
    assert own(text) == Settings(**expected)
    header = "" if text.startswith("engine") else "[tool.pipeline]\n"
    text = text if header else f"tool.pipeline.{text}"
    assert load_settings(header + text, "pyproject.toml", TABLE) == Settings(**expected)


REFUSED = [
    ("hard_wrap = 1", "setting 'hard_wrap' must be true, false or a string, found: 1"),
    (
        'hard_wrap = "yes"',
        "setting 'hard_wrap' must be one of auto, true, false, found: 'yes'",
    ),
    ('locations = "line"', "setting 'locations' must be one of full, file, none, found: 'line'"),
    ("sorce = 1", "unknown setting 'sorce'; did you mean 'source'?"),
    ("xyz = 1", "unknown setting 'xyz'; available: source, locales, article_path,"),
    ('"locale" = []', "unknown setting 'locale'; did you mean 'locales'?"),
    ("source = 1", "setting 'source' must be a string, found: 1"),
    ('source = "xx"', "unknown locale 'xx': expected a name such as fr, fr_CA or zh_Hant"),
    ('locales = "fr"', "setting 'locales' must be a list of strings, found: 'fr'"),
    ("locales = [1]", "setting 'locales' must be a list of strings, found: [1]"),
    ('locales = ["french"]', "unknown locale 'french': expected a name such as fr, fr_CA or "),
    ('locales = ["fr@../.."]', "unknown locale 'fr@../..': expected a name such as fr, "),
    ('offline = "yes"', "setting 'offline' must be true or false, found: 'yes'"),
    ("offline = 1", "setting 'offline' must be true or false, found: 1"),
    ("publish_at = 80", "setting 'publish_at' must be a number from 0 to 1, found: 80"),
    ("publish_at = true", "setting 'publish_at' must be a number from 0 to 1, found: True"),
    ("publish_at = nan", "setting 'publish_at' must be a number from 0 to 1, found: nan"),
    ("engine = 1", "setting 'engine' must be a table, such as [engine]"),
    ("engine.google = 1", "setting 'engine' must be a table of tables, such as "),
    ('article_path = "x.md"', "setting 'article_path' must contain {article} and {lang}, found: "),
    ('page_path = "../{lang}/{article}.md"', "setting 'page_path' must be a path inside the "),
    ('page_path = "/{lang}/{article}.md"', "setting 'page_path' must be a path inside the "),
    ('page_path = "{lang}/{article}.html"', "setting 'page_path' must be the path of a Markdown "),
    (
        'folders = {fr = "../../out"}',
        "setting 'folders' must contain paths inside the project, found: ",
    ),
    ('folders = {fr = "/out"}', "setting 'folders' must contain paths inside the project, found: "),
    ('folders = {fr = ""}', "setting 'folders' must contain paths inside the project, found: "),
    ('folders = {fr = "."}', "setting 'folders' must contain paths inside the project, found: "),
    ('folders = {fr = "{article}"}', "setting 'folders' must contain paths inside the project, "),
    ('folders = {qq-br = "pt"}', "unknown locale 'qq-br': expected a name such as fr, fr_CA or "),
    ('site = "http://[x"', "setting 'site' must be an address such as https://example.org/blog, "),
    ('site = "example.org"', "setting 'site' must be an address such as https://example.org/"),
    ('site = "https:///blog"', "setting 'site' must be an address such as https://example.org/"),
    ('site = "https://x:y/"', "setting 'site' must be an address such as https://example.org/"),
    ('site = "https://x/?a=b"', "setting 'site' must be an address such as https://example.org/"),
    ('site = "ftp://x.org"', "setting 'site' must be an address such as https://example.org/"),
    ('catalogue_path = ""', "setting 'catalogue_path' must be a path inside the project, "),
    ('expert = "("', "setting 'expert' is not a regular expression: "),
    ('expert = "x"', "setting 'expert' needs a group (?P<name>…); other groups may only be"),
    (
        'expert = "(?P<name>.)(?P<job>.)"',
        "setting 'expert' needs a group (?P<name>…); other groups ",
    ),
]


@pytest.mark.parametrize(("line", "message"), REFUSED)
def test_a_wrong_value_names_file_and_line(line: str, message: str) -> None:
    with pytest.raises(InputError) as own_file:
        own(f'# settings\nterms = ["x"]\n{line}\n')
    assert str(own_file.value).startswith(f"pipeline.toml:3: {message}")

    # The same key of another table comes first.
    key = line.partition(" ")[0]
    other = f"[tool.other]\n{key} = 1\n\n[tool.pipeline]\n{line}\n"
    with pytest.raises(InputError) as shared:
        load_settings(other, "pyproject.toml", TABLE)
    assert str(shared.value).startswith(f"pyproject.toml:5: {message}")


def test_a_wrong_engine_option_table_is_found_by_its_header() -> None:
    with pytest.raises(InputError, match=r"^pyproject\.toml:2: setting 'keys' must be a list"):
        load_settings("\n[tool.pipeline.keys]\nx = 1\n", "pyproject.toml", TABLE)


CONTRADICTIONS = [
    (
        'source = "fr"\nlocales = ["es", "fr"]',
        "setting 'locales' must not contain 'fr', the source ",
    ),
    (
        'source_path = "build/{lang}/{article}.md"',
        "settings 'page_path' and 'source_path' must differ; builds would overwrite the source",
    ),
]


@pytest.mark.parametrize(("text", "message"), CONTRADICTIONS)
def test_settings_that_contradict_each_other(text: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        own(text)
    assert str(refused.value).startswith(f"pipeline.toml: {message}")


SHARED = [
    'locales = ["fr", "es"]\nfolders = { fr = "x", es = "./x" }\n',
    'locales = ["fr", "es"]\n\n[folders]\nes = "fr"\n',
    'locales = ["fr"]\nfolders = { fr = "en" }\n',
    'locales = ["fr"]\nsource_path = "docs/{article}.md"\nfolders = { fr = "en" }\n',
]


@pytest.mark.parametrize("text", SHARED)
def test_two_locales_have_no_page_in_common(text: str) -> None:
    with pytest.raises(
        InputError, match=r"' share the folder '(x|fr|en)'; their pages would"
    ) as refused:
        own(text)
    line = text.split("folders")[0].count("\n") + 1
    assert str(refused.value).startswith(f"pipeline.toml:{line}: setting 'folders': '")


def test_a_source_outside_of_its_folder_shares_none() -> None:
    paths = 'source_path = "d/{article}.md"\narticle_path = "{lang}/{article}.md"\n'
    text = 'locales = ["fr"]\nfolders = { fr = "en" }\npage_path = "{lang}/{article}.md"\n'
    assert own(paths + text).folders == {"fr": "en"}


NOT_TOML = [
    ('source = "en"\nlocales = [\n', 3),
    ("a = 1\na = 2\n", 2),
    ("=\n", 1),
    ('x = """\n', 2),
]


@pytest.mark.parametrize(("text", "line"), NOT_TOML)
def test_a_file_that_is_not_toml(text: str, line: int) -> None:
    with pytest.raises(InputError) as refused:
        own(text)
    assert str(refused.value).startswith(f"pipeline.toml:{line}: invalid TOML: ")


def test_the_table_must_be_one() -> None:
    for text in ("tool = 3", "[tool]\npipeline = 'x'"):
        with pytest.raises(InputError, match=r"^pyproject\.toml: \[tool\.pipeline\] must be a tab"):
            load_settings(text, "pyproject.toml", TABLE)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("[tool.pipeline]\n", True),
        ("[tool]\npipeline.source = 'en'\n", True),
        ("tool.pipeline = {}\n", True),
        ("[tool.pipeline.engine.google]\n", True),
        ("[ tool . pipeline ]\nbroken", True),
        ("[tool.pipeline-other]\n", False),
        ("# [tool.pipeline]\n", False),
        ("x = '''\n[tool.pipeline]\n'''\n", False),
        ("[tool.other]\nbroken", False),
        ("tool = 1\n", False),
        ("", False),
    ],
)
def test_a_table_is_there_or_not(text: str, there: bool) -> None:
    assert has_table(text, TABLE) is there


ENVIRONMENT = [
    ({"PIPELINE_OFFLINE": "1"}, {"offline": True}),
    ({"PIPELINE_OFFLINE": "True"}, {"offline": True}),
    ({"PIPELINE_LOCALES": "fr, es,"}, {"locales": ("fr", "es")}),
    ({"PIPELINE_PUBLISH_AT": "0.5"}, {"publish_at": 0.5}),
    ({"PIPELINE_ENGINES": "memory"}, {"engines": ("memory",)}),
    ({"PIPELINE_SOURCE": "PT_br"}, {"source": "pt_BR"}),
    ({"PIPELINE_SITE": ""}, {}),
    ({"PIPELINE_WORKSPACE": "/builds/7", "OFFLINE": "1", "pipeline_offline": "1"}, {}),
]


@pytest.mark.parametrize(("variables", "expected"), ENVIRONMENT)
def test_the_environment_goes_before_the_file(
    variables: dict[str, str], expected: dict[str, Any]
) -> None:
    assert with_environment(Settings(), variables) == Settings(**expected)


def test_the_environment_can_switch_off_what_the_file_switches_on() -> None:
    for text in ("0", "false", "NO"):
        assert with_environment(Settings(offline=True), {"PIPELINE_OFFLINE": text}) == Settings()


WRONG_ENVIRONMENT = [
    (
        {"PIPELINE_OFFLINE": "maybe"},
        "environment variable PIPELINE_OFFLINE: setting 'offline' must be true or false, "
        "found: 'maybe'",
    ),
    (
        {"PIPELINE_PUBLISH_AT": "half"},
        "environment variable PIPELINE_PUBLISH_AT: setting 'publish_at' must be a number from 0 "
        "to 1, found: 'half'",
    ),
    (
        {"PIPELINE_LOCALES": "fr,xx"},
        "environment variable PIPELINE_LOCALES: unknown locale 'xx': expected a name such as ",
    ),
    ({"PIPELINE_LOCALES": "fr,en"}, "setting 'locales' must not contain 'en', the source language"),
    (
        {"PIPELINE_OFLINE": "1"},
        "unknown environment variable PIPELINE_OFLINE; did you mean 'PIPELINE_OFFLINE'?",
    ),
]


@pytest.mark.parametrize(("variables", "message"), WRONG_ENVIRONMENT)
def test_a_wrong_variable_is_named(variables: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        with_environment(Settings(), variables)
    assert str(refused.value).startswith(message)


def test_messages_are_single_lines() -> None:
    for line, _ in REFUSED:
        with pytest.raises(PipelineError) as refused:
            own(line)
        assert "\n" not in str(refused.value)


def test_the_bases_of_a_locale() -> None:
    settings = own('locales = ["es", "es_419", "es_MX", "es_AR"]\nbases = {es_AR = ""}')
    assert settings.base_locales("es_MX") == ("es_419", "es")
    assert settings.base_locales("es_AR") == ()
    assert settings.base_locales("es") == ()


def test_bases_may_lead_in_a_circle() -> None:
    settings = own('locales = ["pt_BR", "pt_PT"]\nbases = {pt_BR = "pt_PT", pt_PT = "pt_BR"}')
    assert settings.base_locales("pt_BR") == ("pt_PT",)
    assert settings.base_locales("pt_PT") == ("pt_BR",)


@pytest.mark.parametrize(
    ("locales", "base", "reason"),
    [
        ('["fr"]', 'fr_CA = "fr"', "'fr_CA' cannot take texts from 'fr': both must be among"),
        ('["sr", "sr_Latn"]', 'sr_Latn = "sr"', "'sr_Latn' cannot take texts from 'sr': they are"),
        ('["ca", "es"]', 'ca = "es"', "'ca' cannot take texts from 'es': they are not of one lang"),
    ],
)
def test_a_base_that_no_locale_can_have(locales: str, base: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        own(f"locales = {locales}\n\n[bases]\n{base}\n")
    assert str(refused.value).startswith(f"pipeline.toml:3: setting 'bases': {reason}")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", ("title", "description", "summary", "image_alt", "category", "tags")),
        ("html = false", ("title", "description", "summary", "image_alt")),
        ('html = false\nkeys = ["tags"]', ("tags",)),
        ('keys = ["tags"]', ("tags",)),
    ],
)
def test_words_that_sites_use_as_identifiers_are_translated_on_our_pages_only(
    text: str, keys: tuple[str, ...]
) -> None:
    assert load_settings(text, "pipeline.toml", ()).keys == keys
