"""Office Open XML workbooks → sheets. Nothing is computed, no macro is run, nothing outside the file is looked at."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.reader import excel
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._reader import VALUE_TAG, WorkSheetParser

from ingest.document import Document
from ingest.readers.markup import lowered, raised
from ingest.readers.pictures_inside import notes_on_media
from ingest.readers.workbook.colours import Colours
from ingest.readers.workbook.number_formats import colour_of
from ingest.readers.workbook.read import document_of
from ingest.readers.workbook.sheet import Range, Sheet, StoredCell, Value
from ingest.readers.zip_parts import opened_parts, part_of, under_usual_names
from warehouse.base.messages import N_, _

LABEL = N_("Excel workbook")
excel.find_images = lambda archive, path: ([], [])  # type: ignore[attr-defined]  # pictures are never decoded
_VISIBLE = "visible"
_MOVED = {"superscript": raised, "subscript": lowered}
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_COMPUTED_ON_OPENING = re.compile(rb"<(?:\w+:)?calcPr\s[^>]*fullCalcOnLoad\s*=\s*[\"'](?:1|true)")
_CONTROL = re.compile("_x00([01][0-9A-Fa-f])_")  # how the format writes a control character: _x000D_
_BOOK = "xl/workbook.xml"


def read_xlsx(file: str, data: bytes) -> Document:
    """Raises Damaged, Encrypted and TooLargeUnpacked."""
    with opened_parts(data, file, LABEL) as archive:
        pictures = sum(name.startswith("xl/media/") for name in archive.namelist())
        is_computed_anew = bool(_COMPUTED_ON_OPENING.search(part_of(archive, _BOOK)))
        usual = under_usual_names(archive, _BOOK, data)
        document = document_of(_sheets(usual, _has_formulas(archive), is_computed_anew), "xlsx", pictures)
        return replace(document, notes=(*document.notes, *notes_on_media(archive, "xl/media/")))


def _sheets(data: bytes, has_formulas: bool, is_computed_anew: bool) -> Iterator[Sheet]:
    """The sheets in the order of their tabs. Where there are formulas the file is opened twice, since a formula without
    a result looks like an empty cell. `is_computed_anew`: the results are those that a program shows which opens it."""
    book = _opened(data, with_results=True)
    with _formulas_as_their_results():
        formulas = _opened(data, with_results=False) if has_formulas else book
    for results, as_stored in zip(book, formulas, strict=True):
        yield _sheet(results, as_stored, is_computed_anew)


def _opened(data: bytes, with_results: bool) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what openpyxl does not keep, such as the validation of input
        try:
            return load_workbook(BytesIO(data), data_only=with_results, rich_text=True).worksheets
        except (ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
            raise BadZipFile(_("openpyxl cannot open it ({name__})").format(name__=type(error).__name__)) from error


@contextmanager
def _formulas_as_their_results() -> Iterator[None]:
    """openpyxl hands on type and text of the result in place of each formula; no text where the file holds none."""
    parser: Any = WorkSheetParser
    of_openpyxl = parser.parse_formula
    parser.parse_formula = lambda parser, cell: (cell.get("t", "n"), cell.findtext(VALUE_TAG))
    try:
        yield
    finally:
        parser.parse_formula = of_openpyxl


def _has_formulas(archive: ZipFile) -> bool:
    sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/"))
    return any(_FORMULA.search(part_of(archive, name)) for name in sheets)


def _sheet(results: Any, formulas: Any, is_computed_anew: bool) -> Sheet:
    filled = {where: cell for where, cell in results._cells.items() if cell.value is not None}
    colours = Colours(results)
    unseen = {where for where, cell in filled.items() if _hides(colours, cell)}
    cells = {where: stored for where, cell in filled.items() if (stored := _stored(cell, colours))}
    computed = ((where, cell.value) for where, cell in formulas._cells.items() if cell.data_type == "f")
    cells |= {where: StoredCell(None) for where, result in computed if not _is_known(result, is_computed_anew)}
    return Sheet(
        name=results.title,
        day_zero=results.parent.epoch.date(),
        is_hidden=results.sheet_state != _VISIBLE,
        cells=cells,
        merged=[Range(one.min_row, one.min_col, one.max_row, one.max_col) for one in results.merged_cells.ranges],
        hidden_rows={number for number, row in results.row_dimensions.items() if row.hidden or row.height == 0},
        hidden_columns=set(_hidden_columns(results)),
        unseen=unseen,
        shows_zeros=results.sheet_view.showZeros is not False,
    )


def _is_known(stored: tuple[str, str | None], is_computed_anew: bool) -> bool:
    """Whether the file holds the result of a formula. A program that computes nothing writes 0 or an empty text, and
    that the results are computed when the file is opened; an empty text is a result elsewhere."""
    kind, result = stored
    if not result:
        return result is not None and kind == "str" and not is_computed_anew
    return not (is_computed_anew and result.strip("0.") == "")


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for one in sheet.column_dimensions.values():
        if one.hidden or one.width == 0:
            yield from range(one.min, one.max + 1)


def _stored(cell: Any, colours: Colours) -> StoredCell | None:
    """None for a cell of which nothing is seen."""
    if isinstance(cell.value, CellRichText):
        text = "".join(_run(run) for run in cell.value if not _hides_run(colours, cell, run))
        is_struck = any(isinstance(run, TextBlock) and run.font.strike for run in cell.value) or colours.strike(cell)
        return StoredCell(text, cell.number_format, is_struck=is_struck) if text else None
    if _hides_whole(colours, cell):
        return None
    if isinstance(cell.value, date | time | timedelta):
        return StoredCell(_number_of(cell.value, cell.parent.parent.epoch), cell.number_format, shows_date=True)
    return StoredCell(_value(cell.value), cell.number_format, is_struck=colours.strike(cell))


def _hides(colours: Colours, cell: Any) -> bool:
    """Whether a part of the text is not seen."""
    runs = cell.value if isinstance(cell.value, CellRichText) else ()
    return any(_hides_run(colours, cell, run) for run in runs) if runs else _hides_whole(colours, cell)


def _hides_whole(colours: Colours, cell: Any) -> bool:
    value = _value(cell.value) if cell.data_type == "n" else None
    return colours.hide(cell, by_format=colour_of(value, cell.number_format) if isinstance(value, Decimal) else "")


def _hides_run(colours: Colours, cell: Any, run: object) -> bool:
    return colours.hide(cell, run.font.color if isinstance(run, TextBlock) else None)


def _number_of(value: date | time | timedelta, epoch: Any) -> Decimal:
    """The stored number, of which openpyxl keeps a thousandth of a second: six decimals of a day."""
    days: float = to_excel(value, epoch)  # type: ignore[no-untyped-call]
    return Decimal(f"{days:.6f}").normalize()


def _value(value: object) -> Value:
    if isinstance(value, bool):
        return value
    return Decimal(repr(value)) if isinstance(value, int | float) else _with_controls(str(value))


def _with_controls(text: str) -> str:
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), text)


def _run(run: object) -> str:
    """A run of a text with one look."""
    if isinstance(run, TextBlock):
        moved = _MOVED.get(run.font.vertAlign or "")
        text = _with_controls(run.text)
        return moved(text) if moved else text
    return _with_controls(str(run))
