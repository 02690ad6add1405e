"""Pages, as a browser reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.pages.html import Alternate, render_page
from pipeline.pages.interface import Words, load_words
from tests.pages.dom import Dom, make, render_dom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Browser = Callable[[str], "Dom"]

# Those that RFC 5646 calls well-formed, without extensions, private use and old exceptions.
BCP47 = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Open a page in Chromium and return its DOM once it is idle."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "chromium is missing; install it to test pages (Debian: chromium)"
    folder = tmp_path_factory.mktemp("browser")

    def opened(html: str) -> Dom:
        path = folder / "page.html"
        path.write_text(html, "utf-8")
        profile = f"--user-data-dir={folder / 'profile'}"
        run = subprocess.run(
            [chromium, *FLAGS, profile, "--dump-dom", path.as_uri()],
            capture_output=True,
            check=True,
            timeout=120,
        )
        return Dom(run.stdout.decode("utf-8"))

    return opened


def links(current: str = "fr") -> tuple[Alternate, ...]:
    return tuple(
        Alternate(locale, f"../{locale}/a.html", locale == current, locale != "de")
        for locale in ("en", "fr", "fr_CA", "zh_Hant", "de", "ar")
    )


def hreflang(dom: Dom) -> list[tuple[str, str]]:
    return [
        (link.attributes["hreflang"], link.attributes["href"])
        for link in dom.all("link", rel="alternate")
    ]


# In the browser


FRENCH = make(
    '\ufeff---\ntitle: Titre\n---\n\n<mark class="draft">Un *brouillon*.</mark>\n\n'
    '## <mark class="draft">Titre deux</mark> {#deux}\n\n'
    '<span class="untranslated" lang="en">Not yet.</span>\n\n'
    "| a | b |\n|--|:-:|\n| 1 | 2 |\n\n- [x] fait\n\nVoir[^1].\n\n[^1]: Note.\n\n"
    "```python\nx = '<mark>'\n```\n",
    metadata=(
        ("title", "Un titre & <plus>"),
        ("description", 'Dit "tout".'),
        ("author", "Anaïs"),
        ("category", "Réseaux"),
        ("date", "2026-11-23"),
    ),
    alternates=links(),
    drafts=2,
    untranslated=1,
)


@pytest.fixture(
    scope="module",
    params=["as written", pytest.param("in a browser", marks=pytest.mark.heavy("Chromium"))],
)
def french(request: pytest.FixtureRequest) -> Dom:
    page = render_page(FRENCH, load_words("fr"))
    return request.getfixturevalue("browser")(page) if "browser" in request.param else Dom(page)


def test_the_page_says_its_language_title_and_description(french: Dom) -> None:
    html = french.one("html").attributes
    assert (html["lang"], html["dir"]) == ("fr", "ltr")
    assert french.one("title").text == "Un titre & <plus>"
    assert french.one("h1").text == "Un titre & <plus>"
    assert french.one("meta", name="description").attributes["content"] == 'Dit "tout".'
    assert french.one("meta", charset="utf-8").above == ("html", "head")
    assert french.all("meta", name="viewport")


def test_the_byline_is_in_the_pages_language(french: Dom) -> None:
    byline = french.one("p", class_="page-byline")
    assert byline.text == "Par Anaïs Réseaux 23 novembre 2026"
    assert french.one("time").attributes == {"datetime": "2026-11-23"}


def test_the_switcher_names_each_published_language_in_itself(french: Dom) -> None:
    assert french.one("nav").attributes["aria-label"] == "Langues"
    nav_links = [e for e in french.all("a") if "nav" in e.above]
    assert [(e.text, e.attributes["lang"], e.attributes["dir"]) for e in nav_links] == [
        ("English", "en", "ltr"),
        ("français", "fr", "ltr"),
        ("français (Canada)", "fr-CA", "ltr"),
        ("中文 (繁體)", "zh-Hant", "ltr"),
        ("العربية", "ar", "rtl"),
    ]
    assert all(e.attributes["hreflang"] == e.attributes["lang"] for e in nav_links)
    current = [e.text for e in nav_links if e.attributes.get("aria-current") == "page"]
    assert current == ["français"]


def test_search_engines_are_told_of_each_published_language(french: Dom) -> None:
    assert hreflang(french) == [
        ("en", "../en/a.html"),
        ("x-default", "../en/a.html"),
        ("fr", "../fr/a.html"),
        ("fr-CA", "../fr_CA/a.html"),
        ("zh-Hant", "../zh_Hant/a.html"),
        ("ar", "../ar/a.html"),
    ]


def test_drafts_and_stand_ins_are_marked_for_eyes_and_ears(french: Dom) -> None:
    first, second = french.all("mark")
    assert first.text == "Brouillon\u00a0: Un brouillon.".replace("\u00a0", " ")
    assert first.attributes == {"class": "draft", "title": "Brouillon non relu"}
    assert "h2" in second.above
    span = french.one("span", class_="untranslated")
    assert span.text == "Not yet."
    assert (span.attributes["lang"], span.attributes["dir"]) == ("en", "ltr")
    assert span.attributes["title"] == "Pas encore traduit"


def test_the_note_counts_drafts_and_stand_ins(french: Dom) -> None:
    note = french.one("div", class_="page-note")
    assert note.attributes["aria-label"] == "À propos de cette traduction"
    assert [
        e.text for e in french.all("li") if e.attributes.get("class", "").startswith("page-")
    ] == [
        "2 textes de cette page sont des brouillons non relus.",
        "1 texte n’est pas encore traduit et apparaît en anglais.",
        "Relu : 82 %",
    ]
    assert french.one("meta", name="robots").attributes["content"] == "noindex"


def test_a_skip_link_comes_first_and_leads_to_the_text(french: Dom) -> None:
    first = next(e for e in french.elements if "body" in e.above)
    assert (first.tag, first.text) == ("a", "Aller au texte")
    target = first.attributes["href"].removeprefix("#")
    assert french.one("main").attributes == {"id": target, "tabindex": "-1"}


def test_the_markdown_is_on_the_page(french: Dom) -> None:
    assert french.one("h2").attributes["id"] == "deux"
    assert [e.attributes.get("class") for e in french.all("td")] == [None, "align-center"]
    box = french.one("input").attributes
    assert (box["type"], "checked" in box, "disabled" in box) == ("checkbox", True, True)
    target = french.one("sup", class_="footnote-ref")
    assert target.text == "1"
    assert french.one("li", class_="footnote-item").attributes["id"] == "fn1"
    back = french.one("a", class_="footnote-backref").attributes
    assert (back["href"], back["aria-label"]) == ("#fnref1", "Aller au texte 1")
    assert french.one("code").attributes["class"] == "language-python"
    assert french.one("code").text == "x = '<mark>'"
    assert "title: Titre" not in french.one("main").text


def test_every_language_tag_is_bcp_47(french: Dom) -> None:
    tags = [
        value
        for element in french.elements
        for name, value in element.attributes.items()
        if name in ("lang", "hreflang") and value != "x-default"
    ]
    assert len(tags) > 10
    assert [tag for tag in tags if not BCP47.fullmatch(tag)] == []


def test_an_arabic_page_runs_from_right_to_left(browser: Browser) -> None:
    page = make("نص\n", "ar", (("title", "عنوان"),), links("ar"), drafts=3)
    dom = browser(render_page(page, load_words("ar")))
    html = dom.one("html").attributes
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    note = dom.one("li", class_="page-of-draft")
    assert note.text == "3 texts on this page are unreviewed drafts."
    assert (note.attributes["lang"], note.attributes["dir"]) == ("en", "ltr")
    assert dom.one("a", class_="page-skip").text == "إلى النص"


# What each part does


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("Text.\n", ["Titre"]),
        ("# Own\n\nText.\n", ["Own"]),
        ("<!-- note -->\n\n# Own\n", ["Own"]),
        ("Own\n===\n", ["Own"]),
        ("Text.\n\n# Later\n", ["Titre", "Later"]),
        ("## Two\n", ["Titre"]),
        ("---\ntitle: x\n---\n# Own\n", ["Own"]),
    ],
)
def test_the_title_is_the_headline_unless_the_text_begins_with_one(
    body: str, headings: list[str]
) -> None:
    assert [e.text for e in render_dom(make(body)).all("h1")] == headings


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("## Two *words* & more\n", "Two words & more"),
        ('## <mark class="draft">Two</mark>\n', "Two"),
        ("## ![](x)\n\n### Three\n", "Three"),
        ("Text.\n", "Text."),
        ("word " * 20, "word " * 11 + "word…"),
        ("", "français"),
    ],
)
def test_a_page_without_title_is_named_after_its_first_heading(body: str, title: str) -> None:
    dom = render_dom(make(body, metadata=()))
    assert dom.one("title").text == title
    assert dom.all("h1") == []


@pytest.mark.parametrize(
    ("locale", "value", "datetime", "text"),
    [
        ("fr", "2026-11-23", "2026-11-23", "23 novembre 2026"),
        ("de", "2026-11-23", "2026-11-23", "23. November 2026"),
        ("fr", "2026-11-23T10:00:00Z", "2026-11-23", "23 novembre 2026"),
        ("fr", "2026-11-23 10:00", "2026-11-23", "23 novembre 2026"),
        ("fr", "2026-02-30", None, "2026-02-30"),
        ("fr", "automne 2026", None, "automne 2026"),
        ("fr", "20261123", None, "20261123"),
    ],
)
def test_a_date_is_written_in_the_pages_language(
    locale: str, value: str, datetime: str | None, text: str
) -> None:
    dom = render_dom(make(locale=locale, metadata=(("date", value),)))
    assert dom.one("p", class_="page-byline").text == text
    assert [e.attributes["datetime"] for e in dom.all("time")] == ([datetime] if datetime else [])


def test_what_an_article_does_not_have_leaves_nothing_behind() -> None:
    dom = render_dom(make(metadata=()))
    for tag in ("header", "nav", "aside", "time", "h1"):
        assert dom.all(tag) == []
    assert dom.all("meta", name="description") == []
    assert dom.all("meta", name="robots") == []


def test_a_summary_describes_a_page_that_has_no_description() -> None:
    dom = render_dom(make(metadata=(("summary", "Short."),)))
    assert dom.one("meta", name="description").attributes["content"] == "Short."


def test_several_authors_are_all_named() -> None:
    dom = render_dom(make(metadata=(("author", "A"), ("title", "T"), ("author", "B"))))
    assert dom.one("p", class_="page-byline").text == "Par A, B"


def test_stand_ins_alone_do_not_hide_a_page_from_search_engines() -> None:
    dom = render_dom(make(untranslated=1)._replace(preview=False))
    assert dom.all("div", class_="page-note") == []
    assert dom.all("meta", name="robots") == []


def test_all_but_everything_reviewed_is_not_a_hundred_percent() -> None:
    page = make(locale="en", untranslated=1)._replace(share_reviewed=0.9999)
    assert render_dom(page).one("li", class_="page-of-share").text == "Reviewed: 99%"


def test_addresses_for_search_engines_are_absolute_where_the_site_is_known() -> None:
    page = make(alternates=links(), site="https://example.org/blog/fr/a.html")
    dom = render_dom(page)
    assert ("en", "https://example.org/blog/en/a.html") in hreflang(dom)
    assert ("x-default", "https://example.org/blog/en/a.html") in hreflang(dom)
    hrefs = [e.attributes["href"] for e in dom.all("a") if "nav" in e.above]
    assert hrefs[0] == "../en/a.html"


def test_a_site_that_is_no_address_is_passed_over() -> None:
    dom = render_dom(make(alternates=links(), site="https://[example"))
    assert ("en", "../en/a.html") in hreflang(dom)


def test_an_unpublished_page_still_names_itself() -> None:
    dom = render_dom(make(locale="de", alternates=links("de")))
    assert ("de", "../de/a.html") in hreflang(dom)
    assert dom.one("a", aria_current="page").text == "Deutsch"


def test_a_source_text_keeps_its_direction_on_a_page_of_another() -> None:
    body = '<span class="untranslated" lang="ar">نص</span>\n'
    dom = render_dom(make(body)._replace(source="ar"))
    assert dom.one("span", class_="untranslated").attributes["dir"] == "rtl"


def test_a_source_language_that_babel_does_not_know_is_no_crash_in_a_text() -> None:
    dom = render_dom(make('<span class="untranslated" lang="qqqqqq">x</span>\n'))
    assert dom.one("span", class_="untranslated").text == "x"


@pytest.mark.parametrize(
    ("locale", "tag"),
    [("fr_CA", "fr-CA"), ("zh_TW", "zh-TW"), ("ca_ES@valencia", "ca-ES-valencia")],
)
def test_the_language_of_a_page_is_bcp_47(locale: str, tag: str) -> None:
    assert BCP47.fullmatch(tag)
    assert render_dom(make(locale=locale)).one("html").attributes["lang"] == tag


def test_an_unknown_locale_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="unknown locale"):
        render_page(make(locale="xx"), load_words("fr"))
    with pytest.raises(UsageError, match="unknown locale"):
        render_page(make(alternates=(Alternate('"><b>', "a", False, True),)), load_words("fr"))


def test_a_page_asks_for_nothing_from_elsewhere(french: Dom) -> None:
    assert {e.tag for e in french.elements} & {"script", "iframe", "object"} == set()
    assert {e.attributes["rel"] for e in french.all("link")} == {"alternate"}
    style = french.one("style").text
    assert len(style) > 1000
    assert "url(" not in style
    assert "@import" not in style


def test_an_interface_word_is_text_and_not_html() -> None:
    words = Words((("fr", {("", "Draft:"): "<b>&amp;", ("", "Unreviewed draft"): '"<i>'}),))
    dom = render_dom(make('<mark class="draft">x</mark>\n'), words)
    assert dom.one("mark").text == "<b>&amp; x"
    assert dom.one("mark").attributes["title"] == '"<i>'


# What must not become script

SCRIPT = "document.title='HACKED'"
HOSTILE = [
    f"<script>{SCRIPT}</script>",
    f'"><script>{SCRIPT}</script>',
    f'\'><img src=x onerror="{SCRIPT}">',
    f'" onload="{SCRIPT}" autofocus onfocus="{SCRIPT}" x="',
    f"</title><script>{SCRIPT}</script>",
    f"</style><script>{SCRIPT}</script>",
    f"--><script>{SCRIPT}</script>",
    f'<svg onload="{SCRIPT}"><script>{SCRIPT}</script></svg>',
    f'<svg><a xlink:href="javascript:{SCRIPT}"><text>x</text></a></svg>',
    f'<math><mtext><table><mglyph><style><img src=x onerror="{SCRIPT}"></style></mglyph></table>',
    f'<iframe srcdoc="<script>top.{SCRIPT}</script>" src="javascript:top.{SCRIPT}"></iframe>',
    f'<object data="javascript:{SCRIPT}"></object><embed src="javascript:{SCRIPT}">',
    f'<a href="javascript:{SCRIPT}">x</a> [x](javascript:{SCRIPT}) <javascript:{SCRIPT}>',
    f'<a href=" java&#10;script&colon;{SCRIPT}">x</a> [x](&#106;avascript:{SCRIPT})',
    f'<a href="data:text/html,<script>{SCRIPT}</script>">x</a>',
    f'<form action="javascript:{SCRIPT}"><button formaction="javascript:{SCRIPT}">x</button>',
    f'<meta http-equiv="refresh" content="0;url=javascript:{SCRIPT}"><base href="//e.org/">',
    f'<details open ontoggle="{SCRIPT}"><summary>x</summary></details>',
    f'<video><source onerror="{SCRIPT}"></video><body onload="{SCRIPT}">',
    f'<template><script>{SCRIPT}</script></template><noscript><p title="</noscript>'
    f'<img src=x onerror={SCRIPT}>"></noscript>',
    f'<mark class="draft" onmouseover="{SCRIPT}">x</mark>',
    f'<mark class="draft">x</mark><img alt=\'<mark class="draft">\' src=x onerror="{SCRIPT}">',
    f'`x` <!-- <mark class="draft"> <img src=x onerror="{SCRIPT}"> -->',
    "{{ 7*7 }}{% include 'page.css' %}{{ words.__class__ }}",
    "javascript:" + SCRIPT,
    " jAvA\tscript:" + SCRIPT,
    "\x01javascript:" + SCRIPT,
    "data:text/html,<script>" + SCRIPT + "</script>",
    "vbscript:" + SCRIPT,
]
FORBIDDEN = frozenset(
    {
        "script", "iframe", "object", "embed", "form", "button", "base", "template",
        # Of SVG and MathML, what may run or load anything, or hold HTML.
        "foreignobject", "use", "image", "animate", "set", "annotation-xml", "mglyph", "malignmark",
    }
)  # fmt: skip
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "data", "cite", "srcdoc")


def words_that_all_are(text: str) -> Words:
    class Any(dict[tuple[str, str], str]):
        def get(self, key: object, default: object = None) -> str:
            return f"{text} %(count)d %(author)s %(language)s"

    return Words((("fr", Any()),))


def hostile_page(text: str) -> str:
    """Put a text in every place that can hold text from outside."""
    metadata = tuple((key, text) for key in ("title", "description", "author", "category", "date"))
    page = make(
        f'<mark class="draft">{text}</mark>\n\n## {text}\n\n{text}\n\n- {text}\n\n'
        f'<span class="untranslated" lang="en">{text}</span>\n\n<div>\n{text}\n</div>\n\n'
        f"![{text}]({text} '{text}')\n\n```{text}\n{text}\n```\n",
        metadata=metadata,
        alternates=(
            Alternate("fr", text, True, True),
            Alternate("en", text, False, True),
            Alternate("es", "es.html", False, True),
            Alternate("it", "it.html", False, True),
        ),
        drafts=1,
        untranslated=2,
        site=text,
    )
    page = page._replace(quoted=("en",), frame_hosts=("www.youtube.com", text))
    return render_page(page, words_that_all_are(text))


def dangers(dom: Dom) -> Iterator[str]:
    for element in dom.elements:
        if element.tag in FORBIDDEN:
            yield element.tag
        if element.tag == "meta" and "refresh" in element.attributes.get("http-equiv", ""):
            yield "refresh"
        for name, value in element.attributes.items():
            # As browsers read it: https://url.spec.whatwg.org/#concept-basic-url-parser
            plain = re.sub(r"^[\x00-\x20]+|[\t\n\r]+", "", value).lower()
            if name.startswith("on"):
                yield f"{element.tag} {name}"
            if name in ADDRESSES and re.match(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", plain):
                yield f"{name}={value}"


def without_policy(html: str) -> str:
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n', "", html)
    assert bare != html
    return bare


def test_a_hostile_text_would_run_in_a_page_that_is_not_guarded(browser: Browser) -> None:
    dom = browser("<title>calm</title>" + "".join(HOSTILE[:3]))
    assert dom.one("title").text == "HACKED"
    assert set(dangers(dom)) >= {"script", "img onerror"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_becomes_script(browser: Browser, text: str) -> None:
    # The policy is taken off, so that what is judged is the escaping and the sanitising.
    dom = browser(without_policy(hostile_page(text)))
    assert list(dangers(dom)) == []
    assert dom.all("title")[0].text != "HACKED"
    assert dom.one("main").above == ("html", "body")
    assert "49" not in dom.one("h1").text


def test_the_policy_allows_pictures_and_style_and_nothing_else(french: Dom) -> None:
    (policy,) = french.all("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"].split("; ") == [
        "default-src 'none'",
        "img-src * data:",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_the_policy_alone_stops_scripts(browser: Browser) -> None:
    page = render_page(make("PLACE\n"), load_words("fr"))
    injected = f'<script>{SCRIPT}</script><img src="x" onerror="{SCRIPT}">'
    assert browser(page.replace("PLACE", injected)).one("title").text == "Titre"
    bare = without_policy(page).replace("PLACE", injected)
    assert browser(bare).one("title").text == "HACKED"


def test_the_policy_lets_the_pages_own_style_and_images_through(
    browser: Browser, tmp_path: Path
) -> None:
    picture = tmp_path / "a b.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="77" height="5"/>', "utf-8")
    page = render_page(make(f"![x](<../{tmp_path.name}/{picture.name}>)\n"), load_words("fr"))
    # A page cannot tell its own style without a script, so the policy gets one, and only one.
    probe = (
        "document.title = document.images[0].naturalWidth + ' '"
        " + getComputedStyle(document.body).marginTop"
    )
    opened = page.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    opened = opened.replace("</body>", f"<script>onload = () => {{ {probe} }}</script></body>")
    assert browser(opened).one("title").text == "77 0px"


PIECES = st.sampled_from(
    [*HOSTILE, "<", ">", '"', "'", "&", "`", "\n", "\n\n", "](", "<p", "</p>", "<!--", "-->", "x"]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join))
def test_no_mixture_becomes_script(text: str) -> None:
    assert list(dangers(Dom(hostile_page(text)))) == []


def test_marks_without_a_plain_space_are_those_of_headings() -> None:
    page = FRENCH._replace(body="##\u00a0Sel\n\nUn.\n".encode())
    assert ">Sel</h2>" in render_page(page, load_words("fr"))
