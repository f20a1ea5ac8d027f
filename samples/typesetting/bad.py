"""Makes samples/bad/: files that must be refused with one line each. Only disclosure_without_suffix, which typeset.py
makes, is a disclosure."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from . import pdf
from .tables import Table

BUDGET = "示范市工业和信息化局2025年部门预算"
BUDGET_TABLES = {
    "部门收支总体情况表": [
        ["收入项目", "预算数", "支出项目", "预算数"],
        ["一般公共预算拨款", "1,420.00", "一般公共服务支出", "40.00"],
        ["政府性基金预算拨款", "50.00", "社会保障和就业支出", "105.00"],
        ["事业收入", "7.00", "资源勘探工业信息等支出", "1,332.00"],
        ["收入总计", "1,477.00", "支出总计", "1,477.00"],
    ],
    "一般公共预算支出情况表": [
        ["科目编码", "科目名称", "2025年预算数", "其中：基本支出"],
        ["2080501", "行政单位离退休", "39.00", "39.00"],
        ["2080505", "机关事业单位基本养老保险缴费支出", "66.00", "66.00"],
        ["2150501", "行政运行", "535.00", "535.00"],
    ],
}


def write_all(samples: Path):
    folder = samples / "bad"
    folder.mkdir(exist_ok=True)
    write_blocks(folder / "not_a_disclosure.pdf", notice_blocks())
    write_blocks(folder / "encrypted.pdf", budget_blocks(), encrypt=StandardEncryption("sample", strength=40))
    write_scanned(folder / "scanned.pdf", samples / "shifan_gongxin_2024.pdf", pages=(3, 4))
    whole = (samples / "shifan_gongxin_2024.pdf").read_bytes()
    (folder / "truncated.pdf").write_bytes(whole[: len(whole) * 6 // 10])
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "not_a.pdf").write_bytes(png(Image.new("L", (32, 32), 200)))
    write_blank(folder / "zero_pages.pdf", pages=0)
    write_blank(folder / "blank_5000.pdf", pages=5000)


def write_blocks(path, blocks, encrypt=None):
    pdf.register_fonts()
    page = pdf.Page(Canvas(str(path), invariant=1, encrypt=encrypt), {"font": "song"})
    pdf.set_blocks(page, blocks)


def budget_blocks():
    """A department's budget."""
    yield "cover", BUDGET
    yield "page", ""
    yield "part", "第二部分 部门预算表"
    for number, (title, rows) in enumerate(BUDGET_TABLES.items(), 1):
        yield "table", budget_table(number, title, *rows)
    yield "section", "部门预算情况说明"
    yield "paragraph", "2025年本部门收支预算均为1,477.00万元，较2024年预算增加12.00万元。"


def budget_table(number, title, header, *rows):
    layout = {"columns": ["name", "amount", "name", "amount"], "widths": [20, 14, 24, 14], "place": "flow"}
    heading = ["!" + title, f">预算0{number}表", "部门：示范市工业和信息化局||单位：万元"]
    return Table("", layout, heading, [header], [], list(rows), [])


def notice_blocks():
    yield "part", "关于启用新办公场所的通知"
    yield "paragraph", "示范市工业和信息化局自下月起在新址办公，原址窗口业务一并迁入，届时请到新址办理。"
    yield "paragraph", "搬迁期间线上业务照常受理，由此带来的不便敬请谅解。"


def write_scanned(path, source, pages):
    """A PDF with the pages as images and without text, as a scanner makes it."""
    document = pypdfium2.PdfDocument(source)
    canvas = Canvas(str(path), invariant=1)
    for number in pages:
        grey = document[number].render(scale=1.3).to_pil().convert("L")
        picture = grey.point(lambda shade: 255 * (shade > 170)).convert("1")
        canvas.setPageSize(document[number].get_size())
        canvas.drawImage(ImageReader(BytesIO(png(picture))), 0, 0, *document[number].get_size())
        canvas.showPage()
    canvas.save()


def png(picture):
    content = BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def write_blank(path, pages):
    document = pikepdf.new()
    for _ in range(pages):
        document.pages.append(pikepdf.Page(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842])))
    document.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
