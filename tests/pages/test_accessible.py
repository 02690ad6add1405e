"""HTML for keyboards, screen readers and two directions of writing."""

from __future__ import annotations

import pytest

from pipeline.pages.accessible import isolate_scripts, make_accessible

BOX = '<input disabled type="checkbox">'

MENDED = [
    ("<p>x</p>", "<p>x</p>"),
    ("<pre><code>x</code></pre>", '<pre tabindex="0"><code>x</code></pre>'),
    (
        "<table><tbody></tbody></table>",
        '<div class="page-table" tabindex="0"><table><tbody></tbody></table></div>',
    ),
    (f"<li>{BOX} a <b>b</b></li>", f"<li><label>{BOX} a <b>b</b></label></li>"),
    (
        f"<li>{BOX} a\n<ul><li>{BOX} b</li></ul></li>",
        f"<li><label>{BOX} a</label>\n<ul><li><label>{BOX} b</label></li></ul></li>",
    ),
    (f"<li><p>{BOX} a</p><p>b</p></li>", f"<li><p><label>{BOX} a</label></p><p>b</p></li>"),
    (f"<label>{BOX} a</label>", f"<label>{BOX} a</label>"),
    (f"{BOX} a {BOX} b", f"<label>{BOX} a</label> <label>{BOX} b</label>"),
    ('<p id="a">x</p><b id="a">y</b>', '<p id="a">x</p><b>y</b>'),
    ('<p id="">x</p>', "<p>x</p>"),
    ('<input disabled="" checked=""> x', "<label><input disabled checked> x</label>"),
    ('<td style="text-align: right">x</td>', '<td class="align-right">x</td>'),
    ('<td class="a" style="text-align:center">x</td>', '<td class="a align-center">x</td>'),
    ('<p title="<a>" id="b">x</p><i id="b"></i>', '<p title="<a>" id="b">x</p><i></i>'),
]


@pytest.mark.parametrize(("body", "expected"), MENDED)
def test_html_is_made_accessible(body: str, expected: str) -> None:
    assert make_accessible(body) == expected


ISOLATED = [
    ("rtl", "<p>قال Ada Byron (@ada), هنا.</p>", ["Ada Byron", "@ada"]),
    ("rtl", "<p>C++ و C# و U.S.A.</p>", ["C++", "C#", "U.S.A"]),
    ("rtl", "<p>AT&amp;T و &lt;b&gt; 15%</p>", ["AT&amp;T", "b"]),
    ("rtl", '<p title="Ada">نص</p><code>Ada</code><pre>Ada <b>x</b></pre>', []),
    ("rtl", '<p><span lang="en" dir="ltr">Ada <b>x</b></span> Byron</p>', ["Byron"]),
    ("rtl", "<p>نص <br> Ada</p>", ["Ada"]),
    ("rtl", "<td>Engine No. 2</td><td>5 t</td>", ["Engine No. 2", "5 t"]),
    ("rtl", "<p>في 2026 قالت Ada.</p>", ["Ada"]),
    ("ltr", "<p>Elle dit مرحبا بك, puis.</p>", ["مرحبا بك"]),
    ("ltr", "<p>Ada שלום</p>", ["שלום"]),
    ("ltr", "<p>Rien.</p>", []),
]


@pytest.mark.parametrize(("direction", "body", "names"), ISOLATED)
def test_names_against_the_direction_are_isolated(
    direction: str, body: str, names: list[str]
) -> None:
    made = isolate_scripts(body, direction)
    assert [part.split("</bdi>")[0] for part in made.split("<bdi>")[1:]] == names
    assert made.replace("<bdi>", "").replace("</bdi>", "") == body
