"""What keyboards, screen readers and small screens need in the HTML of an article.

All functions take HTML as the sanitiser writes it: closed tags, values in double quotes.
"""

from __future__ import annotations

import re

__all__ = ["isolate_scripts", "make_accessible"]

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[^\"<>]|\"[^\"]*\")*)>")
_ID = re.compile(r" id=\"([^\"]*)\"")
_BOOLEAN = re.compile(
    r" (allowfullscreen|checked|controls|default|disabled|loop|muted|open|playsinline|reversed)"
    r"=\"\""
)
_ALIGNED = re.compile(
    r"(?: class=\"(?P<one>[^\"]*)\")? style=\"\s*text-align:\s*(?P<side>\w+)[^\"]*\""
)
_EDGE = (
    r"(?=</?(?:p|li|ul|ol|dl|dt|dd|div|section|table|td|th|pre|blockquote|details|figure|h[1-6])\b"
    r"|<label\b|</label|<input\b|\Z)"
)
_TASK = re.compile(
    rf"(?P<labelled><label\b[^<>]*>.*?(?:</label>|\Z))|(?P<task><input\b[^<>]*>.*?){_EDGE}", re.S
)
_VOID = {
    "area", "br", "col", "hr", "img", "input", "source", "track", "wbr",
}  # fmt: skip
_ISOLATED = {"bdi", "bdo", "code", "kbd", "math", "pre", "samp", "svg"}
"""Elements in which nothing is isolated: their text has a direction of its own."""
_LEFT = r"A-Za-z\u00c0-\u024f\u0370-\u052f"
_RIGHT = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_WORD = rf"(?:[{_LEFT}0-9.’':/@_+#-]|&amp;)*(?<![.’':/-])"
_RUNS = {
    "rtl": re.compile(
        rf"(?<![{_LEFT}0-9.,])[0-9][0-9.,]*[ \u00a0][{_LEFT}]{{1,3}}(?![{_LEFT}])"
        rf"|[@#$]?[{_LEFT}]{_WORD}(?:\.?[ \u00a0](?:&amp; )?[@#]?[{_LEFT}0-9]{_WORD})*"
    ),
    "ltr": re.compile(rf"[{_RIGHT}]+(?:[ \u00a0.,،؛’'\"-]*[{_RIGHT}]+)*"),
}
"""Runs of letters against the direction of a page, with the signs within them, and amounts."""
_ENTITY = re.compile(r"&\w+;|&#\w+;")


def make_accessible(body: str) -> str:
    """Return an article's HTML with labelled tasks, boxes that scroll, and each id once.

    Code and wide tables scroll in boxes that the keyboard reaches. Of two elements with one id the
    second loses it.
    """
    ids: set[str] = set()

    def mend(tag: re.Match[str]) -> str:
        name, text = tag["name"], tag[0]
        if tag["end"]:
            return f"{text}</div>" if name == "table" else text
        text = _BOOLEAN.sub(r" \1", text) if '=""' in text else text
        text = _ALIGNED.sub(_align, text) if " style=" in text else text
        found = _ID.search(tag["rest"])
        if found:
            if found[1] in ids or not found[1]:
                text = text.replace(found[0], "", 1)
            ids.add(found[1])
        if name == "table":
            return f'<div class="page-table" tabindex="0">{text}'
        return f'<pre tabindex="0"{text[4:]}' if name == "pre" else text

    return _TAG.sub(mend, _TASK.sub(_label_task, body) if "<input" in body else body)


def _align(match: re.Match[str]) -> str:
    """Return the class of an aligned cell in place of its style."""
    return f' class="{match["one"] or ""}{" " if match["one"] else ""}align-{match["side"]}"'


def _label_task(match: re.Match[str]) -> str:
    task = match["task"]
    if task is None:
        return match[0]
    words = task.rstrip()
    return f"<label>{words}</label>{task[len(words) :]}"


def isolate_scripts(body: str, direction: str) -> str:
    """Return HTML in which names that run against the page's direction are isolated.

    Else the signs beside a name, such as that of a handle, would be shown at its wrong end.
    """
    run = _RUNS[direction]
    if not run.search(_TAG.sub("", body)):
        return body
    parts: list[str] = []
    closed_by: list[str] = []
    """Names of the open elements since the outermost in which nothing is isolated."""
    at = 0
    for tag in _TAG.finditer(body):
        text = body[at : tag.start()]
        parts += [text if closed_by else _isolate(text, run), tag[0]]
        at = tag.end()
        name = tag["name"]
        if name in _VOID:
            continue
        if not tag["end"]:
            if closed_by or name in _ISOLATED or " dir=" in tag["rest"]:
                closed_by.append(name)
        elif name in closed_by:
            while closed_by.pop() != name:
                pass
    text = body[at:]
    return "".join([*parts, text if closed_by else _isolate(text, run)])


def _isolate(text: str, run: re.Pattern[str]) -> str:
    """Return a text whose runs are isolated; entities are signs, not words."""
    parts, at = [], 0
    for entity in _ENTITY.finditer(text):
        if entity[0] == "&amp;":
            continue
        parts += [run.sub(_bdi, text[at : entity.start()]), entity[0]]
        at = entity.end()
    return "".join([*parts, run.sub(_bdi, text[at:])])


def _bdi(match: re.Match[str]) -> str:
    return f"<bdi>{match[0]}</bdi>"
