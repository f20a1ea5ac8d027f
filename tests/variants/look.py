"""The appearance of a variant: wording, units and marks for PDF and text, lines and colours for PDF."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl import Workbook

from tests.assessment import Truth
from tests.variants.canvas import Page, Pdf
from tests.variants.figures import figures
from tests.variants.forms import Form, Money, forms
from tests.variants.grid import Grid, Placed, ruled, written

FACTORS = {"元": Decimal(10_000), "千元": Decimal(10), "万元": Decimal(1), "亿元": Decimal("0.0001")}
BODY = "示例市水务局"
NARRATIVE = (
    "第三部分 2024年度部门决算情况说明",
    "一、收入支出决算总体情况说明",
    "2024年度收、支总计均为{all}万元。",
    "二、收入决算情况说明",
    "2024年度收入合计{income}万元。",
    "三、支出决算情况说明",
    "2024年度支出合计{expenditure}万元，其中：基本支出{basic}万元，项目支出{project}万元。",
)


def plain(value: Decimal) -> str:
    return f"{value:,.2f}"


@dataclass(frozen=True, slots=True)
class Look:
    body: str = BODY
    cover: tuple[str, ...] = ("{body}", "2024年度部门决算")
    before_tables: tuple[str, ...] = ("第二部分 2024年度部门决算表",)
    title: Callable[[Form], tuple[str, ...]] = lambda form: (form.title,)
    caption: tuple[str, ...] = ("公开{no}表", "部门：{body}|单位：{unit}")  # | separates left and right
    narrative: tuple[str, ...] = NARRATIVE
    unit: dict[str, str] = field(default_factory=dict)  # table → unit of its amounts, if not 万元; "" for all tables
    captioned: dict[str, str] = field(default_factory=dict)  # table → unit in its caption, if not that of the amounts
    amount: Callable[[Decimal], str] = plain
    zero: str | None = None  # text of the amount 0, if not "0.00"
    marked: dict[tuple[str, str, str], str] = field(default_factory=dict)  # cell → its text, if not the amount
    holds: Truth = field(default_factory=dict)  # cell → its expected value, if not that of the figures
    tables: tuple[Form, ...] = ()  # the tables of the document, if not the nine of the accounts
    form: Callable[[Form], Form] = lambda form: form  # changes header or rows of a table
    split: Callable[[Form], tuple[Form, ...]] = lambda form: (form,)  # the tables that are printed for a table
    more: tuple["Look", ...] = ()  # documents that follow in the same file
    # PDF only
    pages: tuple[tuple[str, ...], ...] = (
        ("GK01",),
        ("GK02", "GK03"),
        ("GK04",),
        ("GK05", "GK06"),
        ("GK07", "GK08", "GK09"),
    )
    rules: Callable[[Page, Grid], None] = ruled
    write: Callable[[Page, Placed], None] = written
    beside: tuple[str, ...] = ()  # two tables that stand beside one another, where the first is in `pages`
    breaks: dict[str, int] = field(default_factory=dict)  # table → rows of its body before the page break
    repeated: tuple[str, ...] = ("head",)  # which of "caption" and "head" is repeated after a page break
    continued: tuple[str, ...] = ()  # lines above the part after a page break
    finish_page: Callable[[Page], None] = lambda page: None
    finish_pdf: Callable[[Pdf], None] = lambda pdf: None
    # text only
    row: Callable[[list[str]], str] = "\t".join
    merged: Callable[[str], str] = lambda text: ""  # text of a cell that is merged with another, of that one's text
    table: Callable[[list[list[str]]], list[str]] | None = None  # lines of rows, merged cells as LEFT and ABOVE
    finish_text: Callable[[str], str] = lambda text: text
    encoding: str = "utf-8"
    # workbook only
    one_sheet: bool = False
    sheet_name: Callable[[Form], str] = lambda form: f"{form.code} {form.title}"
    stored: Callable[[str | Money, str], tuple[object, str]] = lambda cell, text: (text, "General")  # value and format
    finish_book: Callable[[Workbook], None] = lambda book: None
    # Word file and page only; `finish_text` changes the XML of the body or the source of the page
    titles_in_table: bool = False
    around_table: Callable[[str], str] = lambda table: table
    word_parts: dict[str, str] = field(default_factory=dict)
    charset: str = "utf-8"
    placed: str = "runs"  # how a page of a PDF places its texts

    def forms(self) -> list[Form]:
        """The printed tables after `form` has changed them, in the order of `pages`."""
        by_code = {form.code: form for form in self.tables or forms()}
        printed = [code for codes in self.pages for code in codes]
        return [self.form(by_code[code]) for code in dict.fromkeys([*printed, *self.beside])]

    def unit_of(self, code: str) -> str:
        return self.unit.get(code, self.unit.get("", "万元"))

    def caption_of(self, form: Form) -> list[str]:
        unit = self.captioned.get(form.code, self.captioned.get("", self.unit_of(form.code)))
        return [line.format(no=form.code[2:], body=self.body, unit=unit, title=form.title) for line in self.caption]

    def printed(self, cell: str | Money) -> str:
        if isinstance(cell, str):
            return cell
        if cell.key in self.marked:
            return self.marked[cell.key]
        if self.zero is not None and not cell.value:
            return self.zero
        return self.amount(cell.value * FACTORS[self.unit_of(cell.key[0])])

    def told(self) -> list[str]:
        """The lines of the narrative, with the figures filled in."""
        income, spent = figures().income["TOTAL"], figures().expenditure["TOTAL"]
        all_money = next(m.value for m in forms()[0].money() if m.key[1] == "income:总计")
        values = {"all": all_money, "income": income["total"], "expenditure": spent["total"]}
        values |= {"basic": spent["basic"], "project": spent["project"]}
        return [line.format(**{name: plain(value) for name, value in values.items()}) for line in self.narrative]

    def truth(self) -> Truth:
        """Cell → expected value; None if 0 is printed as a blank or a dash."""
        blank = self.zero is not None and not any(char.isdigit() for char in self.zero)
        cells = {money.key: money.value for form in self.forms() for money in form.money()}
        return {key: None if blank and not value else value for key, value in cells.items()} | self.holds
