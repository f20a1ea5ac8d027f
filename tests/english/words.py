"""The English words that a reader sees in a page, a workbook and the public views."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from lxml import html
from openpyxl import load_workbook
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from ingest.readers.plain_text.encoding import decode

_DECLARED = tomllib.loads(Path(__file__).with_name("allowed.toml").read_text("utf-8"))
ALLOWED, NOT_SHOWN = frozenset(_DECLARED["words"]), frozenset(_DECLARED["columns"])
# Two letters or more. Codes such as GK03 and digests have digits.
WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z_]*[A-Za-z]{2}[A-Za-z_]*(?![A-Za-z0-9])")
SEEN = ("title", "alt", "aria-label", "placeholder")
TEXTS = """
select table_name, array_agg(column_name::text order by ordinal_position) from information_schema.columns
where table_schema = 'mart' and data_type in ('text', 'ARRAY')
group by table_name order by table_name
"""
CHINESE = re.compile("[\u4e00-\u9fff]")


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def words_of(texts: Iterable[str | None]) -> set[str]:
    return set().union(*(words(text) for text in texts if text))


def of_page(page: str) -> set[str]:
    """Of its text, and of attributes that are shown or read out."""
    root = html.document_fromstring(page.encode(), html.HTMLParser(encoding="utf-8"))
    for hidden in root.xpath("//style | //script"):
        hidden.drop_tree()
    return words_of([*root.itertext(), *(one.get(name) for one in root.iter() for name in SEEN)])


def of_workbook(data: bytes) -> set[str]:
    """Of its title, names of sheets, cells and notes."""
    book = load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    notes = [cell.comment.text for cell in cells if cell.comment]
    return words_of([book.properties.title, *book.sheetnames, *texts, *notes])


def of_views(connection: Connection) -> Iterator[tuple[str, set[str]]]:
    """(view.column, words) of the columns of texts in Chinese and of labels, but those declared as ids."""
    for view, columns in connection.execute(TEXTS).fetchall():
        query = SQL("select {} from mart.{}").format(SQL(", ").join(map(Identifier, columns)), Identifier(view))
        rows = connection.execute(query).fetchall()
        for number, column in enumerate(columns):
            texts = {_text(row[number]) for row in rows if row[number]}
            is_meant = column.endswith("_label") or any(map(CHINESE.search, texts))
            if is_meant and not NOT_SHOWN & {column, f"{view}.{column}"}:
                yield f"{view}.{column}", words_of(texts)


def _text(value: str | list[object]) -> str:
    return value if isinstance(value, str) else " ".join(map(str, value))


class Printed:
    """The letters of a text or a PDF and of its name; a word of a cell may stand in two lines."""

    def __init__(self, *paths: Path) -> None:
        self._text = "".join("".join(text.split()) for path in paths for text in _texts(path))

    def other_than(self, seen: Iterable[str], *allowed: str) -> set[str]:
        """The words that are not printed, declared, or named in `allowed`."""
        return {word for word in seen if word not in self._text and word not in ALLOWED | words_of(allowed)}


def _texts(path: Path) -> Iterator[str]:
    yield path.name
    if path.suffix != ".pdf":
        yield decode(path.read_bytes(), path.name)
        return
    with pdfium.PdfDocument(path) as opened:
        for page in opened:
            yield page.get_textpage().get_text_range()
