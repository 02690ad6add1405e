"""Draw the picture of the README: what `pipeline status` prints for our own article.

``python -m docs.picture`` writes it. A test compares the file with the command's output.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

__all__ = ["PICTURE", "draw"]

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "status.svg"
_COMMAND = ("status",)
_COLUMNS = 62
_PROJECT = ("pyproject.toml", "source", "locales")
_FONTS = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
# rich's own format names fonts of another host; this one needs only those of the reader's machine.
_FORMAT = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix, .{unique_id}-title {{ font-family: FONTS; }}
.{unique_id}-matrix {{ font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 16px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""".replace("FONTS", _FONTS)
_COLORS = ("e06c75", "98c379", "e5c07b", "61afef", "c678dd", "56b6c2", "d6dbe5")
"""Red, green, yellow, blue, magenta, cyan and white, as RGB."""


def _rgb(color: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(color)
    return red, green, blue


_DARK = _rgb("1e222a")
_THEME = TerminalTheme(_DARK, _rgb(_COLORS[-1]), [_DARK, *map(_rgb, _COLORS)])


def draw() -> str:
    """Return the picture as SVG; it is the same wherever the command prints the same."""
    console = Console(
        record=True,
        width=_COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    console.print(f"[bold]$[/] pipeline {' '.join(_COMMAND)}", highlight=False)
    console.print(Text.from_ansi(_output()))
    svg = console.export_svg(
        title="pipeline", theme=_THEME, code_format=_FORMAT, unique_id="status"
    )
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _output() -> str:
    """Return what the command prints on a terminal, for a copy of our project."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(_COLUMNS)}
    environment |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        for name in _PROJECT:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder, name))
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *_COMMAND],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
    return done.stdout


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8")
