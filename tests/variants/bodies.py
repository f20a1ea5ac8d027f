"""Variants with accounts of a second body in the file, accounts of a whole government, or tables that are not standard
tables."""

from dataclasses import replace
from decimal import Decimal

from tests.variants.forms import LEFT, Form, Money
from tests.variants.look import Look
from tests.variants.variant import Variant, in_text, named

SECOND = "示例市防汛抗旱保障中心"
GOVERNMENT = {
    "general": ("示例市2024年度财政总决算",),
    "government": ("示例市2024年政府决算公开",),
    "public_budget": ("示例市2024年全市和市级一般公共预算收支决算",),
}
GOVERNMENT_TITLES = {
    "GK01": "一般公共预算收支决算总表",
    "GK02": "一般公共预算收入决算表",
    "GK03": "一般公共预算支出决算表",
    "GK04": "政府性基金预算收支决算总表",
    "GK05": "一般公共预算支出决算功能分类录入表",
    "GK06": "一般公共预算基本支出决算经济分类录入表",
    "GK07": "政府性基金预算收入决算表",
    "GK08": "国有资本经营预算收支决算表",
    "GK09": "地方政府债务余额情况表",
}


def _by_unit(form: Form) -> tuple[Form, ...]:
    """支出决算表（分单位） and, below it, 支出决算表（分科目）."""
    if form.code not in ("GK02", "GK03"):
        return (form,)
    total = next(row for row in form.body if row[0] == "合计")
    plain = tuple(f"{cell.value:,.2f}" if isinstance(cell, Money) else cell for cell in total)
    half = tuple(f"{cell.value / 2:,.2f}" if isinstance(cell, Money) else "" for cell in total[2:])
    units = (("", "示例市水务局（本级）", *half), ("", SECOND, *half))
    head = (("单位编码", "单位名称", *form.head[0][2:]),)
    table = replace(form, title=f"{form.title}（分单位）", head=head, body=(plain, *units))
    return table, replace(form, title=f"{form.title}（分科目）")


def _procurement(form: Form) -> tuple[Form, ...]:
    """A table of government procurement after GK09."""
    if form.code != "GK09":
        return (form,)
    head = (("项目", LEFT, "采购预算", "采购决算", "节约"),)
    rows = (("货物", LEFT, "120.00", "110.50", "9.50"), ("工程", LEFT, "300.00", "295.00", "5.00"))
    rows += (("服务", LEFT, "80.00", "80.00", "0.00"), ("合计", LEFT, "500.00", "485.50", "14.50"))
    other = replace(form, title="政府采购支出表", head=head, body=rows, widths=(1, 2, 1, 1, 1))
    return form, other


def _parts_one_and_two(form: Form) -> tuple[Form, ...]:
    title = "一般公共预算财政拨款支出决算表"
    names = {"GK05": f"{title}（一）", "GK06": f"{title}（二）"}
    return (replace(form, title=names.get(form.code, form.title)),)


def variants() -> list[Variant]:
    other = Look(body=SECOND, amount=lambda value: f"{(value / 2).quantize(Decimal('0.01')):,.2f}")
    found = [
        Variant("bodies", f"government_{name}", _government(cover), is_refused=True)
        for name, cover in GOVERNMENT.items()
    ]
    found += [
        Variant("bodies", "two_in_one_file", Look(more=(other,))),
        Variant("bodies", "two_without_second_cover", Look(more=(replace(other, cover=()),))),
        Variant("bodies", "by_unit_before_by_subject", Look(split=_by_unit, pages=ONE_A_PAGE)),
        Variant("bodies", "procurement_behind", Look(split=_procurement)),
        Variant("bodies", "parts_one_and_two", Look(split=_parts_one_and_two)),
    ]
    return [*found, *(named(in_text(one), f"{one.name}_in_text") for one in found)]


ONE_A_PAGE = (("GK01",), ("GK02",), ("GK03",), ("GK04",), ("GK05", "GK06"), ("GK07", "GK08", "GK09"))


def _government(cover: tuple[str, ...]) -> Look:
    return Look(
        body="示例市财政局",
        cover=cover,
        before_tables=(),
        title=lambda form: (GOVERNMENT_TITLES[form.code],),
        caption=("编制单位：示例市财政局|单位：{unit}",),
        narrative=("2024年全市一般公共预算收入{income}万元，一般公共预算支出{expenditure}万元。",),
    )
