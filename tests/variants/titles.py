"""Variants of the titles of tables and of the document: wording, numbering, position, year."""

from collections.abc import Callable
from dataclasses import replace

from tests.variants.forms import LEFT, Form
from tests.variants.look import Look
from tests.variants.variant import Variant, in_text, named

Title = Callable[[Form], tuple[str, ...]]
DIGITS = "一二三四五六七八九"
OTHER_WORDS = {
    "GK01": "收支决算总表",
    "GK02": "部门收入决算表",
    "GK03": "部门支出决算表",
    "GK04": "财政拨款收支决算总表",
    "GK05": "一般公共预算支出决算表",
    "GK06": "一般公共预算基本支出决算表",
    "GK07": "政府性基金预算支出决算表",
    "GK08": "国有资本经营预算支出决算表",
    "GK09": "“三公”经费支出决算表",
}


def _no(form: Form) -> int:
    return int(form.code[2:])


def _broken(form: Form) -> tuple[str, ...]:
    half = len(form.title) // 2
    return form.title[:half], form.title[half:]


TITLES: dict[str, Title] = {
    "other_words": lambda form: (OTHER_WORDS[form.code],),
    "numbered": lambda form: (f"{DIGITS[_no(form) - 1]}、{form.title}",),
    "numbered_in_brackets": lambda form: (f"（{DIGITS[_no(form) - 1]}）{form.title}",),
    "appendix": lambda form: (f"附表{_no(form)}：{form.title}",),
    "table_number_before": lambda form: (f"表{_no(form)} {form.title}",),
    "with_year": lambda form: (f"2024年度{form.title}",),
    "with_body_and_year": lambda form: (f"示例市水务局2024年度{form.title}",),
    "spaced": lambda form: (" ".join(form.title),),
    "over_two_lines": _broken,
    "in_book_title_marks": lambda form: (f"《{form.title}》",),
    "with_open_number_behind": lambda form: (f"{form.title}（公开{form.code[2:]}表）",),
    "ascii_quotes": lambda form: (form.title.replace("“", '"').replace("”", '"'),),
    "without_quotes": lambda form: (form.title.replace("“", "").replace("”", ""),),
    "printed_twice": lambda form: (form.title, form.title),
}
CAPTIONS = {
    "number_and_title_in_one_line": ((), ("公开{no}表 {title}", "部门：{body}|单位：{unit}")),
    "title_below_number": ((), ("公开{no}表", "{title}", "部门：{body}|单位：{unit}")),
    "without_number": (None, ("部门：{body}|单位：{unit}",)),
    "spaced_number": (None, ("公开 {no} 表", "部门：{body}|单位：{unit}")),
    "finance_number": (None, ("财决公开{no}表", "部门：{body}|单位：{unit}")),
}
COVERS = {
    "published": ("{body}2024年度部门决算公开",),
    "information": ("{body}", "2024年度部门决算信息公开"),
    "chinese_year": ("{body}", "二〇二四年度部门决算"),
    "chinese_year_circle": ("{body}", "二○二四年度部门决算公开"),
    "year_without_degree": ("{body}", "2024年部门决算"),
    "year_first": ("2024年度", "{body}部门决算"),
    "unit": ("{body}2024年度单位决算",),
    "date_below": ("{body}", "2024年度部门决算", "2025年9月"),
    "law_behind": ("{body}2024年度决算公开", "根据《中华人民共和国预算法》有关规定，现将我单位2024年度决算公开如下："),
    "law_in_one_line": ("{body}2024年决算根据《预算法》和《预算法实施条例》的规定，现予公开。",),
    "next_budget_mentioned": ("{body}2024年度部门决算公开说明", "本部门2025年预算已于年初公开，预算执行情况另行说明。"),
    "report": ("{body}2024年度部门决算报告",),
    "explanation": ("{body}关于2024年度部门决算公开的说明",),
    "table_of_contents": (
        "{body}",
        "2024年度部门决算",
        "目录",
        "第一部分 示例市水务局概况",
        "第二部分 2024年度部门决算表",
        "一、收入支出决算总表",
        "二、收入决算表",
        "三、支出决算表",
        "第三部分 2024年度部门决算情况说明",
    ),
    "none": (),
}


def _in_grid(form: Form) -> Form:
    """Makes the title the first row of the table."""
    return replace(form, head=((form.title, *[LEFT] * (form.columns - 1)), *form.head))


def variants() -> list[Variant]:
    found = [Variant("titles", name, Look(title=title)) for name, title in TITLES.items()]
    for name, (title, caption) in CAPTIONS.items():
        look = Look(caption=caption) if title is None else Look(caption=caption, title=lambda form: ())
        found.append(Variant("titles", name, look))
    found += [Variant("titles", f"cover_{name}", Look(cover=cover)) for name, cover in COVERS.items()]
    found += [
        Variant("titles", "in_the_grid", Look(title=lambda form: (), form=_in_grid)),
        Variant("titles", "bare", Look(caption=("单位：{unit}",))),
    ]
    texts = (
        "other_words",
        "numbered",
        "cover_law_behind",
        "cover_law_in_one_line",
        "in_the_grid",
        "number_and_title_in_one_line",
    )
    by_name = {variant.name: variant for variant in found}
    return [*found, *(named(in_text(by_name[name]), f"{name}_in_text") for name in texts)]
