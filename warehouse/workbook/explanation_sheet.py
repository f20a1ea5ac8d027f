"""The last sheet, 说明: the source of the workbook, its tables, colours, conventions, withheld rows and doubts."""

from importlib.metadata import version

from xlsxwriter.worksheet import Worksheet

from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.labels import measure_label, row_label
from warehouse.kinds.tables import StandardTable
from warehouse.records.reading import FileRole, Scope, Status, TableStatus
from warehouse.workbook.cell_formats import CellFormats, filled
from warehouse.workbook.document import NOT_SEEN, UNPUBLISHED, StoredDoubt, StoredTable, WorkbookContents, place

MARKS = {Status.REPAIRED: "依据同一文件修复的数，批注为原文与理由", Status.DOUBTFUL: "存疑的数，批注为原文与理由"}
CONVENTIONS = (
    "行、列的顺序：行按原文先后，列按财政部格式；行次、栏次依格式编排，不是原文所印。",
    "金额一律为万元；原文以元印出者已换算。小数超过两位者全部显示。",
    "空白、0、“——”为三种不同的陈述，各依原文；不补零，也不补数。",
    "电子表格的数只能精确到15位有效数字；更长的数按文本写入并加批注。",
)
WIDTHS = (18, 30, 22, 18, 18, 60, 8)
DOUBT_HEADINGS = ("表", "行", "列", "原文", "采用", "理由", "页")
Row = tuple[str, ...]


def write_explanation(sheet: Worksheet, formats: CellFormats, contents: WorkbookContents, kind: DocumentKind) -> None:
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = _section(sheet, formats, 0, "来源", _source(contents))
    row = _section(sheet, formats, row, "标准表", [_table(contents.tables, table) for table in kind.tables])
    row = _marks(sheet, formats, row)
    row = _section(sheet, formats, row, "约定", [(text,) for text in CONVENTIONS])
    if contents.withheld:
        title = f"未公开的下级（{len(contents.withheld)}，不是差错，也不补数）"
        row = _section(sheet, formats, row, title, [(text,) for text in contents.withheld])
    doubts = [_doubt(kind, doubt) for doubt in contents.doubts]
    _section(sheet, formats, row, f"疑点（{len(doubts)}）", [DOUBT_HEADINGS, *doubts])


def _section(sheet: Worksheet, formats: CellFormats, row: int, title: str, rows: list[Row]) -> int:
    """Returns the row where the next section begins."""
    sheet.write_string(row, 0, title, formats.of(bold=True, font_size=12))
    wrapped, plain = formats.of(text_wrap=True, valign="top"), formats.of(valign="top")
    for number, values in enumerate(rows, row + 1):
        for column, value in enumerate(values):
            sheet.write_string(number, column, value, wrapped if len(values) == len(WIDTHS) else plain)
    return row + len(rows) + 2


def _marks(sheet: Worksheet, formats: CellFormats, row: int) -> int:
    sheet.write_string(row, 0, "底色", formats.of(bold=True, font_size=12))
    for number, (mark, meaning) in enumerate(MARKS.items(), row + 1):
        sheet.write_blank(number, 0, None, formats.of(border=1, **filled(mark)))
        sheet.write_string(number, 1, meaning, formats.of())
    return row + len(MARKS) + 2


def _source(contents: WorkbookContents) -> list[Row]:
    document = contents.document
    region = (document.province, document.city, document.county)
    return [
        ("文件", document.source_name),
        ("部门", document.department or "未能判断"),
        ("地区", " ".join(name for name in region if name) or "未能判断"),
        ("年度", str(document.fiscal_year or "未能判断")),
        ("口径", Scope(document.scope).label if document.scope else "未能判断"),
        ("公开日期", str(document.published_on or "未印")),
        ("文件版本编号", f"{document.document_id}（第{document.version}版，{_current(document.is_current)}）"),
        ("SHA-256", document.sha256),
        *_attachments(contents),
        ("入库时间", f"{document.loaded_at:%Y-%m-%d %H:%M}（协调世界时）"),
        ("程序", f"juesuan {version('juesuan')}，解析程序 {document.parser_version}"),
    ]


def _attachments(contents: WorkbookContents) -> list[Row]:
    return [
        (FileRole.ATTACHMENT.label, f"{file.source_name}，SHA-256 {file.sha256}")
        for file in contents.files
        if file.role == FileRole.ATTACHMENT
    ]


def _current(is_current: bool) -> str:
    return "最新" if is_current else "已被更正"


def _table(tables: dict[str, StoredTable], table: StandardTable) -> Row:
    stored = tables.get(table.code, StoredTable(table.code, TableStatus.ABSENT))
    unit = f"原文单位：{stored.printed_unit or '未印'}"
    return table.number, table.name, _shown(stored), _pages(stored), unit


def _shown(table: StoredTable) -> str:
    """The status of a table in words. An absent table counts as unpublished only where the reading could tell."""
    if table.status == TableStatus.ABSENT:
        return NOT_SEEN if table.is_not_seen else UNPUBLISHED
    return TableStatus(table.status).label


def _pages(table: StoredTable) -> str:
    if table.first_page is None:
        return table.file_name or ""
    last = f"—{table.last_page}" if table.last_page != table.first_page else ""
    return place(table.file_name, f"第{table.first_page}{last}页")


def _doubt(kind: DocumentKind, doubt: StoredDoubt) -> Row:
    table = kind.find(doubt.table_code)
    number = table.number_or_name if table else ""
    where = place(doubt.file_name, str(doubt.page) if doubt.page else "")
    row = row_label(table, doubt.row_key) if doubt.row_key else None
    measure = measure_label(table, doubt.measure) if doubt.measure else None
    said = (number, row, measure, doubt.printed, doubt.taken_as, doubt.reason, where)
    return tuple(text or "" for text in said)
