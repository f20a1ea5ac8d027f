"""Variants that are budgets in the layout of final accounts: they must not be taken for final accounts."""

from dataclasses import replace

from tests.variants.forms import Form
from tests.variants.look import Look
from tests.variants.variant import Variant

TITLES = {
    "GK01": "部门收支总表",
    "GK02": "部门收入总表",
    "GK03": "部门支出总表",
    "GK04": "财政拨款收支总表",
    "GK05": "一般公共预算支出表",
    "GK06": "一般公共预算基本支出表",
    "GK07": "政府性基金预算支出表",
    "GK08": "国有资本经营预算支出表",
    "GK09": "一般公共预算“三公”经费支出表",
}
NARRATIVE = (
    "第三部分 2025年部门预算情况说明",
    "一、收支预算总体情况",
    "2025年收、支总预算均为{all}万元。",
    "2025年收入预算{income}万元，支出预算{expenditure}万元，其中：基本支出{basic}万元，项目支出{project}万元。",
)
COVERS = {
    "department": ("{body}", "2025年部门预算"),
    "published": ("{body}2025年部门预算公开",),
    "degree": ("{body}", "2025年度部门预算"),
    "explanation": ("{body}2025年部门预算编制说明",),
    "chinese_year": ("{body}", "二〇二五年部门预算"),
    "unit": ("{body}2025年单位预算",),
    "with_last_accounts": ("{body}", "2025年部门预算", "2023年度部门决算已另行公开。"),
    "none": (),
}


def _budgeted(form: Form) -> Form:
    def word(cell):
        return cell.replace("决算数", "预算数").replace("决算", "预算") if isinstance(cell, str) else cell

    return replace(form, title=TITLES[form.code], head=tuple(tuple(map(word, row)) for row in form.head))


def _look(cover: tuple[str, ...], **options) -> Look:
    return Look(
        cover=cover,
        before_tables=("第二部分 2025年部门预算表",),
        title=lambda form: (TITLES[form.code],),
        caption=("预算{no}表", "部门：{body}|单位：{unit}"),
        narrative=NARRATIVE,
        form=_budgeted,
        **options,
    )


def variants() -> list[Variant]:
    looks = {name: _look(cover) for name, cover in COVERS.items()}
    looks["yuan"] = replace(
        _look(COVERS["department"]), unit={"": "元"}, caption=("预算{no}表", "编制单位：{body}　　单位：{unit}|")
    )
    looks["titles_of_accounts"] = replace(
        _look(COVERS["department"]), title=lambda form: (form.title.replace("决算", "预算"),)
    )
    found = [Variant("budgets", name, look, is_refused=True) for name, look in looks.items()]
    texts = ("department", "none", "yuan", "published")
    found += [Variant("budgets", f"{name}_in_text", looks[name], format="text", is_refused=True) for name in texts]
    return found
