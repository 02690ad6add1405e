"""Read the answers of a form from CSV or XLSX: a row for each expert."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from pipeline.errors import InputError, UsageError
from pipeline.importers.archive import parse_xml, read_archive, write_archive
from pipeline.importers.document import FIELDS, Block, Document, LeftOut
from pipeline.importers.escaping import escape_heading, escape_inline
from pipeline.importers.text_file import text_blocks
from pipeline.language import suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["csv_rows", "read_form", "xlsx_rows"]

_FIRST, _LAST = "first name", "last name"
_HEADINGS = {
    _FIRST: "first name|firstname|given name|prénom|prenom|vorname|nombre de pila|voornaam",
    _LAST: "last name|lastname|surname|family name|nom de famille|nachname|apellidos?|cognome|"
    "achternaam",
    "name": "(?:your |full |expert(?:'s)? |contact )*name|expert|speaker|"
    "(?:votre )?nom(?: complet)?|(?:votre )?(?:nom et prénom|prénom et nom|nom, prénom)|"
    "(?:tu |su )?nombre(?: completo| y apellidos?)?|(?:ihr )?(?:vollständiger )?name|"
    "(?:ihr )?(?:vor- ?und (?:nach|zu)name|vorname und nachname|name und vorname)|"
    "(?:il tuo )?nome(?: completo| e cognome)?|(?:seu )?nome completo|naam|имя|姓名|名前|氏名",
    "organisation": "(?:your )?(?:organi[sz]ation|company|employer|business|brand)(?: name)?|"
    "(?:votre )?(?:organisation|organisme|entreprise|société|structure|employeur)|"
    "(?:su )?(?:organización|empresa|compañía)|(?:ihre? )?(?:organisation|firma|unternehmen)|"
    "azienda|organizzazione|organização|bedrijf|organisatie|компания|公司|会社|所属",
    "role": "(?:your )?(?:role|job(?: title)?|title|position|function)|"
    "(?:votre )?(?:fonction|poste|rôle|titre|intitulé du poste|métier)|"
    "(?:su )?(?:cargo|puesto|rol|función)|(?:ihre? )?(?:rolle|position|funktion|stelle)|"
    "ruolo|qualifica|cargo|função|functie|должность|职位|役職",
    "handle": "(?:your )?(?:(?:twitter|x|bluesky|mastodon|instagram|linkedin|social(?: media)?)"
    r"[ /-]*)*(?:handle|username|user name|account|twitter)s?|(?:votre )?(?:compte|pseudo|"
    r"identifiant)(?: (?:twitter|x|instagram|linkedin|mastodon))?|"
    "twitter|x|instagram|linkedin|mastodon|bluesky|threads|"
    "(?:su )?(?:usuario|cuenta)(?: de (?:twitter|x))?|(?:ihr )?(?:konto|benutzername|twitter-name)|"
    "@|账号|アカウント",
    "answer": "(?:your )?(?:answer|response|reply|quote|comment|text|advice|tip)s?|"
    "(?:votre |ta )?(?:réponse|citation|commentaire|conseil|texte|contribution)s?|"
    "(?:su |tu )?(?:respuesta|comentario|consejo|cita)s?|(?:ihre )?(?:antwort|zitat|kommentar)|"
    "rispost[ae]|resposta|antwoord|ответ|回答|答案",
}
_PATTERNS = {field: re.compile(rf"\A(?:{text})\Z", re.I) for field, text in _HEADINGS.items()}
_ASIDE = re.compile(r"\s*[(（\[].*?[)）\]]|\s*[*:：]+\s*\Z")
_QUESTION = re.compile(r"[?？]\s*\W*\Z")
_QUESTION_WORDS = {
    "name": re.compile(r"\b(?:name|nom|nombre|nome|naam|heißen|heissen|llamas?)\b", re.I),
    "organisation": re.compile(
        r"\b(?:organi[sz]ation|company|work for|entreprise|société|travaillez|empresa|"
        r"organización|firma|unternehmen|arbeiten)\b",
        re.I,
    ),
    "handle": re.compile(r"\b(?:twitter|handle|username|pseudo|@)\b", re.I),
}
_LONG = 60
"""Characters in the mean above which the texts of a column are answers."""
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:twitter|x|instagram|threads|tiktok|bsky|mastodon)\.\w+/"
    r"(?:profile/)?@?(?P<name>[\w.-]+)/?(?:\?\S*)?\Z",
    re.I,
)
_BARE_HANDLE = re.compile(r"[\w.-]+\Z")
_NO_HANDLE = re.compile(r"(?:n/?a|none|no|non|aucun|keine?|ninguno|nessuno|-+|—|–|/|0)?\Z", re.I)
_MOST_ROWS = 10_000
_MOST_CELL = 1_000_000


def csv_rows(text: str, path: str) -> list[list[str]]:
    """Return the rows of a CSV text; commas, semicolons or tabs part its columns.

    Raises:
        InputError: it is no table.
    """
    text = text.removeprefix("\ufeff")
    best: list[list[str]] = []
    limit = csv.field_size_limit(_MOST_CELL)
    try:
        for delimiter in ",;\t":
            try:
                reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
                rows = [row for row in reader if any(cell.strip() for cell in row)]
            except csv.Error as error:
                problem = str(error)
                continue
            if rows and len(rows[0]) > (len(best[0]) if best else 0):
                best = rows
    finally:
        csv.field_size_limit(limit)
    if not best:
        raise InputError(f"is no table in CSV ({problem}); save it again as CSV UTF-8", path)
    return best


def xlsx_rows(data: bytes, path: str, notes: list[str]) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook that has any.

    Raises:
        InputError: it is damaged, or has more rows than any form.
    """
    from openpyxl import load_workbook  # here, as CSV needs none of it

    files = read_archive(data, path)
    for name, content in files.items():
        if name.endswith((".xml", ".rels")):
            parse_xml(content, name, path)
    try:
        workbook = load_workbook(write_archive(files), read_only=True, data_only=True)
        tables = {sheet.title: _sheet_rows(sheet, path) for sheet in workbook.worksheets}
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(
            f"this workbook cannot be read ({error}); open it, and save it again", path
        ) from error
    tables = {title: rows for title, rows in tables.items() if rows}
    if not tables:
        raise InputError("has no rows: expected one with headings, and one for each expert", path)
    first, *others = tables
    if others:
        notes.append(f"only the sheet '{first}' is read, not: {', '.join(others)}")
    return tables[first]


def _sheet_rows(sheet: Any, path: str) -> list[list[str]]:
    """Return the rows of a sheet that are not empty."""
    sheet.reset_dimensions()  # programs write wrong ones
    rows = []
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > _MOST_ROWS:
            raise InputError(
                f"sheet '{sheet.title}' has more than {_MOST_ROWS:,} rows; delete the empty ones",
                path,
            )
        if any(value not in (None, "") for value in row):
            rows.append([_cell_text(value) for value in row])
    return rows


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def read_form(
    rows: Sequence[Sequence[str]], path: str, columns: Mapping[str, str], notes: list[str]
) -> Document:
    """Return the document of a table: a section for each row.

    ``columns`` maps some of `FIELDS` to the heading of their column, or its number from 1.

    Raises:
        InputError: there is no row, or no column for names or answers.
        UsageError: a given column does not exist.
    """
    width = max(map(len, rows))
    headings, *body = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    if not body:
        raise InputError("has no answers: expected a row of headings, and a row for each", path)
    fields = _find_columns(headings, body, path, columns)
    names = {number: field for field, numbers in fields.items() for number in numbers}
    described = (f"{field}: {_describe(headings, numbers)}" for field, numbers in fields.items())
    notes.append(f"columns: {'; '.join(described)} (others: --column FIELD=HEADING)")
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    for number, heading in enumerate(headings):
        if number not in names:
            cells = [row[number] for row in body if row[number]]
            if cells or heading:
                text = "; ".join([heading, *cells])
                left_out.append(LeftOut(f"column {number + 1} '{heading}'", text))
    asked = [headings[number] for number in fields["answer"]]
    for line, row in enumerate(body, 2):
        section = _section(row, fields, headings, left_out)
        if len(section) < 2 or not section[0].plain:
            lack = "answer" if len(section) < 2 else "name"
            left_out.append(LeftOut(f"row {line}, which has no {lack}", " ".join(row)))
        else:
            blocks += section
    question = asked[0] if len(asked) == 1 and _QUESTION.search(asked[0]) else ""
    if len(asked) == 1 and not question:
        left_out.append(LeftOut("heading of a column", asked[0]))
    for field, numbers in fields.items():
        if field != "answer":
            left_out += [LeftOut("heading of a column", headings[n]) for n in numbers]
    return Document(
        tuple(blocks), description=question, left_out=tuple(left_out), notes=tuple(notes)
    )


def _describe(headings: Sequence[str], numbers: Sequence[int]) -> str:
    return " + ".join(f"'{headings[n]}'" if headings[n] else f"column {n + 1}" for n in numbers)


def _find_columns(
    headings: Sequence[str],
    body: Sequence[Sequence[str]],
    path: str,
    columns: Mapping[str, str],
) -> dict[str, list[int]]:
    fields: dict[str, list[int]] = {}
    for field, heading in columns.items():
        fields.setdefault(field, []).append(_given_column(headings, field, heading))
    free = [n for n in range(len(headings)) if [n] not in fields.values()]
    lengths = {n: _mean_length(body, n) for n in free}
    shortened = {n: _ASIDE.sub("", headings[n]).strip() for n in free}
    _take(fields, free, _PATTERNS, shortened)
    first, last = fields.pop(_FIRST, []), fields.pop(_LAST, [])
    if first and "name" in fields and not last:  # Prénom, Nom
        fields["name"] = first + fields["name"]
    elif (first or last) and "name" not in fields:
        fields["name"] = first + last
    _take(
        fields, [n for n in free if lengths[n] < _LONG], _QUESTION_WORDS, dict(enumerate(headings))
    )
    if "answer" not in fields:
        rest = [n for n in free if lengths[n]]
        long = [n for n in rest if lengths[n] >= _LONG]
        answers = long or [n for n in rest if _QUESTION.search(headings[n])]
        fields |= {"answer": answers} if answers else {}
    missing = [field for field in ("name", "answer") if field not in fields]
    if missing:
        found = ", ".join(f"'{heading}'" for heading in headings if heading) or "no headings"
        raise InputError(
            f"no column for the {' and the '.join(missing)} found among {found}; name it: "
            f"--column {missing[0]}=HEADING (or its number)",
            path,
        )
    return {field: fields[field] for field in FIELDS if field in fields}


def _take(
    fields: dict[str, list[int]],
    free: list[int],
    patterns: Mapping[str, re.Pattern[str]],
    headings: Mapping[int, str],
) -> None:
    """Give each field that has no column the first free one whose heading fits."""
    for field, pattern in patterns.items():
        fitting = [number for number in free if pattern.search(headings[number])]
        if fitting and field not in fields:
            fields[field] = fitting[:1]
            free.remove(fitting[0])


def _given_column(headings: Sequence[str], field: str, heading: str) -> int:
    for number, text in enumerate(headings):
        if text.casefold() == heading.strip().casefold():
            return number
    if heading.isdecimal() and 0 < int(heading) <= len(headings):
        return int(heading) - 1
    available = f"available: {', '.join(text for text in headings if text)}"
    hint = suggestion(heading, [text for text in headings if text], otherwise=available)
    raise UsageError(f"--column {field}={heading}: there is no such column{hint}")


def _mean_length(body: Sequence[Sequence[str]], number: int) -> float:
    cells = [row[number] for row in body if row[number]]
    return sum(map(len, cells)) / len(cells) if cells else 0


def _section(
    row: Sequence[str],
    fields: Mapping[str, Sequence[int]],
    headings: Sequence[str],
    left_out: list[LeftOut],
) -> list[Block]:
    """Return heading and answer of one row; only the heading if there is no answer."""
    values = {
        field: " ".join(" ".join(row[n] for n in numbers).split())
        for field, numbers in fields.items()
        if field != "answer"
    }
    handle = _handle(values.get("handle", ""), left_out)
    parts = [values.get(field, "") for field in ("name", "role", "organisation")]
    title = ", ".join(part for part in parts if part) + (f" ({handle})" if handle else "")
    text = escape_heading(escape_inline(title))
    blocks = [Block("heading", text, title, 2, expert=True)]
    answers = [number for number in fields["answer"] if row[number]]
    for number in answers:
        if len(fields["answer"]) > 1:
            blocks.append(
                Block(
                    "heading", escape_heading(escape_inline(headings[number])), headings[number], 3
                )
            )
        blocks += text_blocks(row[number])
    return blocks


def _handle(text: str, left_out: list[LeftOut]) -> str:
    """Return a handle with its @, as an expert's heading has it."""
    if _NO_HANDLE.match(text):
        if text:
            left_out.append(LeftOut("handle", text))
        return ""
    profile = _PROFILE.match(text)
    if profile:
        left_out.append(LeftOut("address of a profile, of which the name is the handle", text))
        return f"@{profile['name']}"
    return f"@{text}" if _BARE_HANDLE.match(text) else text
