"""Makes a complete budget of a made-up body in which every identity holds; tests of rules change single cells."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ingest.checks import run_checks
from tests.ingest.test_checks_records import Key, amount
from tests.kinds import BUDGET
from warehouse.records.reading import Amount, CheckResult, PerformanceProject, StatedFigure, TableFound, TableStatus

NAMES = {
    "204": "公共安全支出", "20402": "公安", "2040201": "行政运行", "2040219": "信息化建设", "2040220": "执法办案",
    "2040250": "事业运行", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出", "229": "其他支出", "22904": "其他政府性基金安排的支出",
    "2290402": "其他地方自行试点项目收益专项债券收入安排的支出", "TOTAL": "合计",
}  # fmt: skip
Rows = dict[str, tuple[str, ...]]


INCOME = {
    "一、财政拨款收入": "1000.00", "一般公共预算拨款收入": "900.00", "政府性基金预算拨款收入": "100.00",
    "国有资本经营预算拨款收入": "", "二、事业收入": "50.00", "本年收入合计": "1050.00", "上年结转结余": "10.00",
    "收入总计": "1060.00",
}  # fmt: skip
EXPENDITURE = {
    "一、公共安全支出": "750.00", "二、社会保障和就业支出": "200.00", "三、其他支出": "100.00",
    "本年支出合计": "1050.00", "年终结转结余": "10.00", "支出总计": "1060.00",
}  # fmt: skip
FISCAL_INCOME = {
    "一般公共预算拨款": "900.00", "政府性基金预算拨款": "100.00", "国有资本经营预算拨款": "0.00",
    "本年收入合计": "1000.00", "上年结转": "10.00", "收入总计": "1010.00",
}  # fmt: skip
FISCAL_EXPENDITURE = {
    "一、公共安全支出": ("700.00", "700.00", ""),
    "二、社会保障和就业支出": ("200.00", "200.00", ""),
    "三、其他支出": ("100.00", "", "100.00"),
    "本年支出合计": ("1000.00", "900.00", "100.00"),
    "年终结转结余": ("10.00", "10.00", ""),
    "支出总计": ("1010.00", "910.00", "100.00"),
}
BY_SOURCE: Rows = {
    "TOTAL": ("1050.00", "1000.00", "900.00", "100.00", "50.00"),
    "204": ("750.00", "700.00", "700.00", "", "50.00"),
    "20402": ("750.00", "700.00", "700.00", "", "50.00"),
    "2040201": ("400.00", "400.00", "400.00", "", ""),
    "2040219": ("100.00", "100.00", "100.00", "", ""),
    "2040220": ("200.00", "200.00", "200.00", "", ""),
    "2040250": ("50.00", "", "", "", "50.00"),
    "208": ("200.00", "200.00", "200.00", "", ""),
    "20805": ("200.00", "200.00", "200.00", "", ""),
    "2080505": ("200.00", "200.00", "200.00", "", ""),
    "229": ("100.00", "100.00", "", "100.00", ""),
    "22904": ("100.00", "100.00", "", "100.00", ""),
    "2290402": ("100.00", "100.00", "", "100.00", ""),
}
BY_KIND: Rows = {
    "TOTAL": ("1050.00", "620.00", "400.00", "30.00"),
    "204": ("750.00", "420.00", "300.00", "30.00"),
    "20402": ("750.00", "420.00", "300.00", "30.00"),
    "2040201": ("400.00", "400.00", "", ""),
    "2040219": ("100.00", "", "100.00", ""),
    "2040220": ("200.00", "", "200.00", ""),
    "2040250": ("50.00", "20.00", "", "30.00"),
    "208": ("200.00", "200.00", "", ""),
    "20805": ("200.00", "200.00", "", ""),
    "2080505": ("200.00", "200.00", "", ""),
    "229": ("100.00", "", "100.00", ""),
    "22904": ("100.00", "", "100.00", ""),
    "2290402": ("100.00", "", "100.00", ""),
}
GENERAL: Rows = {
    "TOTAL": ("900.00", "600.00", "500.00", "100.00", "300.00"),
    "204": ("700.00", "400.00", "300.00", "100.00", "300.00"),
    "20402": ("700.00", "400.00", "300.00", "100.00", "300.00"),
    "2040201": ("400.00", "400.00", "300.00", "100.00", ""),
    "2040219": ("100.00", "", "", "", "100.00"),
    "2040220": ("200.00", "", "", "", "200.00"),
    "208": ("200.00", "200.00", "200.00", "", ""),
    "20805": ("200.00", "200.00", "200.00", "", ""),
    "2080505": ("200.00", "200.00", "200.00", "", ""),
}
FUND: Rows = {row: ("100.00", "", "100.00") for row in ("TOTAL", "229", "22904", "2290402")}
ECONOMIC: Rows = {
    "TOTAL": ("600.00", "500.00", "100.00"),
    "301": ("480.00", "480.00", ""),
    "30101": ("300.00", "300.00", ""),
    "30112": ("180.00", "180.00", ""),
    "302": ("100.00", "", "100.00"),
    "30201": ("81.00", "", "81.00"),
    "30212": ("4.00", "", "4.00"),
    "30217": ("5.00", "", "5.00"),
    "30231": ("10.00", "", "10.00"),
    "303": ("20.00", "20.00", ""),
    "30302": ("20.00", "20.00", ""),
}
BY_ECONOMIC_CLASS: Rows = {
    "TOTAL": ("900.00", "600.00", "300.00"),
    "301": ("480.00", "480.00", ""),
    "30101": ("480.00", "480.00", ""),
    "302": ("400.00", "100.00", "300.00"),
    "30201": ("400.00", "100.00", "300.00"),
    "303": ("20.00", "20.00", ""),
    "30302": ("20.00", "20.00", ""),
}
BASIC_BY_SOURCE: Rows = {
    "TOTAL": ("620.00", "600.00", "20.00"),
    "301": ("500.00", "480.00", "20.00"),
    "30101": ("500.00", "480.00", "20.00"),
    "302": ("100.00", "100.00", ""),
    "303": ("20.00", "20.00", ""),
}
BASIC_BY_FUNCTION: Rows = {
    "TOTAL": ("600.00", "500.00", "100.00"),
    "204": ("400.00", "300.00", "100.00"),
    "20402": ("400.00", "300.00", "100.00"),
    "2040201": ("400.00", "300.00", "100.00"),
    "208": ("200.00", "200.00", ""),
    "20805": ("200.00", "200.00", ""),
    "2080505": ("200.00", "200.00", ""),
}
PROJECTS: Rows = {
    "TOTAL": ("400.00", "300.00", "100.00"),
    "project:执法装备": ("300.00", "300.00", ""),
    "project:执法装备/车载设备": ("200.00", "200.00", ""),
    "project:执法装备/通信设备": ("100.00", "100.00", ""),
    "project:专项债券项目": ("100.00", "", "100.00"),
}
PURCHASES: Rows = {
    "TOTAL": ("60.00", "60.00"),
    "货物": ("45.00", "45.00"),
    "货物/计算机": ("45.00", "45.00"),
    "服务": ("15.00", "15.00"),
}
THREE_PUBLIC = {
    "total": ("30.00", "28.00", "2.00"), "overseas": ("6.00", "6.00", "0.00"),
    "vehicle_total": ("16.00", "13.00", "3.00"), "vehicle_purchase": ("6.00", "4.00", "2.00"),
    "vehicle_operation": ("10.00", "9.00", "1.00"), "reception": ("8.00", "9.00", "-1.00"),
}  # fmt: skip
TOTALS = ("total", "general_public_budget", "government_fund")
TABLES: dict[str, tuple[tuple[str, ...], Rows]] = {
    "YS02": (("total", "fiscal_appropriation", "general_public_budget", "government_fund", "institutional"), BY_SOURCE),
    "YS03": (("total", "basic", "project", "operating"), BY_KIND),
    "YS05": (("total", "basic", "personnel", "public", "project"), GENERAL),
    "YS06": (("total", "personnel", "public"), ECONOMIC),
    "YS08": (("total", "basic", "project"), FUND),
    "YS10": (TOTALS, PROJECTS),
    "YS11": (("total", "general_public_budget"), PURCHASES),
    "YS14": (("total", "basic", "project"), BY_ECONOMIC_CLASS),
    "YS15": (("total", "general_public_budget", "institutional"), BASIC_BY_SOURCE),
    "YS16": (("total", "basic", "project"), {row: (cells[0], cells[1], cells[4]) for row, cells in GENERAL.items()}),
    "YS17": (("total", "personnel", "public"), ECONOMIC),
    "YS19": (("total", "personnel", "public"), BASIC_BY_FUNCTION),
}


def _named(text: str) -> str:
    return text.partition("、")[2] or text


def budget_amounts() -> dict[Key, Amount]:
    cells = [amount("YS01", f"income:{_named(row)}", "budget", text, row) for row, text in INCOME.items()]
    cells += [amount("YS01", f"expenditure:{_named(row)}", "budget", text, row) for row, text in EXPENDITURE.items()]
    cells += [amount("YS04", f"income:{_named(row)}", "amount", text, row) for row, text in FISCAL_INCOME.items()]
    for row, texts in FISCAL_EXPENDITURE.items():
        key = f"expenditure:{_named(row)}"
        cells += [amount("YS04", key, measure, text, row) for measure, text in zip(TOTALS, texts, strict=True)]
    for code, (measures, rows) in TABLES.items():
        for row, texts in rows.items():
            label = NAMES.get(row, row)
            cells += [amount(code, row, measure, text, label) for measure, text in zip(measures, texts, strict=True)]
    for item, texts in THREE_PUBLIC.items():
        for stage, text in zip(("budget", "prior_budget", "change"), texts, strict=True):
            cells.append(amount("YS07", "all", f"{stage}_{item}", text, "“三公”经费"))
    return {(cell.table_code, cell.row_key, cell.measure): cell for cell in cells}


def changed(**cells: str) -> dict[Key, Amount]:
    """The budget with other figures: `YS03/204/basic="1.00"`."""
    amounts = budget_amounts()
    for name, text in cells.items():
        table, row, measure = name.split("/", 1)[0], name.split("/", 1)[1].rpartition("/")[0], name.rpartition("/")[2]
        was = amounts.get((table, row, measure))
        amounts[table, row, measure] = amount(table, row, measure, text, was.row_label if was else row)
    return amounts


def without_rows(*rows: tuple[str, str]) -> dict[Key, Amount]:
    """The budget without rows, each told by its table and its key."""
    return {key: one for key, one in budget_amounts().items() if key[:2] not in rows}


def checks_of_budget(
    amounts: dict[Key, Amount] | None = None,
    stated: Iterable[StatedFigure] = (),
    projects: Iterable[PerformanceProject] = (),
    partial: Iterable[str] = (),
) -> tuple[CheckResult, ...]:
    amounts = budget_amounts() if amounts is None else amounts
    there = {key[0] for key in amounts}
    tables = [
        TableFound(one.code, TableStatus.PRESENT, printed_unit="万元", is_whole=one.code not in partial)
        if one.code in there
        else TableFound(one.code, TableStatus.ABSENT)
        for one in BUDGET.tables
    ]
    return run_checks(BUDGET, tables, list(amounts.values()), list(stated), list(projects))


def page(path: Path, year: int, tables: Mapping[str, Sequence[str]], says: Iterable[str] = ()) -> Path:
    """A web page with a budget: title → rows of its table with | between the cells, and the narrative below them."""
    html = [f"<h1>示范市公安局{year}年部门预算</h1><h2>第二部分 {year}年部门预算表</h2>"]
    for title, rows in tables.items():
        cells = ("".join(f"<td>{text}</td>" for text in row.split("|")) for row in rows)
        html.append(f"<p>{title}</p><p>单位：万元</p><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
    html += [f"<p>{text}</p>" for text in says]
    path.write_text(f"<html><head><meta charset='utf-8'></head><body>{''.join(html)}</body></html>", "utf-8")
    return path
