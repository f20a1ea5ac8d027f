"""Makes extractions for tests: the "small accounts" of one body, with round amounts that are easy to add."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from tests.warehouse.factory_statements import said, small_checks, small_forms, small_stated
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.places import Place
from warehouse.records.reading import (
    Amount,
    BodyFact,
    DepartmentUnit,
    Doubt,
    Extraction,
    FileRole,
    Level,
    Presence,
    Profile,
    Scope,
    Source,
    SourceFile,
    StatedFigure,
    Status,
    TableFound,
    TableStatus,
)

NAMES = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "215": "资源勘探工业信息等支出",
    "21505": "工业和信息产业",
    "2150501": "行政运行",
    "2150502": "一般行政管理事务",
    "229": "其他支出",
    "22960": "彩票公益金安排的支出",
    "2296003": "用于体育事业的彩票公益金支出",
    "223": "国有资本经营预算支出",
    "301": "工资福利支出",
    "30101": "基本工资",
    "302": "商品和服务支出",
    "30201": "办公费",
    "TOTAL": "合计",
    "PERSONNEL_TOTAL": "人员经费合计",
    "PUBLIC_TOTAL": "公用经费合计",
}
ECONOMIC_TABLES = {"GK06"}


def cell(table: str, row_key: str, measure: str, wan: str | None, **changes) -> Amount:
    """One amount; `wan` is its printed text in 万元, "" a blank, "——" a dash."""
    is_number = wan not in ("", "——")
    amount = Amount(
        table_code=table,
        row_key=row_key,
        row_label=NAMES.get(row_key, row_key.rpartition(":")[2]),
        measure=measure,
        value=Decimal(wan) * 10000 if is_number else None,
        value_unit="元",
        presence=Presence.NUMBER if is_number else Presence.DASH if wan else Presence.BLANK,
        status=Status.AS_PRINTED,
        printed=wan,
        printed_unit="万元",
        row_no=1,
        column_no=1,
        place=Place(1),
        functional_code=row_key if row_key.isdigit() and table not in ECONOMIC_TABLES else None,
        economic_code=row_key if row_key.isdigit() and table in ECONOMIC_TABLES else None,
    )
    return replace(amount, **changes)


def row(table: str, row_key: str, **measures: str) -> tuple[Amount, ...]:
    return tuple(cell(table, row_key, measure, wan) for measure, wan in measures.items())


def found(amounts: tuple[Amount, ...], **statuses: TableStatus) -> tuple[TableFound, ...]:
    """All ten tables: present if they have an amount, otherwise with the status in `statuses`, otherwise absent."""
    present = {amount.table_code for amount in amounts}
    return tuple(
        TableFound(code, TableStatus.PRESENT if code in present else statuses.get(code, TableStatus.ABSENT))
        for code in (f"GK{number:02}" for number in range(1, 11))
    )


def small_accounts() -> tuple[Amount, ...]:
    """Income 100.00 (80 fiscal, 15 fund, 5 other), expenditure 90.00, closing balance 10.00."""
    return (
        *row("GK01", "income:本年收入合计", final="100.00"),
        *row("GK01", "income:使用非财政拨款结余（含专用结余）", final=""),
        *row("GK01", "income:年初结转和结余", final="0.00"),
        *row("GK01", "expenditure:本年支出合计", final="90.00"),
        *row("GK01", "expenditure:年末结转与结余", final="10.00"),
        *row("GK02", "TOTAL", total="100.00", fiscal_appropriation="95.00", other="5.00"),
        *row("GK02", "215", total="70.00", fiscal_appropriation="65.00", other="5.00"),
        *row("GK02", "21505", total="70.00", fiscal_appropriation="65.00", other="5.00"),
        *row("GK03", "TOTAL", total="90.00", basic="60.00", project="30.00"),
        *row("GK03", "208", total="15.00", basic="15.00", project="——"),
        *row("GK03", "215", total="60.00", basic="45.00", project="15.00"),
        *row("GK03", "21505", total="60.00", basic="45.00", project="15.00"),
        *row("GK03", "2150501", total="45.00", basic="45.00", project=""),
        *row("GK03", "2150502", total="15.00", basic="", project="15.00"),
        *row("GK04", "income:本年收入合计", amount="95.00"),
        *row("GK04", "expenditure:本年支出合计", total="85.00", general_public_budget="70.00", government_fund="15.00"),
        *row("GK05", "TOTAL", total="70.00", basic="60.00", project="10.00"),
        *row("GK05", "215", total="55.00", basic="45.00", project="10.00"),
        *row("GK06", "301", final="50.00"),
        *row("GK06", "30101", final="50.00"),
        *row("GK06", "302", final="10.00"),
        *row("GK06", "PERSONNEL_TOTAL", final="50.00"),
        *row("GK06", "PUBLIC_TOTAL", final="10.00"),
        *row(
            "GK07",
            "229",
            opening_balance="0.00",
            income="15.00",
            total="15.00",
            basic="",
            project="15.00",
            closing_balance="0.00",
        ),
        *row("GK09", "all", budget_total="2.00", budget_reception="2.00", final_total="0.50", final_reception="0.50"),
        cell("GK10", "其他用车", "value", "3", value=Decimal(3), value_unit="辆", printed_unit="辆"),
    )


def profile(**changes) -> Profile:
    base = Profile(
        department="甲市工业和信息化局",
        department_kind="工业和信息化",
        fiscal_year=2024,
        kind=FINAL_ACCOUNTS,
        scope=Scope.DEPARTMENT,
        province="河南省",
        city="南阳市",
        division_code="411300",
        jurisdiction_level=Level.PREFECTURE,
        evidence={"fiscal_year": "2024年度部门决算"},
    )
    return replace(base, **changes)


def source(content: str = "first file", name: str = "first.pdf") -> Source:
    return Source(name=name, sha256=sha256(content.encode()).hexdigest(), format="pdf", size=len(content), pages=12)


def totals_stated(amounts: tuple[Amount, ...]) -> tuple[StatedFigure, ...]:
    """What a narrative says of these amounts: the totals of income and expenditure. A correction that moves one of them
    and does not say so is held."""
    subjects = {("GK01", "final"): "income_composition", ("GK03", "total"): "expenditure_composition"}
    return tuple(
        said(subjects[amount.table_code, amount.measure], "total", "amount", amount.printed)
        for amount in amounts
        if amount.value is not None
        and amount.row_key in ("TOTAL", "income:本年收入合计")
        and (amount.table_code, amount.measure) in subjects
    )


def extraction(content: str = "first file", parser_version: str = "1", **changes) -> Extraction:
    """The small accounts with narrative, forms, checks and one doubt; `changes` replace fields of the extraction. Of
    other amounts the narrative states the totals."""
    others = totals_stated(changes["amounts"]) if "amounts" in changes else ()
    amounts = changes.pop("amounts", small_accounts())
    base = Extraction(
        source=source(content),
        profile=changes.pop("profile", profile()),
        parser_version=parser_version,
        tables=found(amounts, GK08=TableStatus.EMPTY_WITH_STATEMENT),
        amounts=amounts,
        doubts=(
            Doubt(
                "number_unreadable", "数字无法辨认", table_code="GK03", row_key="208", measure="project", place=Place(3)
            ),
        ),
        stated=(*small_stated(), *others),
        projects=small_forms(),
        checks=small_checks(),
        units=small_units(),
        facts=small_facts(),
    )
    return replace(base, **changes)


def unit(number: int, name: str, is_head_office: bool = False, **changes) -> DepartmentUnit:
    """A listed unit; its place is page 2."""
    body = name.removesuffix("本级")
    return replace(DepartmentUnit(number, name, body, None, is_head_office, f"{number}. {name}", Place(2)), **changes)


def small_units() -> tuple[DepartmentUnit, ...]:
    return (
        unit(1, "甲市工业和信息化局本级", is_head_office=True),
        unit(2, "甲市企业服务中心", kind="公益一类事业单位"),
    )


def small_facts() -> tuple[BodyFact, ...]:
    names = "办公室、运行监测科"
    return (
        BodyFact("internal_institutions", Decimal(2), names, f"内设机构2个，包括：{names}", Place(1)),
        BodyFact("staff_authorised", Decimal(30), None, "编制30名", Place(1)),
    )


def attachment(content: str = "tables", name: str = "tables.pdf") -> SourceFile:
    return SourceFile(
        name, sha256(content.encode()).hexdigest(), "pdf", len(content), pages=9, role=FileRole.ATTACHMENT
    )


def of_two_files(
    narrative: str = "narrative", tables: str = "tables", parser_version: str = "1", **changes
) -> Extraction:
    """The small accounts with the narrative and the forms in one file, the standard tables in another.

    Tables, their amounts and checks and the doubt about them stand in the second file.
    """
    base = extraction(narrative, parser_version, **changes)
    return replace(
        base,
        source=replace(base.source, name="narrative.pdf", attachments=(attachment(tables),)),
        tables=tuple(replace(table, file_no=2) for table in base.tables),
        amounts=tuple(replace(amount, place=replace(amount.place, file_no=2)) for amount in base.amounts),
        doubts=tuple(replace(doubt, place=replace(doubt.place, file_no=2)) for doubt in base.doubts),
        checks=tuple(replace(check, place=replace(check.place, file_no=2)) for check in base.checks),
    )
