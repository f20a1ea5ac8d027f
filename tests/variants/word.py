"""Writes the accounts as a Word file with a given appearance: the parts that Word needs to open it, and no others."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.variants.forms import ABOVE, LEFT, Form, Row
from tests.variants.look import Look

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WIDTH = 1200  # of a column, in twentieths of a point
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Target="word/document.xml" Type="{_OFFICE}/relationships/officeDocument"/></Relationships>"""


def docx_of(look: Look) -> bytes:
    blocks = [paragraph(line.format(body=look.body)) for line in (*look.cover, *look.before_tables)]
    for form in look.forms():
        blocks += _form(form, look)
    blocks += [paragraph(line) for line in look.told()]
    body = look.finish_text("".join(blocks))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f'<?xml version="1.0"?><w:document {NAMES}><w:body>{body}</w:body></w:document>',
        **look.word_parts,
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """The same bytes for the same parts: ZipInfo has no time of writing."""
    saved = BytesIO()
    with ZipFile(saved, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return saved.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _form(form: Form, look: Look) -> list[str]:
    captions = [*look.title(form), *look.caption_of(form)]
    rows = (*form.head, *form.body)
    if look.titles_in_table:
        top = [(line.replace("|", "  "), *[LEFT] * (form.columns - 1)) for line in captions]
        return [_table((*top, *rows), look), paragraph(form.note)]
    lines = [paragraph(line.replace("|", "    ")) for line in captions]
    first = look.breaks.get(form.code, len(form.body)) + len(form.head)
    tables = [_table(rows[:first], look)]
    if rows[first:]:
        tables += [paragraph(""), _table((*form.head, *rows[first:]), look)]
    return [*lines, *map(look.around_table, tables), paragraph(form.note)]


def _table(rows: tuple[Row, ...], look: Look) -> str:
    body = "".join(f"<w:tr>{_cells(rows, n, look)}</w:tr>" for n in range(len(rows)))
    grid = f'<w:gridCol w:w="{_WIDTH}"/>' * max(map(len, rows))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _cells(rows: tuple[Row, ...], y: int, look: Look) -> str:
    row, cells, x = rows[y], [], 0
    while x < len(row):
        width = 1
        while x + width < len(row) and row[x + width] == LEFT:
            width += 1
        merge = ""
        if row[x] == ABOVE:
            merge = "<w:vMerge/>"
        elif y + 1 < len(rows) and x < len(rows[y + 1]) and rows[y + 1][x] == ABOVE:
            merge = '<w:vMerge w:val="restart"/>'
        span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
        text = "" if row[x] in (ABOVE, LEFT) else look.printed(row[x])
        wide = f'<w:tcW w:w="{width * _WIDTH}" w:type="dxa"/>'
        cells.append(f"<w:tc><w:tcPr>{wide}{span}{merge}</w:tcPr>{paragraph(text)}</w:tc>")
        x += width
    return "".join(cells)
