"""HT: what a page in HTML cannot show of its article. The examples are whole articles.

The findings come from `pipeline.pages`, which knows what a page shows.
"""

from __future__ import annotations

from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule

__all__ = ["RULES"]

_ONE = "# Title\n\nThe first one.\n\n"


RULES: dict[str, Rule] = {
    "HT101": Rule(
        Severity.WARNING,
        "a tag that pages in HTML leave out",
        "Readers do not see what it would show or do. Text in it stays, except that of scripts, "
        "styles and the like.",
        Example(_ONE + "<script>count()</script>\n"),
        Example(_ONE + '<video src="engine.mp4"></video>\n'),
    ),
    "HT102": Rule(
        Severity.WARNING,
        "a frame of a host that is not listed",
        "Pages in HTML show a link in its place. To show the frame, add its host to the setting "
        "`frame_hosts`; its page then runs in a sandbox, and learns who reads yours.",
        Example(_ONE + '<iframe src="https://maps.example/1"></iframe>\n'),
        Example(_ONE + "[The map](https://maps.example/1)\n"),
    ),
    "HT103": Rule(
        Severity.INFO,
        "an attribute or an address that pages in HTML leave out",
        "What it would do is lost: a style, a script, a link of a scheme that may be dangerous.",
        Example(_ONE + '<p style="color: red">Red.</p>\n'),
        Example(_ONE + '<p class="red">Red.</p>\n'),
    ),
    "HT104": Rule(
        Severity.INFO,
        "syntax of another program that pages in HTML show as it stands",
        "Readers see its signs in the text. Where a generator makes the pages, set `html = false`.",
        Example(_ONE + "The {{< year >}} edition.\n"),
        Example(_ONE + "The 2026 edition.\n"),
    ),
    "HT105": Rule(
        Severity.WARNING,
        "a formula that cannot be read",
        "Readers see its TeX.",
        Example(_ONE + "It is $\\frac{1}{$.\n"),
        Example(_ONE + "It is $\\frac{1}{2}$.\n"),
    ),
}
