"""`pipeline check` as a whole: files read, findings, caches and repairs."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.gate.reviewed import NO, failing_findings, line_of, translate
from tests.sample_project import Project

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("kept_engines")


def test_what_is_right_is_green(project: Project) -> None:
    outcome = project.done("check", "--output-format", "json")
    assert failing_findings(outcome) == []
    (engine,) = json.loads(outcome.out)["engines"]
    assert engine.startswith("LingoTweaker 0.2.8")


def test_grammar_spelling_and_typography_have_their_places(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèses `jamais` 👩‍🚀 vraimant? Oui.")
    outcome = project.run("check", "--output-format", "json")
    line = line_of(project, "Je ne le pèses")
    text = 'msgstr "Je ne le pèses `jamais` 👩‍🚀 vraimant? Oui."'
    assert outcome.code == 1
    places = {code: (at, column) for code, at, column in failing_findings(outcome)}
    assert places["GR102"] == (line, text.index("vraimant") + 1)
    assert places["TY101"][0] == line
    assert set(places) == {"GR101", "GR102", "TY101", "MK101"}


def test_places_in_the_article(project: Project) -> None:
    project.edit("source/salt/en.md", "then I stop.", "then I\nstopps , see.")
    outcome = project.run("check", "source/salt/en.md", "--json")
    (spelling,) = (f for f in json.loads(outcome.out)["findings"] if f["code"] == "GR102")
    assert (spelling["path"], spelling["line"], spelling["column"]) == ("source/salt/en.md", 14, 1)
    assert (spelling["end_line"], spelling["end_column"]) == (14, 7)
    assert spelling["catalogue"] is None
    assert spelling["context"] == "ana-ruiz"
    assert spelling["locale"] == "en"


def test_words_of_the_project_are_right(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, dit le critére.")
    assert [code for code, *_ in failing_findings(project.run("check", "--json"))] == ["GR102"]
    project.write("locales/fr/words.txt", "# ours\nCritére  # a salt\n")
    project.done("check")


def test_words_of_the_source_are_right(project: Project) -> None:
    project.edit("source/salt/en.md", "I never weigh it.", "I never weigh it, said my frobnicator.")
    project.done("merge")
    path = project.po()
    project.write(path, project.read(path).replace("#, fuzzy\n", ""))
    translate(project, "I never weigh it, said my frobnicator.", "Jamais, dit mon frobnicator.")
    assert failing_findings(project.run("check", "--json", "--locale", "fr", path)) == []


def test_a_text_left_in_the_source_language(project: Project) -> None:
    text = "Nobody at all has ever translated these words of the article."
    translate(project, "I never weigh it.", text)
    assert ("GR105", line_of(project, text), 1) in failing_findings(project.run("check", "--json"))


def test_a_text_that_breaks_its_page_is_reported_once(project: Project) -> None:
    text = "# Je ne le pèse jamais."
    translate(project, "I never weigh it.", text)
    findings = failing_findings(project.run("check", "--json", "--no-grammar"))
    assert findings == [("MK109", line_of(project, text), 9)]  # of the character, not the entry


def test_drafts_are_read_as_notes(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèses jamais, non?")
    path = project.po()
    text = project.read(path).replace(
        'msgctxt "ana-ruiz"\nmsgid "I never', '#, fuzzy\nmsgctxt "ana-ruiz"\nmsgid "I never'
    )
    project.write(path, text)
    outcome = project.done("check", "--json")
    codes = {f["code"] for f in json.loads(outcome.out)["findings"]}
    assert {"GR101", "TY101", "CO102"} <= codes


IGNORED = ["TY101", "TY", "TY101 GR101: said so on purpose", "GR,TY reason"]


@pytest.mark.parametrize("codes", IGNORED)
def test_a_translator_can_leave_a_finding_out(project: Project, codes: str) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    assert project.run("check", "--no-grammar").code == 1
    path = project.po()
    project.edit(
        path,
        'msgctxt "ana-ruiz"\nmsgid "I never',
        f'# pipeline: ignore {codes}\nmsgctxt "ana-ruiz"\nmsgid "I never',
    )
    project.done("check", "--no-grammar")


def test_an_author_can_leave_a_finding_out(project: Project) -> None:
    project.edit("source/salt/en.md", "I never weigh it.", "I never  weigh it.")
    assert project.run("check", "source", "source/salt/en.md", "--no-grammar").code == 2
    assert project.run("check", "source/salt/en.md", "--no-grammar").code == 1
    project.edit("source/salt/en.md", "I never  w", "<!-- pipeline: ignore TY107 -->\n\nI never  w")
    project.done("check", "source/salt/en.md", "--no-grammar")


def test_select_and_ignore(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le  pèse jamais, non?")

    def codes(*arguments: str) -> set[str]:
        outcome = project.run("check", "--json", "--no-grammar", *arguments)
        return {code for code, *_ in failing_findings(outcome)}

    assert codes() == {"TY101", "TY107"}
    assert codes("--select", "TY107") == {"TY107"}
    assert codes("--select", "TY", "--ignore", "TY107,GR") == {"TY101"}
    assert codes("--select", "GR") == set()
    outcome = project.run("check", "--select", "TX999")
    assert outcome.code == 2
    assert "did you mean" in outcome.err


def test_no_grammar_says_so(project: Project) -> None:
    outcome = project.done("check", "--no-grammar", "--json")
    (engine,) = json.loads(outcome.out)["engines"]
    assert engine == "grammar was not checked (--no-grammar, or left out)"
    assert "--no-grammar" in project.done("check", "--no-grammar").out


LEFT_OUT = [("--select", "MK,TY"), ("--ignore", "GR")]


@pytest.mark.parametrize("arguments", LEFT_OUT)
def test_what_grammar_says_is_not_asked_for_where_it_is_not_shown(
    project: Project, arguments: tuple[str, str]
) -> None:
    project.edit("pipeline.toml", '"lingotweaker"', '"languagetool"')
    outcome = project.done("check", *arguments, PIPELINE_LANGUAGETOOL_URL="http://127.0.0.1:9")
    assert "grammar was not checked" in outcome.out


def test_a_locale_that_is_not_read_is_named(project: Project) -> None:
    project.write(
        "pipeline.toml", project.read("pipeline.toml") + "\n[check.locale.fr]\ngrammar = false\n"
    )
    for arguments in ((), ("--statistics",)):
        assert "), not used for fr" in project.done("check", *arguments).out


def test_statistics_are_text(project: Project) -> None:
    outcome = project.run("check", "--statistics", "--output-format", "sarif")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--statistics only prints text; omit --json and --output-format" in outcome.err


def test_a_baseline_survives_edits_beside_a_finding(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non? Et  toi?")
    options = ("--no-grammar", "--baseline", "known.json")
    project.done("check", *options, "--update-baseline")
    project.edit(project.po(), "Et  toi?", "Et toi ?")
    project.done("check", *options)


def test_a_broken_baseline_can_be_made_anew(project: Project) -> None:
    project.write("known.json", '{"version": 1, "findings": [')
    options = ("--baseline", "known.json")
    assert project.run("check", *options).code == 2
    project.done("check", *options, "--update-baseline")
    project.done("check", *options)


def test_an_unchanged_project_starts_no_engine(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.done("check")
    monkeypatch.setattr("pipeline.gate.grammar.lingotweaker.LingoTweaker.check", None)
    project.done("check")
    translate(project, "I never weigh it.", "Je ne le pèse pas.")
    with pytest.raises(TypeError):
        project.run("check")


def test_a_pinned_version(project: Project) -> None:
    project.edit("pipeline.toml", '"lingotweaker"', '"lingotweaker"\nversion = "0.0.1"')
    outcome = project.run("check")
    assert outcome.code == 2
    assert "0.0.1" in outcome.err
    assert "0.2.8" in outcome.err


def test_a_language_that_no_engine_knows(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["sw"], grammar={"engine": "lingotweaker"})
    project.done("run")
    outcome = project.run("check", "--locale", "sw")
    assert outcome.code == 2
    assert "[check.locale.sw]" in outcome.err
    table = "\n[check.locale.sw]\ngrammar = false\n"
    project.write("pipeline.toml", project.read("pipeline.toml") + table)
    project.done("check", "--locale", "sw")


def test_a_language_that_no_engine_knows_hides_no_findings_in_others(tmp_path: Path) -> None:
    project = Project(tmp_path, locales=["sw", "fr"], grammar={"engine": "lingotweaker"})
    project.done("run")
    project.review()
    translate(project, "I never weigh it.", "Je ne les pèse jamais, les sel.")
    outcome = project.run("check")
    assert outcome.code == 2
    assert "GR" in outcome.out
    assert "not used for sw" in outcome.out
    assert outcome.err.count("does not proofread 'sw'") == 1
    assert "(grammar of 'sw' is left out)" in outcome.err


def test_a_server_that_is_gone_is_never_green(project: Project) -> None:
    project.edit("pipeline.toml", '"lingotweaker"', '"languagetool"')
    outcome = project.run("check", "--exit-zero", PIPELINE_LANGUAGETOOL_URL="http://127.0.0.1:9")
    assert outcome.code == 2
    assert "127.0.0.1:9" in outcome.err
    assert outcome.out == ""


def test_baseline(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    base = ("check", "--no-grammar", "--baseline", "known.json")
    assert project.run(*base).code == 2
    assert project.done(*base, "--update-baseline").code == 0
    first = project.read("known.json")
    assert "TY101" in first
    project.done(*base)
    path = project.po()
    project.write(path, "# a line more\n" + project.read(path))
    project.done(*base)
    translate(project, "Less than you think.", "Moins que, non?")
    outcome = project.run(*base, "--json")
    assert [code for code, *_ in failing_findings(outcome)] == ["TY101"]
    translate(project, "Less than you think.", "Moins que cela.")
    translate(project, "I never weigh it.", "Je ne le pèse jamais.")
    stale = project.done("check", "--baseline", "known.json")
    assert "known.json: outdated entry: " in stale.err
    project.done("check", "--baseline", "known.json", "--update-baseline")
    assert "TY101" not in project.read("known.json")


def test_diff_and_fix(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le  pèse jamais, non?")
    before = project.tree()
    outcome = project.run("check", "--no-grammar", "--diff")
    assert outcome.code == 1
    assert "+msgstr" in outcome.out
    assert project.tree() == before
    outcome = project.done("check", "--no-grammar", "--fix")
    assert "fixed 2 places" in outcome.err
    unit = project.unit("I never weigh it.")
    assert unit.target.startswith("Je ne le pèse jamais, non")
    assert unit.target[-2] in (NO, "\u202f")
    assert project.done("check", "--no-grammar", "--diff").out == ""
    stamps = project.written()
    project.done("check", "--no-grammar", "--fix")
    assert project.written() == stamps


def test_a_repaired_draft_stays_a_draft_of_the_machine(project: Project) -> None:
    project.edit("source/salt/en.md", "I never weigh it.", "Never  at all!")
    project.done("run")
    unit = project.unit("Never  at all!")
    assert unit.untouched
    project.run("check", "--no-grammar", "--fix")
    repaired = project.unit("Never  at all!")
    assert repaired.target != unit.target
    assert repaired.untouched
    assert repaired.state is unit.state


def test_an_article_is_repaired_only_if_it_is_named(project: Project) -> None:
    project.edit("source/salt/en.md", "I never weigh it.", "> I **never**  weigh\n> it , no.")
    project.run("check", "--no-grammar", "--fix")
    assert "weigh\n> it , no." in project.read("source/salt/en.md")
    project.done("check", "--no-grammar", "--fix", "source/salt/en.md")
    assert "> I **never** weigh\n> it, no." in project.read("source/salt/en.md")


def test_a_file_that_is_no_po_is_a_finding(project: Project) -> None:
    path = project.po()
    project.write(
        path, project.read(path).replace('msgstr "Je goûte', '<<<<<<< ours\nmsgstr "Je goûte')
    )
    outcome = project.run("check", "--no-grammar", "--json")
    assert outcome.code == 1
    assert ("PO101", line_of(project, "<<<<<<<"), 1) in failing_findings(outcome)


def test_formats_and_files(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    for name in ("json", "sarif", "junit", "github"):
        printed = project.run("check", "--no-grammar", "--output-format", name)
        assert printed.code == 1
        assert "TY101" in printed.out
        written = project.run(
            "check", "--no-grammar", "--output-format", name, "--output-file", "out"
        )
        assert (written.code, written.out) == (1, "")
        assert project.read("out") == printed.out
    assert "TY101" in project.run("check", "--no-grammar", "--statistics").out
    assert project.run("check", "--no-grammar", "--exit-zero").code == 0


def test_severity_by_the_settings(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    table = '\n[check]\nseverity = { TY101 = "info" }\n'
    project.write("pipeline.toml", project.read("pipeline.toml") + table)
    project.done("check", "--no-grammar")


def test_a_project_that_cannot_be_written_is_checked_all_the_same(project: Project) -> None:
    project.write(".pipeline/verdicts.sqlite", b"no database" * 100)
    outcome = project.done("check", "--locale", "fr")
    assert "the results of the grammar engine are not cached" in outcome.err


def test_glossary(project: Project) -> None:
    project.write(
        "locales/fr/glossary.csv",
        "source,target,kind,note\ncook,chef,required,\n,médecin,forbidden,\n",
    )
    codes = [code for code, *_ in failing_findings(project.run("check", "--no-grammar", "--json"))]
    assert codes.count("GL101") == 2
    assert codes.count("GL102") == 1
    project.write("locales/fr/glossary.csv", "source,target\ncook\n")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 2
    assert "glossary.csv:2" in outcome.err


@pytest.mark.parametrize("given", [(), ("locales/fr/LC_MESSAGES/salt.po",)])
def test_a_glossary_that_contradicts_itself_is_told_once(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    project = Project(tmp_path, "pepper", "salt")
    project.done("run")
    path = "locales/fr/glossary.csv"
    project.write(path, "source,target,kind\nfoe,ami,required\nfoe,ami,forbidden\n")
    outcome = project.run("check", "--no-grammar", "--select", "GL103", "--json", *given)
    assert outcome.code == 1
    (finding,) = json.loads(outcome.out)["findings"]
    assert (finding["path"], finding["line"], finding["locale"]) == (path, 3, "fr")


class _Broken(BaseHTTPRequestHandler):
    """Handler that answers every request with the server's ``answer``: a status and a body."""

    def do_GET(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + 10 * (status == 206)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Suppress the log."""


BROKEN = {
    "an error": (500, b"Internal Server Error"),
    "a page": (200, b"<html>Sign in</html>"),
    "half a body": (206, b'{"software":{"name":"Lang'),
    "other JSON": (200, b'{"message": "no"}'),
    "nothing": (200, b""),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
def test_a_server_that_answers_something_else_is_never_green(
    project: Project, answer: tuple[int, bytes]
) -> None:
    project.edit("pipeline.toml", '"lingotweaker"', '"languagetool"')
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Broken)
    server.answer = answer  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        outcome = project.run("check", PIPELINE_LANGUAGETOOL_URL=url)
    finally:
        server.shutdown()
        server.server_close()
    assert outcome.code == 2
    assert outcome.out == ""
    assert f"127.0.0.1:{server.server_port}" in outcome.err


def test_an_update_keeps_what_was_not_looked_at(project: Project) -> None:
    translate(project, "I never weigh it.", "Je ne le pèse jamais, non?")
    base = ("check", "--no-grammar", "--baseline", "known.json", "--update-baseline")
    project.done(*base)
    project.done(*base, "--ignore", "TY")
    assert "TY101" in project.read("known.json")


SCOPES = {
    "a locale": ("check.locale.fa", "the project has no such locale; did you mean 'fr'?"),
    "a locale in another spelling": ("check.locale.FR", "available: en, fr"),
    "an article": ("check.article.sal", "the project has no such article; did you mean 'salt'?"),
}


@pytest.mark.parametrize(("table", "message"), SCOPES.values(), ids=SCOPES)
def test_settings_for_what_the_project_does_not_have(
    project: Project, table: str, message: str
) -> None:
    settings = project.read("pipeline.toml")
    project.write("pipeline.toml", f"{settings}\n[{table}]\nignore = ['TY']\n")
    outcome = project.run("check", "--no-grammar")
    assert outcome.code == 2
    assert f"[{table}]" in outcome.err
    assert message in outcome.err


def test_settings_for_the_language_of_a_file_that_is_named(project: Project) -> None:
    settings = project.read("pipeline.toml")
    project.write("pipeline.toml", f"{settings}\n[check.locale.de]\nignore = ['TY']\n")
    project.write("notes.md", "Zwei Köche.\n")
    project.done("check", "--no-grammar", "--locale", "de", "notes.md")


def test_a_hard_break_of_windows_is_found_and_repaired(project: Project) -> None:
    text = "One  \r\ntwo  three.\r\n"
    project.write("source/salt/en.md", text)
    outcome = project.run("check", "source/salt/en.md", "--no-grammar", "--json")
    assert ("TY107", 2, 4) in failing_findings(outcome)
    assert "1 place" in project.run("check", "source/salt/en.md", "--no-grammar", "--fix").err
    assert project.read("source/salt/en.md") == text.replace("two  ", "two ")
