"""Code fences that swallow text."""

from __future__ import annotations

import pytest

from tests.rules.article.checking import findings

FENCES = {
    "never closed": ("One.\n\n```js\nrun()\n\nTwo.\n", [("AR114", 3, "```js")]),
    "tildes, never closed": ("One.\n\n~~~\nrun()\n\nTwo.\n", [("AR114", 3, "~~~")]),
    "the last line": ("One.\n\n```", [("AR114", 3, "```")]),
    "closed by too short a fence": ("````\nrun()\n```\n\nTwo.\n", [("AR114", 1, "````")]),
    "closed by another sign": ("```\nrun()\n~~~\n\nTwo.\n", [("AR114", 1, "```")]),
    "closed by an indented fence": ("```\nrun()\n    ```\n\nTwo.\n", [("AR114", 1, "```")]),
    "closed behind code": ("```\nrun() ```\n\nTwo.\n", [("AR114", 1, "```")]),
    "in a list up to the end": ("- One\n  ```\n  run()\n", [("AR114", 2, "```")]),
    "in a quotation up to the end": ("> ```\n> run()\n", [("AR114", 1, "```")]),
    "lines that end as on Windows": ("One.\r\n\r\n```\r\nrun()\r\n", [("AR114", 3, "```")]),
    "in the middle of a line": ("One ```js\nrun()\n```\n\nTwo.\n", [("AR114", 1, "```js")]),
    "in the middle of a line, code with blank lines": (
        "One:```\na()\n\nb()\n```\n\nTwo.\n\n```\nc()\n```\n",
        [("AR114", 1, "```")],
    ),
    "in the middle of an item": ("- One ```\n  run()\n  ```\n\nTwo.\n", [("AR114", 1, "```")]),
    "closed outside of its item": ("1. One\n   ```\n   run()\n```\n", [("AR114", 2, "```")]),
    "not closed before the next": (
        "```js\nrun()\n\nTwo.\n\n```sh\nls\n```\n\nThree.\n",
        [("AR114", 1, "```js")],
    ),
    "closed": ("```js\nrun()\n```\n\n~~~\na\n~~~~~\n\n - ```\n   b\n   ```  \n", []),
    "closed by the end of the file": ("```js\nrun()\n```", []),
    "ended by its quotation": ("> ```\n> run()\n\nTwo.\n", []),
    "ended by its item": ("- ```\n  run()\n\nTwo.\n", []),
    "a fence in indented code": ("One.\n\n    ```\n    run()\n", []),
    "Markdown in code": ("````md\n\n```js\nrun()\n```\n````\n", []),
    "Markdown in code, above it no blank line": ("```md\n```js\nrun()\n```\n", []),
    "indented code in a fence": ("```js\n\n    ```sh\n    ```\n```\n", []),
    "code in a line": ("One ```js``` and ``` a\nb ```\n\n```\nrun()\n```\n", []),
    "a sign in the middle of a line": ("One ```\n\n```js\nrun()\n```\n", []),
    "a directive": ("```{note}\nOne.\n```\n\nTwo.\n", []),
    "a list table with fences": (
        "`````{list-table}\n* - ````md\n    ```{name} words\n    ```\n    ````\n`````\n\nTwo.\n",
        [],
    ),
    "tabs in a fence": ('```\n=== "C"\n\n    ``` c\n    ```\n\n=== "D"\n```\n\n=== "E"\n', []),
    "an equation with an id": ("$$\nx\n$$ {#eq-x}\n\n```\n$$\n```\n\nTwo.\n", []),
}


@pytest.mark.parametrize(("text", "expected"), FENCES.values(), ids=FENCES)
def test_fences_that_swallow_text(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert findings(text) == expected
