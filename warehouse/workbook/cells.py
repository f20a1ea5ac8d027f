"""The cells of a form: text, exact number or nothing, with format and comment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.kinds.sheets import SheetColumn
from warehouse.records.reading import Presence, Status
from warehouse.workbook.arrange import Form, FormLine, StoredRow
from warehouse.workbook.document import StoredAmount, place

DASH = "——"
EXACT_DIGITS = 15  # decimal digits that a double represents exactly
TOO_LONG = f"数字超过{EXACT_DIGITS}位有效数字，电子表格不能精确表示，按文本写入"
MARKED = {Status.REPAIRED: "已修复", Status.CONFIRMED: "图像识别，已证实", Status.DOUBTFUL: "存疑"}
INDENT = {"class": 0, "category": 1, "item": 2}
UNPRINTED = "（空白）"
Reasons = Mapping[tuple[str | None, str | None], Sequence[str]]  # (row_key, measure) → reasons of doubts


@dataclass(frozen=True, slots=True)
class SheetCell:
    """`decimals`: digits shown after the point; `width`: columns merged; `note`: text of the cell comment."""

    value: str | Decimal | None = None
    is_amount: bool = False
    decimals: int = 2
    width: int = 1
    indent: int = 0
    is_centred: bool = False
    mark: Status = Status.AS_PRINTED
    note: str | None = None


def cells(form: Form, reasons: Reasons) -> list[list[SheetCell | None]]:
    """Rows as wide as the form. None: covered by the merged cell on its left."""
    return [list(_line(form, number, line, reasons)) for number, line in enumerate(form.lines)]


def _line(form: Form, number: int, line: FormLine, reasons: Reasons) -> Iterator[SheetCell | None]:
    for column in form.columns:
        entry = line.get(column.block)
        if column.shows == "line":
            yield SheetCell(str(number + 1 + column.block * len(form.lines)), is_centred=True)
        elif entry is None:
            yield SheetCell(is_amount=column.is_measure)
        elif column.is_measure:
            yield _amount(entry, column, reasons)
        else:
            yield _label(entry, column.shows)


def _label(entry: StoredRow, shows: str) -> SheetCell | None:
    """The label of a row. A row without code, such as a total, has its name across the columns of code and name."""
    if shows == "code":
        return SheetCell(entry.code) if entry.code else SheetCell(entry.label, width=2, is_centred=True)
    if shows == "name":
        return SheetCell(entry.label, indent=INDENT.get(entry.level or "", 0)) if entry.code else None
    return SheetCell(entry.unit, is_centred=True) if shows == "unit" else SheetCell(entry.label)


def _amount(entry: StoredRow, column: SheetColumn, reasons: Reasons) -> SheetCell:
    amount = entry.amounts.get(column.shows)
    if amount is None:
        return SheetCell(is_amount=True)
    value = _value(amount)
    other_reasons = [reason for reason in reasons.get((entry.key, column.shows), ()) if reason != amount.repair_reason]
    mark = Status.DOUBTFUL if other_reasons and amount.status == Status.AS_PRINTED else Status(amount.status)
    return SheetCell(value, True, _decimals(amount), mark=mark, note=_note(amount, mark, value, other_reasons))


def _value(amount: StoredAmount) -> str | Decimal | None:
    if amount.presence == Presence.DASH:
        return DASH
    if amount.value is None:
        return amount.printed or None
    return amount.value if digits(amount.value) <= EXACT_DIGITS else format(amount.value, "f")


def digits(value: Decimal) -> int:
    """Significant digits: 5 of 4415.900, 1 of 0."""
    return len(value.normalize().as_tuple().digits)


def _decimals(amount: StoredAmount) -> int:
    """Two for money, none for a count, more where the value has more: nothing is rounded."""
    if amount.value is None:
        return 2
    needed = max(0, -int(amount.value.normalize().as_tuple().exponent))
    return max(needed, 2 if amount.value_unit == "元" else 0)


def _note(amount: StoredAmount, mark: Status, value: str | Decimal | None, other_reasons: Sequence[str]) -> str | None:
    lines = []
    if mark != Status.AS_PRINTED:
        where = place(amount.file_name, f"第{amount.page}页" if amount.page else "")
        lines = [
            f"{MARKED[mark]}（{where}）" if where else MARKED[mark],
            f"原文印作：{amount.printed or UNPRINTED}",
            amount.repair_reason or "",
            *other_reasons,
        ]
    if isinstance(value, str) and amount.value is not None:
        lines.append(TOO_LONG)
    return "\n".join(line for line in lines if line) or None
