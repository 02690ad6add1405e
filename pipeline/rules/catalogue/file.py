"""PO: the catalogue as a file, with its header, its lines, and invisible harmful characters.

Lines that readers of PO files refuse are reported here, so that a check can go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.catalogue import lint_po
from pipeline.findings import Severity
from pipeline.rules.rule import Example, Rule

if TYPE_CHECKING:
    from pipeline.findings import Place, Problem

__all__ = ["RULES", "check_catalogue_file"]

_HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
_ONE = 'msgid "One"\nmsgstr "Un"\n'
_MANY = 'msgid "a day"\nmsgid_plural "%d days"\nmsgstr[0] "un jour"\n'
_GOOD = Example(_HEAD + _ONE)


def _bad_example(text: str, head: str = _HEAD) -> Example:
    return Example(head + text)


RULES = {
    "PO101": Rule(
        Severity.ERROR,
        "a merge-conflict marker",
        "The file contains two versions at once. Keep one of the two sides and delete the markers: "
        "lines of git's (<<<<<<<), or msgcat's #-#-#-#-# inside a text.",
        _bad_example("<<<<<<< HEAD\n" + _ONE + "=======\n" + _ONE + ">>>>>>> theirs\n"),
        _GOOD,
    ),
    "PO102": Rule(
        Severity.ERROR,
        "the header is missing, incomplete or of another language",
        "Tools take the charset and the language from the header. Without them letters come out "
        "wrong, and texts are checked by the rules of another language.",
        _bad_example(_ONE, _HEAD.replace("Language: fr", "Language: de")),
        _GOOD,
    ),
    "PO103": Rule(
        Severity.ERROR,
        "a duplicate entry",
        "Only one of the two translations can be used, and no tool can tell which.",
        _bad_example(_ONE + "\n" + _ONE.replace("Un", "Une")),
        _GOOD,
    ),
    "PO104": Rule(
        Severity.ERROR,
        "plural forms that are unusable or do not match the header",
        "Readers see the wrong form for some numbers, or none at all.",
        _bad_example(_MANY),
        _bad_example(_MANY + 'msgstr[1] "%d jours"\n'),
    ),
    "PO105": Rule(
        Severity.ERROR,
        "an invisible character",
        "Control characters break pages and feeds, direction marks that are not closed reverse "
        "the text after them, and U+FFFD replaces a letter that was lost.",
        _bad_example('msgid "One"\nmsgstr "U\ufffdn"\n'),
        _GOOD,
    ),
    "PO106": Rule(
        Severity.ERROR,
        "bytes that do not fit the charset, or text read in the wrong charset",
        "Accented letters look wrong. Save the file in the charset that its header names.",
        _bad_example('msgid "Summer"\nmsgstr "Ã©tÃ©"\n'),
        _bad_example('msgid "Summer"\nmsgstr "été"\n'),
    ),
    "PO107": Rule(
        Severity.ERROR,
        "a line that does not belong in a PO file",
        "One such line makes tools reject the whole file.",
        _bad_example('msgid "One"\n'),
        _GOOD,
    ),
    "PO108": Rule(
        Severity.WARNING,
        "the header is fuzzy",
        "Tools ignore fuzzy entries, and with the header they ignore the file's charset.",
        _bad_example(_ONE, "#, fuzzy\n" + _HEAD),
        _GOOD,
    ),
    "PO109": Rule(
        Severity.ERROR,
        "only one of msgid and msgstr begins or ends with a line break or a space",
        "Texts that a program joins run together or are torn apart.",
        _bad_example('msgid "One\\n"\nmsgstr "Un"\n'),
        _bad_example('msgid "One\\n"\nmsgstr "Un\\n"\n'),
    ),
    "PO110": Rule(
        Severity.ERROR,
        "placeholders of a format string differ",
        "A program that fills in the text fails, or shows the wrong value.",
        _bad_example('#, python-format\nmsgid "%(count)s days"\nmsgstr "%(nombre)s jours"\n'),
        _bad_example('#, python-format\nmsgid "%(count)s days"\nmsgstr "%(count)s jours"\n'),
    ),
}
"""Rules by code; the examples are whole PO files."""


def check_catalogue_file(
    data: bytes, locale: str, display_path: str
) -> list[tuple[Problem, Place]]:
    """Return the problems of a PO file with their places, in the order of its lines.

    ``data`` may be any bytes; an empty locale is a template; ``display_path`` is the path for
    messages.
    """
    return [problem.at(display_path) for problem in lint_po(data, locale)]
