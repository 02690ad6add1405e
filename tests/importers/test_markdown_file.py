"""Markdown into blocks that stay as they are."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError
from pipeline.importers.expert_titles import join_blocks
from pipeline.importers.markdown_file import read_markdown
from tests.importers.samples import PNG

TEXT = """\
# Salt

Some *words*[^1], and
more.

- a
  - b

> c

| d | e |
|---|---|
| f | g |

<!-- note -->

```
code
```

Two cooks
---------

[^1]: Foot.
"""


def test_text_of_all_blocks_stays() -> None:
    document = read_markdown(TEXT, lambda path: None)
    assert [block.kind for block in document.blocks] == [
        "heading", "paragraph", "list", "quote", "table", "other", "code", "heading", "footnote",
    ]  # fmt: skip
    wanted = TEXT.replace("Two cooks\n---------", "## Two cooks")
    assert join_blocks(document.blocks) == wanted


def test_words_are_those_that_a_page_shows() -> None:
    document = read_markdown("A [link](https://a.b) and `code`.\n\n## B {#c}\n", lambda path: None)
    assert [block.plain for block in document.blocks] == ["A link and code.", "B"]


def test_front_matter_stays_and_is_read() -> None:
    document = read_markdown("---\ntitle: Salt\ntags: [a]\n---\nText.\n", lambda path: None)
    assert (document.title, document.front) == ("Salt", "---\ntitle: Salt\ntags: [a]\n---")


def test_front_matter_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_markdown("---\ntitle: 'oops\n: [\n---\n\nHello.\n", lambda path: None, "a.md")
    assert str(caught.value).startswith("a.md:")


def test_pictures_beside_the_file_come_along() -> None:
    files = {"img/a b.png": PNG, "img/a.png": PNG}
    text = "![x](img/a.png) ![y](https://a.b/c.png) ![z](gone.png)\n"
    document = read_markdown(text, files.get)
    assert document.blocks[0].text == "![x](a.png) ![y](https://a.b/c.png) ![z](gone.png)"
    assert document.pictures == {"a.png": PNG}
    assert document.notes == ("picture is not copied, as it was not found: gone.png",)
