from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.article import read_article, with_detected_languages

if TYPE_CHECKING:
    from pipeline.model import Article

STATED = {
    "heading": "## Anne Martin, Kestrel (@anne) {lang=fr}\n\nJe lis.\n\n### Puis\n\nJ'écris.\n",
    "heading of Kramdown": '## Anne Martin, Kestrel (@anne) {: lang="fr" }\n\nJe lis.\n',
    "line below a heading": '## Anne Martin, Kestrel (@anne)\n{: lang="fr" }\n\nJe lis.\n',
    "bold line": "**Anne Martin, Kestrel (@anne)** {lang=fr}\n\nJe lis.\n\nPuis j'écris.\n",
    "HTML around a section": '<section lang="fr">\n\n## Anne Martin\n\nJe lis.\n\n</section>\n',
    "heading with other attributes": '## Anne {#a .b lang="fr"}\n\nJe lis.\n',
    "fenced div": "::: {.answer lang=fr}\nJe lis.\n\n- Puis j'écris.\n:::\n",
    "nested fenced divs": "::: {lang=fr}\n:::: note\nJe lis.\n::::\n\nJ'écris.\n:::\n",
    "HTML around Markdown": '<div lang="fr">\n\nJe lis.\n\n<div>\n\nJ\'écris.\n\n</div>\n</div>\n',
    "HTML paragraph": "<p lang='fr'>Je lis.</p>\n",
    "HTML without quotes": "<blockquote class=a lang=fr>Je lis.</blockquote>\n",
    "line behind a paragraph": 'Je lis.\n{: lang="fr"}\n',
    "line before a paragraph": "{lang=fr}\nJe lis.\n",
    "bracketed span": "[Je lis.]{lang=fr}\n",
    "HTML span": '<span lang="fr">Je lis.</span>\n',
    "list item": "- Je lis. {lang=fr}\n",
}


def languages(text: str) -> dict[str, str]:
    article = read_article(text.encode(), "a.md")
    return {segment.text: segment.language for segment in article.segments}


@pytest.mark.parametrize("form", STATED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_author_states_a_language(form: str, newline: str) -> None:
    text = f"# Title\n\nIn English.\n\n{STATED[form]}\n## Bob Lee, Acme (@bob)\n\nBehind.\n"
    found = languages(text.replace("\n", newline))
    assert found.pop("In English.") == found.pop("Behind.") == found.pop("Title") == ""
    assert found
    assert set(found.values()) == {"fr"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("```html\n<div lang='fr'>\n```\n\nText.\n", ""),
        ("Write `<div lang='fr'>` here. Text.\n", ""),
        ("Text with a [mot]{lang=fr} in it.\n", ""),
        ("Text with a <i lang='fr'>mot</i> in it.\n", ""),
        ('<a hreflang="fr" href="x">Text</a>\n', ""),
        ('<p xml:lang="fr">Text</p>\n', ""),
        ("## Text {lang=}\n", ""),
        ("## Text {lang=no-such-language}\n", ""),
        ("## Text {lang=fr-CA}\n", "fr_CA"),
        ("## Text {lang=ZH-hant}\n", "zh_Hant"),
        ("<!-- <div lang='fr'> -->\n\nText.\n", ""),
        ("---\nlang: fr\n---\n\nText.\n", ""),
        ("Text.\n\n::: {lang=fr}\nJamais fermé.\n", ""),
    ],
)
def test_what_states_no_language_of_a_whole_text(text: str, language: str) -> None:
    assert next(iter(languages(text).values())) == language


def test_the_innermost_statement_counts() -> None:
    text = "## Anne {lang=fr}\n\nJe lis.\n\n<p lang='en'>I read.</p>\n\nÀ bientôt.\n"
    assert languages(text) == {"Anne": "fr", "Je lis.": "fr", "I read.": "en", "À bientôt.": "fr"}


def test_a_statement_ends_with_its_section() -> None:
    text = "## Anne {lang=fr}\n\nJe lis.\n\n### Plus\n\nEncore.\n\n# Next\n\nText.\n"
    assert languages(text) == {
        "Anne": "fr", "Je lis.": "fr", "Plus": "fr", "Encore.": "fr", "Next": "", "Text.": ""
    }  # fmt: skip


ROUND_UP = """\
# Experts on reading

{intro}

## Anne Martin, CMO at Kestrel (@anne)

Je lis tous les matins avant le travail.

D'accord ?

### Tips

## Bob Lee, Acme (@bob)

I read every morning before work, and you should, too.

## Carla Diaz, Brio (@carla)

{carla}
"""


def detected(intro: str = "We asked.", carla: str = "Invest in grammar.") -> Article:
    data = ROUND_UP.format(intro=intro, carla=carla).encode()
    return with_detected_languages(read_article(data, "a.md"), "en")


def foreign(article: Article) -> dict[str, str]:
    return {segment.text: segment.language for segment in article.segments if segment.language}


def test_an_answer_in_another_language_is_found() -> None:
    article = detected(carla="Leo todas las mañanas antes del trabajo.")
    assert foreign(article) == {
        "Je lis tous les matins avant le travail.": "fr",
        "D'accord ?": "fr",
        "Leo todas las mañanas antes del trabajo.": "es",
    }
    assert [article.segments[n].text for n in article.detected] == list(foreign(article))


def test_only_answers_are_looked_at() -> None:
    quote = "Je lis tous les matins avant le travail, disait-elle."
    assert quote not in foreign(detected(intro=quote))


def test_an_answer_in_two_languages_has_both() -> None:
    own = "I read every morning before the work that I do for you."
    french = "Je lis tous les matins avant le travail, et le soir aussi."
    article = detected(carla=f"{french}\n\n{own}\n\nOK.")
    assert foreign(article)[french] == "fr"
    assert own not in foreign(article)
    assert "OK." not in foreign(article)


def test_what_the_author_states_is_no_guess() -> None:
    data = ROUND_UP.replace("(@anne)", "(@anne) {{lang=en}}")
    article = read_article(data.format(intro="A.", carla="B.").encode(), "a.md")
    assert with_detected_languages(article, "en") is not article or not article.detected
    assert "fr" not in foreign(with_detected_languages(article, "en")).values()


def test_an_article_in_one_language_is_the_same_value() -> None:
    data = ROUND_UP.replace("Je lis tous les matins avant le travail.", "I read, too.")
    article = read_article(
        data.replace("D'accord ?", "OK").format(intro="A.", carla="B").encode(), "a.md"
    )
    assert with_detected_languages(article, "en") is article
