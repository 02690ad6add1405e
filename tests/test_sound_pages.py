"""Pages as validators and a browser find them: our own article, and two rich ones."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.node import ENVIRONMENT, PACKAGES

pytestmark = pytest.mark.heavy("Chromium, Java, and validators of npm")

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "sound_pages"
SETTINGS = 'source = "{}"\nlocales = [{}]\nsite = "https://example.org/"\n'
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ff"
    "ff3f0005fe02fedccc59e70000000049454e44ae426082"
)
NO_FAULTS = re.compile(
    # A file has no host, which the policy's sign for any host does not match.
    "Resource violates Content Security Policy"
    # That would be so for a frame of the page's own host.
    "|Setting both .allow-scripts. and .allow-same-origin. is not recommended"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Build the pages of our own article and of the two others."""
    own, arabic = (tmp_path_factory.mktemp(name) for name in ("own", "arabic"))
    shutil.copytree(ROOT / "source", own / "source")
    shutil.copytree(ROOT / "locales", own / "locales")
    for root, source, locales in ((own, "en", '"fr"'), (arabic, "ar", "")):
        (root / "source" / "rich").mkdir(parents=True)
        shutil.copy(FOLDER / f"{source}.md", root / "source" / "rich")
        (root / "source" / "rich" / "engine.png").write_bytes(PIXEL)
        (root / "pipeline.toml").write_text(SETTINGS.format(source, locales), "utf-8")
        subprocess.run(
            [sys.executable, "-m", "pipeline", "build", "--quiet"],
            cwd=root,
            env=ENVIRONMENT | {"PYTHONPATH": str(ROOT)},
            check=True,
        )
    built = [path for root in (own, arabic) for path in root.rglob("*.html")]
    assert {path.stem for path in built} >= {"six-social-experts", "rich"}
    return sorted(built)


def output(*command: str | Path) -> subprocess.CompletedProcess[str]:
    assert (PACKAGES / "axe-core").is_dir(), "validators are missing: run make test-all"
    return subprocess.run(
        command, cwd=PACKAGES.parent, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def test_axe_and_a_small_screen_find_nothing(pages: list[Path], tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "chromium is missing; install it to test pages (Debian: chromium)"
    script = FOLDER / "browser.mjs"
    run = output("node", script, chromium, "", *pages)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == []


def test_a_fault_would_be_found(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "chromium is missing; install it to test pages (Debian: chromium)"
    page = tmp_path / "bad.html"
    page.write_text(
        "<!DOCTYPE html><html lang=en><title>x</title><main><h1>x</h1><input type=checkbox>"
        "<pre style='overflow: hidden; width: 9px'>cut words</pre>"
        "<details><summary>x</summary><style media=print>"
        "details::details-content { content-visibility: hidden }</style><p>y</p></details>"
        "<div style='width: 2000px'>wide</div></main>",
        "utf-8",
    )
    run = output("node", FOLDER / "browser.mjs", chromium, "", page)
    faults = " ".join(json.loads(run.stdout))
    for fault in ("label", "wider than the window", "PRE is cut", "closed details"):
        assert fault in faults


def test_html_validate_finds_nothing(pages: list[Path]) -> None:
    config = FOLDER / "htmlvalidate.json"
    command = PACKAGES / ".bin" / "html-validate"
    run = output("node", command, "--config", config, "--formatter", "text", *pages)
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_vnu_finds_nothing(pages: list[Path]) -> None:
    jar = PACKAGES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    run = output("java", "-jar", jar, "--format", "json", *pages)
    messages = [m["message"] for m in json.loads(run.stderr or run.stdout)["messages"]]
    assert [message for message in messages if not NO_FAULTS.search(message)] == []
