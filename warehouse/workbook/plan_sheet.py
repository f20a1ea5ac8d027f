"""The sheet 预算与决算: what the budget of a body, year and scope planned, and what its accounts state and spent."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from warehouse.kinds.labels import label_of
from warehouse.records.reading import Status
from warehouse.workbook.cell_formats import CellFormats

NAME = "预算与决算"
HEADINGS = {
    "依据": 22, "编码": 12, "项目": 36,
    "预算文件的年初预算": 18, "决算所述的年初预算": 18, "调整预算": 14, "决算数": 14,
    "决算占预算文件（%）": 14, "决算占所述年初预算（%）": 14, "决算占调整预算（%）": 14, "两个年初预算之差": 14,
    "两个年初预算的核对": 16, "可靠": 8, "不可靠的理由": 60,
}  # fmt: skip
ABOUT = "金额单位：万元。口径相同的预算与决算相比；空白为没有此数。"


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A row of mart.budget_against_account; the fields are its columns, in the order of the sheet."""

    basis: str
    key: str
    label: str | None
    budget_document_wan: Decimal | None
    stated_initial_wan: Decimal | None
    adjusted_wan: Decimal | None
    final_wan: Decimal | None
    execution_pct_of_budget: Decimal | None
    execution_pct_of_stated: Decimal | None
    execution_pct_of_adjusted: Decimal | None
    budget_minus_stated_wan: Decimal | None
    outcome: str
    is_sound: bool
    why_not: str | None


def write_plans(sheet: Worksheet, formats: CellFormats, plans: Iterable[StoredPlan]) -> None:
    sheet.write_string(0, 0, ABOUT, formats.of())
    for column, (heading, width) in enumerate(HEADINGS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, heading, formats.heading())
    for row, plan in enumerate(plans, 2):
        for column, value in enumerate(_shown(plan)):
            if isinstance(value, Decimal):
                sheet.write_number(row, column, value, formats.amount(2, Status.AS_PRINTED))
            elif value:
                sheet.write_string(row, column, value, formats.text())
            else:
                sheet.write_blank(row, column, None, formats.text())
    sheet.freeze_panes(2, 3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _shown(plan: StoredPlan) -> tuple[str | Decimal | None, ...]:
    """The cells of a row; of what is no code the key is left out, because it is a name of ours."""
    basis, key, label, *amounts, outcome, is_sound, why_not = astuple(plan)
    code = key if key.isdigit() else ""
    said = label_of("basis", basis), code, label or ""
    return *said, *amounts, label_of("outcome", outcome), "是" if is_sound else "否", why_not
