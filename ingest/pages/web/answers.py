"""What is sent: pages, data as JSON or CSV, pictures, and the two files that pages use."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ingest.pages.document.amounts import number
from ingest.pages.web.readers import Row
from ingest.pages.web.words import LANGUAGES, Words
from warehouse.base.visible import visible_lines
from warehouse.kinds.metrics import AMOUNT

HERE = Path(__file__).parent
STATIC = {
    "style.css": ("text/css", (HERE.parent / "style.css", HERE / "style.css")),
    "page.js": ("text/javascript", (HERE.parent / "page.js",)),
}
AN_HOUR, A_MINUTE, NOT_AT_ALL = "public, max-age=3600", "public, max-age=60", "no-store"
FORMATS = ("json", "csv")
FOUND = 200
NOT_IN_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Data:
    """The data of a page: one record, and lists of rows by name. CSV has a line for the record and for each row."""

    one: Row
    lists: Mapping[str, Iterable[Row]]


def page(template: str, words: Words, request: Request, status: int = FOUND, **view: Any) -> Response:
    """What documents say is escaped, and none of its control characters gets out."""
    other = next(language for language in LANGUAGES if language != words.language)
    view |= {
        "words": words,
        "language": words.language,
        "is_site": request.app.state.is_site,
        "has_feed": not request.app.state.is_site or bool(request.app.state.address),
        "other": with_asked(request, lang=other),
        "with_": partial(with_asked, request),
    }
    shown = _environment().get_template(template).render(view)
    kept = A_MINUTE if status == FOUND else NOT_AT_ALL
    return Response(visible_lines(shown), status, {"Cache-Control": kept}, "text/html")


def atom(words: Words, **view: Any) -> Response:
    shown = _environment().get_template("feed.xml").render(view | {"words": words, "language": words.language})
    written = NOT_IN_XML.sub("\ufffd", visible_lines(shown))
    return Response(written, headers={"Cache-Control": A_MINUTE}, media_type="application/atom+xml")


def data(asked: str, content: Data) -> Response:
    if asked not in FORMATS:
        raise HTTPException(404)
    if asked == "json":
        body = json.dumps({**content.one, **content.lists}, ensure_ascii=False, default=_plain, indent=1)
        return Response(body, headers={"Cache-Control": A_MINUTE}, media_type="application/json")
    return Response(_csv(content), headers={"Cache-Control": A_MINUTE}, media_type="text/csv")


def picture(png: bytes) -> Response:
    return Response(png, headers={"Cache-Control": AN_HOUR}, media_type="image/png")


@cache  # the files of the project do not change
def static(name: str) -> Response:
    media_type, files = STATIC[name]
    text = "".join(file.read_text("utf-8") for file in files)
    return Response(text, headers={"Cache-Control": AN_HOUR}, media_type=media_type)


def address(document: int, place: str, language: str, **asked: str) -> str:
    """Of the evidence of a place."""
    query = asked if language == LANGUAGES[0] else asked | {"lang": language}
    return f"/evidence/{document}/{quote(place)}" + (f"?{urlencode(query)}" if query else "")


def number_cells(document: int, cells: Sequence[Row | None], language: str) -> Markup:
    """The cells of a row of a table, each number with a link to its evidence.

    Not in the template: a document has a thousand of them, and each is shown four times faster here.
    """
    return Markup("".join(_number_cell(document, cell, language) for cell in cells))


def _number_cell(document: int, cell: Row | None, language: str) -> str:
    if cell is None:
        return '<td class="number "></td>'
    place = "/".join((cell["table_code"], cell["row_key"], cell["measure"]))
    link = f'<a href="{escape(address(document, place, language))}">{escape(shown_cell(cell))}</a>'
    return f'<td class="number {escape(cell["status"])}">{link}</td>'


def amount(value: Row | None, language: str) -> Markup:
    """The number of a metric with a link to its evidence, where it has a place. As fast as `number_cells`."""
    if not value or (value["value"] is None and not value["place"]):
        return Markup()
    shown = escape(measured(value))
    if not value["place"]:
        return shown
    return Markup(f'<a href="{escape(address(value["document_id"], value["place"], language))}">{shown}</a>')


def measured_cells(values: Sequence[Row | None], language: str) -> Markup:
    """The cells of a row: numbers of a metric, each with why it is not compared."""
    return Markup("".join(_measured_cell(value, language) for value in values))


def _measured_cell(value: Row | None, language: str) -> str:
    why = f' title="{escape(value["why_not"])}"' if value and value["why_not"] else ""
    return f'<td class="{escape(look(value))}"{why}>{amount(value, language)}</td>'


def look(value: Row | None) -> str:
    """The classes of the table cell that shows the value, for the style sheet."""
    if not value:
        return "number"
    return " ".join(("number", value["status"] or "", "" if value["is_sound"] else "unsound")).rstrip()


def page_address(language: str, *names: object, **asked: object) -> str:
    """Of another page, such as ("bodies", 12); what is asked with None is left out."""
    path = "/".join(quote(str(name), safe="") for name in names)
    query = {name: value for name, value in asked.items() if value is not None}
    query |= {} if language == LANGUAGES[0] else {"lang": language}
    return f"/{path}?{urlencode(query)}" if query else f"/{path}"


def with_asked(request: Request, **asked: object) -> str:
    """The same address, with these parameters; what is asked with None is left out."""
    query = {name: value for name, value in (dict(request.query_params) | asked).items() if value is not None}
    return f"{quote(request.url.path)}?{urlencode(query)}" if query else quote(request.url.path)


def _csv(content: Data) -> str:
    """One table, as exports write it: `part` says which list a line is of."""
    # Imported here, since the package imports Arrow, which is slow.
    from warehouse.export.csv_file import BYTE_ORDER_MARK, LINE_END, field

    rows: list[dict[str, Any]] = [{"part": "this", **content.one}]
    rows += [{"part": name, **row} for name, listed in content.lists.items() for row in listed]
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines: list[list[Any]] = [names, *([row.get(name) for name in names] for row in rows)]
    return BYTE_ORDER_MARK + "".join(",".join(map(field, line)) + LINE_END for line in lines)


def money(value: Decimal | None) -> str | None:
    """With two decimals, or as many as it has."""
    if value is None:
        return None
    digits = number(value) or ""
    return digits if len(digits.partition(".")[2]) > 2 else f"{value:,.2f}"


def measured(value: Row) -> str:
    """The number of a metric, without its unit; what is printed where it is none, and a point for a blank."""
    if value["value"] is None:
        return str(value["printed"] or "·")
    return in_unit(value["value"], value["unit"])


def in_unit(amount: Decimal | None, unit: str) -> str:
    """With the decimals that are usual for the unit; nothing where there is no amount."""
    return (money(amount) if unit == AMOUNT else number(amount)) or ""


def shown_cell(cell: Row) -> str:
    """An amount in 万元 or a quantity; else what is printed, and a point for a blank, which can be followed too."""
    if cell["quantity"] is not None:
        return f"{number(cell['quantity'])}{cell['value_unit']}"
    return money(cell["amount_wan"]) or str(cell["printed"] or "·")


def _plain(value: Any) -> str:
    """Amounts keep all their digits; days and times are as ISO 8601 writes them."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


@cache  # compiles each template once
def _environment() -> Environment:
    loader = FileSystemLoader([HERE / "templates", HERE.parent])  # charts are those of the comparison page
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {
        "number": number,
        "money": money,
        "shown": shown_cell,
        "measured": measured,
        "in_unit": in_unit,
    }
    shown_by = (address, page_address, number_cells, measured_cells, amount, look)
    environment.globals |= {function.__name__: function for function in shown_by}
    return environment
