"""Tables without some of their ruling lines: rows and columns are separated by their text, or doubted."""

from collections.abc import Callable

import pytest

from ingest.document import Line, RawTable
from ingest.pipeline import extract
from ingest.readers.pdf.page_objects import Char, Edge, PageObjects
from ingest.readers.pdf.read import page_blocks
from ingest.values.crowded_cells import holds_rows, is_beside, is_row_of_text, is_stack, is_stacked
from tests.assessment import Assessment, assess
from tests.ingest.made_documents import amounts_of, document, doubts_of, numbers, read_disclosure, table, table_of
from tests.ingest.test_table_marks import CASES, assert_as_expected
from tests.kinds import ACCOUNTS
from tests.variants.canvas import GREY, Page
from tests.variants.forms import Money
from tests.variants.grid import Grid, Placed, ruled
from tests.variants.look import Look
from tests.variants.pdf import pdf_of
from warehouse.records.reading import TableStatus

SIZE, PITCH, LEFT_SIDE = 8.0, 14.0, 20.0
WIDTHS = (60.0, 120.0, 70.0, 70.0)
XS = tuple(LEFT_SIDE + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1))


@pytest.mark.parametrize(
    "text", ["1.00\n2.00", "20101\n2010101", "201\n208", "9\n10", "1,200.00\n-\n50.00", "5.00%\n6.00%"]
)
def test_several_numbers_in_one_cell(text):
    assert is_stack(text)


@pytest.mark.parametrize(
    "texts",
    [
        ["栏次\n合计", "1\n38.45", "2", "3\n23.71"],
        ["1\n38.45", "2\n0.00", "3\n23.71"],
        ["科目编码\n301", "科目名称\n工资福利支出", "决算数\n1,006.95", ""],
    ],
)
def test_header_and_first_row_in_one_row_of_cells_are_separated(texts):
    assert is_stacked(texts)


@pytest.mark.parametrize("texts", [["2024\n3", "1.00"], ["1\n38.45", "2.00"], ["科目\n编码", "科目\n名称", "决算\n数"]])
def test_a_head_without_a_row_below(texts):
    assert not is_stacked(texts)


@pytest.mark.parametrize(
    "text", ["214,200.0\n0", "1,234,\n567.89", "123456\n7.89", "行政\n运行", "2024\n3", "1.00", "科目\n编码"]
)
def test_one_number_or_name_over_two_lines(text):
    assert not is_stack(text)


def test_whole_numbers_are_separated_if_other_cells_show_two_rows():
    assert is_stacked(["合计\n208", "21547700\n2247800", "634200\n0"])
    assert not is_stacked(["208", "社会保障", "21547700\n2247800", "0"])
    assert not is_stacked(["科目\n编码", "科目\n名称", "本年\n收入"])


def test_numbers_beside_one_another():
    assert is_beside("1.00 2.00") and is_beside("基本\n1.00 2.00")
    assert not is_beside("1.00") and not is_beside("2010101 1.00") and not is_beside("1 0.99")


@pytest.mark.parametrize("text", ["2010101 行政运行 120.00 120.00", "行政运行 120.00", "合计 1,360.00 1,250.00 0.00"])
def test_rows_without_lines(text):
    assert is_row_of_text(text)
    assert holds_rows(f"{text}\n{text}") and not holds_rows(text)


@pytest.mark.parametrize(
    "text",
    [
        "收入1,360.00万元，支出 1,350.00",
        "部门：示例市 单位：万元",
        "第 12 页",
        "120.00",
        "比上年增加 12.00 增长 5.00%",
        "2024 年 12.00 万元",
    ],
)
def test_sentences_and_captions_are_no_rows(text):
    assert not is_row_of_text(text)


# --- pages made of characters and edges ---------------------------------------------------------------------------


def word(text: str, x: float, top: float) -> list[Char]:
    found = []
    for char in text:
        width = SIZE / 2 if char.isascii() else SIZE
        found.append(Char(char, x, top, x + width, top + SIZE))
        x += width
    return found


def width(text: str) -> float:
    return sum(SIZE / 2 if char.isascii() else SIZE for char in text)


def row(top: float, *texts: str) -> list[Char]:
    """A row of characters: names aligned left in their column, numbers right."""
    chars: list[Char] = []
    for n, text in enumerate(texts):
        is_number = text[-1:].isdigit() and n > 1
        chars += word(text, XS[n + 1] - 2 - width(text) if is_number else XS[n] + 2, top + 3)
    return chars


def box(top: float, columns: tuple[float, ...] = XS, height: float = PITCH) -> tuple[list[Edge], list[Edge]]:
    down = [Edge(x, top, top + height) for x in columns]
    return down, [Edge(at, columns[0], columns[-1]) for at in (top, top + height)]


def blocks_of(chars: list[Char], *boxes: tuple[list[Edge], list[Edge]]) -> list:
    verticals = [edge for down, _ in boxes for edge in down]
    horizontals = [edge for _, across in boxes for edge in across]
    return page_blocks(PageObjects(1, 595, 842, chars, verticals, horizontals, 0))


def rows_of(blocks: list) -> list[list[str]]:
    return [one.texts() for block in blocks if isinstance(block, RawTable) for one in block.rows]


ROWS = [
    ("科目编码", "科目名称", "合计", "基本支出"),
    ("201", "一般公共服务支出", "10.00", "8.00"),
    ("20126", "档案事务", "10.00", "8.00"),
    ("2012601", "行政运行", "8.00", "8.00"),
    ("2012604", "档案馆", "2.00", "0.00"),
]
TOPS = [100 + PITCH * n for n in range(len(ROWS))]
CHARS = [char for top, texts in zip(TOPS, ROWS, strict=True) for char in row(top, *texts)]
TEXTS = [list(texts) for texts in ROWS]


def test_rows_without_shading_take_the_columns_of_their_neighbours():
    assert rows_of(blocks_of(CHARS, box(TOPS[0]), box(TOPS[2]), box(TOPS[4]))) == TEXTS
    assert rows_of(blocks_of(CHARS, box(TOPS[0]), box(TOPS[1]))) == TEXTS


def test_two_tables_with_different_columns_are_not_joined():
    other = tuple(x + 30 for x in XS)
    found = blocks_of(CHARS, box(TOPS[0]), box(TOPS[2], other))
    assert rows_of(found)[0] == TEXTS[0] and len([one for one in found if isinstance(one, RawTable)]) == 2


def test_a_line_that_does_not_fit_the_columns_is_no_row():
    foreign = word("12.00", XS[2] - 8, TOPS[2] + 3) + word("13.00", XS[3] - 8, TOPS[2] + 3)
    chars = row(TOPS[0], *ROWS[0]) + row(TOPS[1], *ROWS[1]) + foreign
    found = blocks_of(chars, box(TOPS[0]), box(TOPS[1]))
    assert rows_of(found) == TEXTS[:2]
    assert [block.text for block in found if isinstance(block, Line)] == ["12.00 13.00"]


def test_rows_far_below_do_not_belong_to_the_table():
    chars = row(TOPS[0], *ROWS[0]) + row(TOPS[1], *ROWS[1]) + row(TOPS[1] + 90, *ROWS[2])
    assert rows_of(blocks_of(chars, box(TOPS[0]), box(TOPS[1]))) == TEXTS[:2]


def test_rows_in_one_cell_are_separated():
    assert rows_of(blocks_of(CHARS, box(TOPS[0]), box(TOPS[1], height=4 * PITCH))) == TEXTS


def test_a_name_over_two_lines_is_no_row_of_its_own():
    name = word("其他一般公共", XS[1] + 2, TOPS[1]) + word("服务支出", XS[1] + 2, TOPS[1] + SIZE)
    chars = row(TOPS[0], *ROWS[0]) + word("201", XS[0] + 2, TOPS[1] + 4) + name
    chars += word("9.00", XS[3] - 18, TOPS[1] + 4) + row(TOPS[1] + 2 * PITCH, *ROWS[2])
    found = rows_of(blocks_of(chars, box(TOPS[0]), box(TOPS[1], height=3 * PITCH)))
    assert found[1:] == [["201", "其他一般公共\n服务支出", "9.00", ""], TEXTS[2]]


def test_columns_in_one_cell_are_separated_as_in_other_rows():
    without_last = XS[:3] + XS[4:]
    boxes = [box(TOPS[0]), *(box(top, without_last) for top in TOPS[1:])]
    assert rows_of(blocks_of(CHARS, *boxes)) == TEXTS


def test_a_number_with_blanks_inside_stays_one():
    rows = [("201", "一般公共服务支出", "1 865.53", "8.00"), ("20126", "档案事务", "1 865 .53", "8.00")] * 3
    tops = [100 + PITCH * n for n in range(len(rows))]
    chars = [char for top, texts in zip(tops, rows, strict=True) for char in row(top, *texts)]
    assert [one[2] for one in rows_of(blocks_of(chars, *map(box, tops)))] == [texts[2] for texts in rows]


def test_rows_whose_cells_are_not_closed_take_the_columns_of_the_others():
    boxes = [box(TOPS[0]), *(box(top, XS[:3]) for top in TOPS[1:])]
    assert rows_of(blocks_of(CHARS, *boxes)) == TEXTS


def test_a_word_over_the_line_of_an_empty_cell_is_one_word():
    chars = row(TOPS[0], *ROWS[0]) + word("一般公共服务支出合计", XS[0] + 2, TOPS[1] + 3)
    found = rows_of(blocks_of(chars, box(TOPS[0]), box(TOPS[1])))
    assert found[1] == ["一般公共服务支出合计", "", "", ""]


def test_two_tables_with_open_sides_are_not_joined():
    def open_table(top: float) -> tuple[list[Edge], list[Edge]]:
        down = [Edge(x, top, top + 4 * PITCH) for x in XS[1:-1]]
        return down, [Edge(top + n * PITCH, XS[0], XS[-1]) for n in range(5)]

    found = blocks_of([], open_table(100), open_table(300))
    assert [[len(one.cells) for one in block.rows] for block in found] == [[4] * 4] * 2


# --- whole documents with other lines -----------------------------------------------------------------------------


def painted(is_shaded: Callable[[Grid, Placed], bool]) -> Callable[[Page, Grid], None]:
    def rules(page: Page, grid: Grid) -> None:
        for placed in grid.placed:
            if placed.is_head or is_shaded(grid, placed):
                page.fill(placed.box, GREY)

    return rules


def lined(has_lines: Callable[[Grid, Placed], bool]) -> Callable[[Page, Grid], None]:
    def rules(page: Page, grid: Grid) -> None:
        kept = tuple(placed for placed in grid.placed if has_lines(grid, placed))
        ruled(page, Grid(kept, grid.xs, grid.ys, grid.heads))

    return rules


def in_pairs(page: Page, grid: Grid) -> None:
    """Draws every second line between rows."""
    for placed in grid.placed:
        left, bottom, right, top = placed.box
        is_second = not placed.is_head and (placed.row - grid.heads) % 2 == 1
        page.line(left, bottom, left, top)
        page.line(right, bottom, right, top)
        if not is_second:
            page.line(left, top, right, top)
        if placed.is_head or is_second or placed.row == len(grid.ys) - 2:
            page.line(left, bottom, right, bottom)


DRESSES = {
    "rows in pairs": in_pairs,
    "every third row shaded": painted(lambda grid, placed: (placed.row - grid.heads) % 3 == 0),
    "every second row shaded": painted(lambda grid, placed: (placed.row - grid.heads) % 2 == 0),
    "every second column shaded": painted(lambda grid, placed: placed.column % 2 == 1),
    "only amounts in lines": lined(lambda grid, placed: placed.is_head or isinstance(placed.cell, Money)),
    "only codes and names in lines": lined(lambda grid, placed: placed.is_head or placed.column < 2),
    "the last row without lines": lined(lambda grid, placed: placed.row < len(grid.ys) - 2),
    "the first row without lines": lined(lambda grid, placed: placed.row != grid.heads),
    "only the head with lines": lined(lambda grid, placed: placed.is_head),
}


WHOLE_YUAN = {"unit": {"": "元"}, "amount": lambda value: f"{value:.0f}"}


def assessed(folder, rules, **options) -> Assessment:
    look = Look(rules=rules, **options)
    path = folder / "made.pdf"
    path.write_bytes(pdf_of(look))
    return assess(extract(path), look.truth())


@pytest.mark.takes(6)
@pytest.mark.parametrize("options", [{}, WHOLE_YUAN], ids=["万元", "元"])
@pytest.mark.parametrize("rules", DRESSES.values(), ids=DRESSES)
def test_every_cell_is_read_with_other_lines(tmp_path, rules, options):
    found = assessed(tmp_path, rules, **options)
    assert (found.falsehoods, found.doubtful, found.missing) == ([], 0, 0)


@pytest.mark.parametrize(
    "name",
    [
        "zebra_table_without_lines_whole/b10_stripes_no_lines.pdf",
        "zebra_table_without_lines_whole/p6_reportlab_zebra_per_cell_head.pdf",
        "pairs_of_rows_without_line/h01_no_line_between_pairs.pdf",
    ],
)
def test_the_case_is_read_as_expected(name):
    assert_as_expected(CASES / name)


# --- rows and columns that cannot be separated --------------------------------------------------------------------

GK05 = "一般公共预算财政拨款支出决算表\n单位：万元\n"
HEAD = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"


def test_rows_outside_of_the_lines_are_doubted_and_the_table_is_partial(tmp_path):
    rows = "\t合计\t9.00\t7.00\t2.00\n222\t粮油物资储备支出\t9.00\t7.00\t2.00\n"
    extraction = read_disclosure(tmp_path, GK05 + HEAD + rows + "22201 粮油物资事务 9.00 7.00 2.00\n")
    assert numbers(amounts_of(extraction, "GK05"))["222"] == ["9.00", "7.00", "2.00"]
    assert not table_of(extraction, "GK05").is_whole
    doubt = next(doubt for doubt in extraction.doubts if doubt.what == "row_outside_table")
    assert (doubt.table_code, doubt.printed) == ("GK05", "22201 粮油物资事务 9.00 7.00 2.00")


def test_a_table_with_all_figures_outside_of_its_lines_is_not_blank(tmp_path):
    other = "收入决算表\n单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\n\t合计\t9.00\t9.00\n"
    text = GK05 + HEAD + "\t合计\t\t\t\n222 粮油物资储备支出 9.00 7.00 2.00\n" + other
    assert table_of(read_disclosure(tmp_path, text), "GK05").status is TableStatus.UNRECOGNISED


def test_a_table_of_whose_figures_none_is_read_is_not_blank(tmp_path):
    other = "收入决算表\n单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\n\t合计\t9.00\t9.00\n"
    extraction = read_disclosure(tmp_path, GK05 + HEAD + "\t合计\t\t\t\n\t\t9.00\t7.00\t2.00\n" + other)
    assert table_of(extraction, "GK05").status is TableStatus.UNRECOGNISED
    assert "table_not_understood" in doubts_of(extraction, "GK05")


def test_a_form_without_figures_is_blank(tmp_path):
    other = "收入决算表\n单位：万元\n科目编码\t科目名称\t本年收入合计\t财政拨款收入\n\t合计\t9.00\t9.00\n"
    extraction = read_disclosure(tmp_path, GK05 + HEAD + "\t合计\t\t\t\n" + other)
    assert table_of(extraction, "GK05").status is TableStatus.BLANK


def test_a_table_whose_rows_share_cells_is_refused_by_name():
    from ingest.tables.recognise import recognise
    from ingest.tables.sections import sections

    crowded = table(
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["222\n22201", "粮油物资储备支出\n粮油物资事务", "9.00\n9.00", "7.00\n7.00", "2.00\n2.00"],
    )
    match = recognise(sections(document("一般公共预算财政拨款支出决算表", crowded)), ACCOUNTS).matches["GK05"]
    assert not match.parts and match.refused


def test_the_doubt_about_an_unknown_table_has_its_title_and_first_row(tmp_path):
    text = "政府采购支出决算表\n项目\t合计\t基本支出\n货物\t9.00\t7.00\n服务\t1.00\t1.00\n" + GK05 + HEAD
    extraction = read_disclosure(tmp_path, text + "\t合计\t9.00\t7.00\t2.00\n222\t粮油物资储备支出\t9.00\t7.00\t2.00\n")
    doubt = next(doubt for doubt in extraction.doubts if doubt.what == "table_unknown")
    assert doubt.printed == "政府采购支出决算表: 项目 | 合计 | 基本支出"
    assert doubts_of(extraction, "GK05") == []
