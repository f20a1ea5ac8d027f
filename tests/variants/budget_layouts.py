"""Budgets in the layouts of several families of publishers, typeset from figures: sides, 三公, projects, purchases.

A table is written as lines of cells: `<` is merged with the cell on its left, `^` with the one above. The amounts of a
line stand at its end, one for each measure; the row key is written before the line.
"""

from collections.abc import Sequence
from decimal import Decimal

from tests.variants.forms import ABOVE, LEFT, Cell, Form, Money, Row
from tests.variants.look import Look
from tests.variants.variant import Variant

Lines = Sequence[tuple[str, str]]  # row key and cells
SIX = ("total", "overseas", "vehicle_total", "vehicle_purchase", "vehicle_operation", "reception")
ITEMS = "合计|因公出国（境）费|公务用车购置及运行维护费|<|<|公务接待费"
BELOW = "^|^|小计|公务用车购置费|公务用车运行维护费|^"
AMOUNTS = "10.00|1.00|7.00|3.00|4.00|2.00"
NOTHING = "|".join(["0.00"] * 6)


def _head(lines: Sequence[str]) -> tuple[Row, ...]:
    marks = {"<": LEFT, "^": ABOVE}
    return tuple(tuple(marks.get(cell, cell) for cell in line.split("|")) for line in lines)


def _money(code: str, row: str, measure: str, text: str) -> Cell:
    return Money((code, row, measure), Decimal(text)) if text else ""


def keyed(code: str, title: str, head: Sequence[str], measures: Sequence[str], lines: Lines) -> Form:
    """A table whose lines end in the amounts of `measures`."""
    body = []
    for row, line in lines:
        cells = line.split("|")
        names, amounts = cells[: -len(measures)], cells[-len(measures) :]
        money = (_money(code, row, *pair) for pair in zip(measures, amounts, strict=True))
        body.append((*(ABOVE if name == "^" else name for name in names), *money))
    return Form(code, title, _head(head), tuple(body), (1.0,) * len(body[0]))


def sided(code: str, title: str, head: Sequence[str], measures: Sequence[Sequence[str]], lines: Sequence[str]) -> Form:
    """A table of lists beside one another. `measures` are those of each list; in a line each list has its row key, a
    name and its amounts: `income:财政拨款=一、财政拨款|9.00`, or `=|` where it has none.
    """
    body = []
    for line in lines:
        cells = line.split("|")
        row: list[Cell] = []
        for of_list in measures:
            key, _, name = cells.pop(0).partition("=")
            row += [name, *(_money(code, key, measure, cells.pop(0)) for measure in of_list)]
        body.append(tuple(row))
    return Form(code, title, _head(head), tuple(body), (1.0,) * len(body[0]))


def _two_sides() -> tuple[Form, ...]:
    head = ("收入|<|支出|<", "项目|预算数|项目|预算数")
    return (
        sided(
            "YS01",
            "收支总表",
            head,
            (["budget"], ["budget"]),
            (
                "income:财政拨款收入=一、财政拨款收入|70.00|expenditure:教育支出=一、教育支出|55.00",
                "income:一般公共预算拨款=1.一般公共预算拨款|70.00|expenditure:农林水支出=二、农林水支出|25.00",
                "income:其他收入=二、其他收入|8.00|expenditure:其他支出=三、其他支出|",
                "income:本年收入合计=本年收入合计|78.00|expenditure:本年支出合计=本年支出合计|80.00",
                "income:上年结转=上年结转|2.00|expenditure:结转下年=结转下年|0.00",
                "income:收入总计=收入总计|80.00|expenditure:支出总计=支出总计|80.00",
            ),
        ),
        sided(
            "YS04",
            "财政拨款收支总表",
            head,
            (["amount"], ["total"]),
            (
                "income:本年收入=一、本年收入|70.00|expenditure:本年支出=一、本年支出|72.00",
                "income:一般公共预算拨款=（一）一般公共预算拨款|70.00|expenditure:教育支出=（一）教育支出|47.00",
                "income:上年结转=二、上年结转|2.00|expenditure:农林水支出=（二）农林水支出|25.00",
                "income:上年结转/一般公共预算拨款=（一）一般公共预算拨款|2.00|expenditure:年终结转结余=二、年终结转结余|",
                "income:收入总计=收入总计|72.00|expenditure:支出总计=支出总计|72.00",
            ),
        ),
        keyed("YS07", "一般公共预算“三公”经费支出表", (ITEMS, BELOW), _stage("budget"), (("all", AMOUNTS),)),
    )


def _stage(*stages: str) -> list[str]:
    return [f"{stage}_{item}" for stage in stages for item in SIX]


def _kinds_of_expenditure() -> tuple[Form, ...]:
    return (
        sided(
            "YS01",
            "预算单位财务收支预算总表",
            (
                "本年收入|<|本年支出|<|<|<|<",
                "项目|预算数|项目|预算数|<|<|<",
                "^|^|^|合计|基本支出|<|项目支出",
                "^|^|^|^|人员经费|公用经费|^",
            ),
            (["budget"], ["total", "personnel", "public", "project"]),
            (
                "income:财政拨款收入=一、财政拨款收入|80.00|expenditure:教育支出=一、教育支出|55.00|30.00|5.00|20.00",
                "income:事业收入=二、事业收入|0.00|expenditure:农林水支出=二、农林水支出|25.00|0.00|0.00|25.00",
                "income:收入总计=收入总计|80.00|expenditure:支出总计=支出总计|80.00|30.00|5.00|45.00",
            ),
        ),
        sided(
            "YS04",
            "预算单位财政拨款收支预算总表",
            (
                "财政拨款收入|<|财政拨款支出|<|<|<|<",
                "项目|预算数|项目|合计|一般公共预算|政府性基金预算|国有资本经营预算",
            ),
            (["amount"], ["total", "general_public_budget", "government_fund", "state_capital"]),
            (
                "income:一般公共预算=一、一般公共预算|70.00|expenditure:教育支出=一、教育支出|55.00|55.00|0.00|0.00",
                "income:政府性基金预算=二、政府性基金预算|10.00|expenditure:农林水支出=二、农林水支出|25.00|15.00|10.00|0.00",
                "income:收入总计=收入总计|80.00|expenditure:支出总计=支出总计|80.00|70.00|10.00|0.00",
            ),
        ),
        keyed(
            "YS07",
            "“三公”经费和机关运行经费预算表",
            ("“三公”经费预算数|<|<|<|<|<|机关运行经费预算数", f"{ITEMS}|^", f"{BELOW}|^"),
            [*_stage("budget"), "budget_operating_cost"],
            (("all", f"{AMOUNTS}|5.00"),),
        ),
    )


def _function_and_use() -> tuple[Form, ...]:
    return (
        sided(
            "YS01",
            "收支预算总表",
            ("收入|<|支出|<|<|<", "项目名称|金额|功能分类|<|支出用途|<", "^|^|功能科目名称|金额|项目名称|金额"),
            (["budget"], ["budget"], ["budget"]),
            (
                "income:财政拨款=一、财政拨款|80.00|function:教育支出=一、教育支出|55.00|use:基本支出=一、基本支出|35.00",
                "income:其他资金=二、其他资金||function:农林水支出=二、农林水支出|25.00|use:项目支出=二、项目支出|45.00",
                "income:收入合计=收入合计|80.00|function:支出合计=支出合计|80.00|use:支出合计=支出合计|80.00",
            ),
        ),
        sided(
            "YS04",
            "财政拨款收支预算总表",
            ("收入|<|支出用途|<", "项目名称|金额|项目名称|金额"),
            (["amount"], ["total"]),
            (
                "income:一般公共预算=一、一般公共预算|80.00|use:基本支出=一、基本支出|35.00",
                "income:政府性基金预算=二、政府性基金预算||use:项目支出=二、项目支出|45.00",
                "income:收入合计=收入合计|80.00|use:支出合计=支出合计|80.00",
            ),
        ),
        keyed(
            "YS07",
            "“三公”经费、会议费、培训费支出预算表",
            (
                "合计|“三公”经费|<|<|<|<|<|会议费|培训费",
                "^|小计|因公出国（境）费|公务用车购置及运行维护费|<|<|公务接待费|^|^",
                "^|^|^|小计|公务用车购置费|公务用车运行维护费|^|^|^",
            ),
            ["budget_total", "budget_three_public", *_stage("budget")[1:], "budget_meeting", "budget_training"],
            (("all", f"15.00|{AMOUNTS}|2.00|3.00"),),
        ),
        keyed(
            "YS11",
            "政府采购预算表",
            ("采购品目大类|专项名称|经济科目|采购物品名称|采购组织形式|总计",),
            ["total"],
            (
                ("TOTAL", "合计|||||9.00"),
                ("货物A", "一、货物A|||||9.00"),
                ("货物A/设备费/办公设备购置", "|设备费|办公设备购置|||9.00"),
                ("货物A/设备费/办公设备购置/打印机/集中采购", "|||打印机|集中采购|4.00"),
                ("货物A/设备费/办公设备购置/电脑/集中采购", "|||电脑|集中采购|5.00"),
            ),
        ),
    )


FOUR = (
    "收入|<|支出|<|<|<|<|<",
    "项目|预算数|支出功能分类科目（按大类）|预算数|部门预算支出经济分类科目（按大类）|预算数|政府预算支出经济分类科目（按大类）|预算数",
)


def _four_lists() -> tuple[Form, ...]:
    def lists(code: str, title: str, first: str, incomes: str, spent: str) -> Form:
        D, G = "department_economic", "government_economic"
        return sided(
            code,
            title,
            FOUR,
            ([incomes], [spent], [spent], [spent]),
            (
                f"income:{first}=一、{first}|80.00|function:{first}=一、{first}|80.00|{D}:{first}=一、{first}|80.00"
                f"|{G}:{first}=一、{first}|80.00",
                f"income:一般公共预算拨款=1、一般公共预算拨款|80.00|function:教育支出=1、教育支出|55.00"
                f"|{D}:人员经费和公用经费支出=1、人员经费和公用经费支出|35.00|{G}:机关工资福利支出=1、机关工资福利支出|30.00",
                f"=||function:农林水支出=2、农林水支出|25.00"
                f"|{D}:人员经费和公用经费支出/商品和服务支出=(1)商品和服务支出|35.00"
                f"|{G}:机关商品和服务支出=2、机关商品和服务支出|50.00",
                f"=||=||{D}:专项业务经费支出=2、专项业务经费支出|45.00|=|",
                f"=||=||{D}:专项业务经费支出/商品和服务支出=(1)商品和服务支出|45.00|=|",
                f"income:本年收入合计=本年收入合计|80.00|function:本年支出合计=本年支出合计|80.00"
                f"|{D}:本年支出合计=本年支出合计|80.00|{G}:本年支出合计=本年支出合计|80.00",
                f"income:收入总计=收入总计|80.00|function:支出总计=支出总计|80.00|{D}:支出总计=支出总计|80.00"
                f"|{G}:支出总计=支出总计|80.00",
            ),
        )

    unit = "unit:示例市水务局"
    return (
        lists("YS01", "部门综合预算收支总表", "部门预算", "budget", "budget"),
        lists("YS04", "部门综合预算财政拨款收支总表", "财政拨款", "amount", "total"),
        keyed(
            "YS07",
            "部门综合预算一般公共预算拨款“三公”经费支出预算表",
            (
                "单位编码|单位名称|上年|<|<|<|<|<|当年|<|<|<|<|<|增减变化情况|<|<|<|<|<",
                f"^|^|{ITEMS}|{ITEMS}|{ITEMS}",
                f"^|^|{BELOW}|{BELOW}|{BELOW}",
            ),
            _stage("prior_budget", "budget", "change"),
            (
                ("TOTAL", f"合计||{AMOUNTS}|{AMOUNTS}|{NOTHING}"),
                (unit, f"117|示例市水务局|{AMOUNTS}|{AMOUNTS}|{NOTHING}"),
                (f"{unit}/示例市河道所", f"117001|示例市河道所|{AMOUNTS}|{AMOUNTS}|{NOTHING}"),
            ),
        ),
        keyed(
            "YS10",
            "部门综合预算专项业务经费支出表",
            ("单位编码|单位（项目）名称|项目金额",),
            ["total"],
            (
                ("TOTAL", "合计||45.00"),
                (unit, "117|示例市水务局|45.00"),
                (f"{unit}/示例市河道所", "117001|示例市河道所|45.00"),
                ("project:河道清淤", "|河道清淤|25.00"),
                ("project:水库养护", "|水库养护|20.00"),
            ),
        ),
        keyed(
            "YS11",
            "部门综合预算政府采购（资产配置、购买服务）预算表",
            (
                "科目编码|<|<|采购项目|采购目录|部门预算支出经济科目编码|<|数量|预算金额",
                "类|款|项|^|^|类|款|^|^",
            ),
            ["other:数量", "total"],
            (
                ("TOTAL", "合计|||||||3|9.00"),
                ("2050803/培训经费/C020600培训服务/30216", "205|08|03|培训经费|C020600培训服务|302|16|2|5.00"),
                ("2130305/清淤经费/B070200清淤工程/30227", "213|03|05|清淤经费|B070200清淤工程|302|27|1|4.00"),
            ),
        ),
    )


def _subjects_without_codes() -> tuple[Form, ...]:
    head = ("收 入|<|支 出|<", "项 目|2026年预算数|项 目|2026年预算数")
    education, water = "expenditure:教育支出", "expenditure:农林水支出"

    def nested(code: str, title: str, incomes: str, spent: str, first: str) -> Form:
        return sided(
            code,
            title,
            head,
            ([incomes], [spent]),
            (
                f"income:{first}={first}|80.00|{education}=一、教育支出|55.00",
                f"income:一般公共预算拨款=1.一般公共预算拨款|80.00|{education}/进修及培训=进修及培训|55.00",
                f"=||{education}/进修及培训/培训支出=培训支出|55.00",
                f"=||{water}=二、农林水支出|25.00",
                f"=||{water}/水利=水利|25.00",
                f"=||{water}/水利/水利工程建设=水利工程建设|15.00",
                f"=||{water}/水利/水利工程运行与维护=水利工程运行与维护|10.00",
                "income:本年收入合计=本年收入合计|80.00|expenditure:本年支出合计=本年支出合计|80.00",
                "income:上年结余、结转=上年结余、结转|0.00|expenditure:结转下年=结转下年|0.00",
                "income:收入总计=收入总计|80.00|expenditure:支出总计=支出总计|80.00",
            ),
        )

    unit = "unit:示例市水务局"
    funds = ("general_public_budget", "government_fund")
    order = ("total", "overseas", "reception", "vehicle_total", "vehicle_purchase", "vehicle_operation")
    measures = [[f"{stage}_{item}.{fund}" for item in order for fund in funds] for stage in ("prior_budget", "budget")]
    amounts = "10.00|0.00|1.00|0.00|2.00|0.00|7.00|0.00|3.00|0.00|4.00|0.00"
    rows = [
        keyed("YS07", "", ("",), of_stage, ((unit, f"{name}|{year}|{amounts}"),)).body[0]
        for of_stage, name, year in zip(measures, ("示例市水务局", "^"), ("2025年", "2026年"), strict=True)
    ]
    budgets = "|".join(["一般公共预算|政府性基金预算"] * 6)
    head_of_years = _head(
        (
            "预算单位|年度|总计|<|因公出国(境)费|<|公务接待费|<|公务用车购置及运行维护费|<|<|<|<|<",
            "^|^|^|^|^|^|^|^|小计|<|公务用车购置费|<|公务用车运行维护费|<",
            f"^|^|{budgets}",
        )
    )
    return (
        nested("YS01", "收支总表", "budget", "budget", "财政拨款"),
        nested("YS04", "财政拨款收支总表", "amount", "total", "财政拨款"),
        Form("YS07", "财政拨款“三公”经费支出表", head_of_years, tuple(rows), (1.0,) * 14),
        keyed(
            "YS10",
            "项目支出总表",
            ("支出项目类别|2026年预算|<|<", "^|总计|财政拨款|上年结余、结转", "^|^|一般公共预算拨款|^"),
            ["total", "general_public_budget", "carry_over_in"],
            (
                (unit, "示例市水务局|45.00|45.00|0.00"),
                ("project:河道清淤", "河道清淤|25.00|25.00|0.00"),
                ("project:水库养护（二期）", "水库养护（二期）|20.00|20.00|0.00"),
            ),
        ),
    )


def _years_beside_one_another() -> tuple[Form, ...]:
    groups = ("", "current.", "carry_over_in.")
    return (
        sided(
            "YS01",
            "收支预算总表",
            ("收入|<|<|<|支出|<|<|<", "项目|本年预算|编制预算|上年结转|项目|本年预算|编制预算|上年结转"),
            ([f"{group}budget" for group in groups],) * 2,
            (
                "income:一般公共预算拨款=一、一般公共预算拨款|80.00|75.00|5.00"
                "|expenditure:教育支出=一、教育支出|55.00|50.00|5.00",
                "=||||expenditure:农林水支出=二、农林水支出|25.00|25.00|",
                "income:收入总计=收入总计|80.00|75.00|5.00|expenditure:支出总计=支出总计|80.00|75.00|5.00",
            ),
        ),
        keyed(
            "YS07",
            "一般公共预算“三公”经费支出预算表",
            ("合计|<|<|<|<|<|当年预算|<|<|<|<|<|上年结转结余|<|<|<|<|<", "|".join([ITEMS] * 3), "|".join([BELOW] * 3)),
            [f"{group}{measure}" for group in groups for measure in _stage("budget")],
            (("all", f"{AMOUNTS}|{AMOUNTS}|{NOTHING}"),),
        ),
    )


def _list_of_three_public() -> tuple[Form, ...]:
    rows = ("operating_cost|一、行政经费|30.00", "total|二、“三公”经费|10.00", "overseas|1、因公出国（境）费用|1.00")
    rows += ("vehicle_total|2、公务用车购置及运行维护费|7.00", "vehicle_purchase|其中：（1）公务用车购置费|3.00")
    rows += ("vehicle_operation|（2）公务用车运行维护费|4.00", "reception|3、公务接待费|2.00")
    body: list[Row] = []
    for row in rows:
        item, name, amount = row.split("|")
        keys = (f"budget_{item}", f"budget_{item}.general_public_budget", f"budget_{item}.government_fund")
        values = (amount, amount, "0.00")
        money = (_money("YS07", "all", *pair) for pair in zip(keys, values, strict=True))
        body.append((name, *money))
    head = _head(("项目|合计|一般公共预算|政府性基金预算",))
    return (Form("YS07", "财政拨款安排的行政经费及“三公”经费预算表", head, tuple(body), (2.0, 1.0, 1.0, 1.0)),)


def _projects_on_two_levels() -> tuple[Form, ...]:
    return (
        keyed(
            "YS10",
            "项目支出预算表",
            ("一级项目|二级项目|合计|一般公共预算|其他资金",),
            ["total", "general_public_budget", "other:其他资金"],
            (
                ("TOTAL", "合计||45.00|40.00|5.00"),
                ("project:水利", "水利||45.00|40.00|5.00"),
                ("project:水利/河道清淤", "|河道清淤|25.00|20.00|5.00"),
                ("project:水利/水库养护", "|水库养护|20.00|20.00|0.00"),
            ),
        ),
        keyed(
            "YS11",
            "政府采购预算表",
            ("采购类别|合计|一般公共预算资金",),
            ["total", "general_public_budget"],
            (
                ("TOTAL", "合计|9.00|9.00"),
                ("A/货物", "A-货物|5.00|5.00"),
                ("B/工程", "B-工程|0.00|0.00"),
                ("C/服务", "C-服务|4.00|4.00"),
            ),
        ),
    )


def _projects_of_units() -> tuple[Form, ...]:
    return (
        keyed(
            "YS10",
            "项目支出表",
            ("单位名称|项目名称|项目类别|合计|一般公共预算",),
            ["total", "general_public_budget"],
            (
                ("unit:示例市水务局/project:河道清淤", "示例市水务局|河道清淤|特定目标类|25.00|25.00"),
                ("unit:示例市水务局/project:水库养护", "^|水库养护|特定目标类|15.00|15.00"),
                ("unit:示例市河道所/project:河道清淤", "示例市河道所|河道清淤|特定目标类|5.00|5.00"),
            ),
        ),
        keyed(
            "YS11",
            "政府采购预算明细表",
            ("科目编码|<|<|科目名称|合计|财政拨款|<", "类|款|项|^|^|小计|一般公共预算"),
            ["total", "fiscal_appropriation", "general_public_budget"],
            (
                ("TOTAL", "|||合 计|9.00|9.00|9.00"),
                ("213", "213|||农林水支出|9.00|9.00|9.00"),
                ("21303", "|03||水利|9.00|9.00|9.00"),
                ("2130305", "||05|水利工程建设|9.00|9.00|9.00"),
            ),
        ),
    )


def _use_alone() -> tuple[Form, ...]:
    """By use only, with the total in the first row."""
    return (
        sided(
            "YS01",
            "部门收支总体情况表",
            ("收入|<|支出|<", "项目|预算数|项目|预算数"),
            (["budget"], ["budget"]),
            (
                "income:合计=合计|80.00|expenditure:合计=合计|80.00",
                "income:经费拨款=一、经费拨款|80.00|expenditure:基本支出=一、基本支出|35.00",
                "income:其他收入=二、其他收入||expenditure:项目支出=二、项目支出|45.00",
            ),
        ),
        keyed(
            "YS07",
            "“三公”经费预算表",
            (f"单位名称|{ITEMS}", f"^|{BELOW}"),
            _stage("budget"),
            (("TOTAL", f"合计|{AMOUNTS}"), ("unit:示例市水务局", f"示例市水务局|{AMOUNTS}")),
        ),
    )


LAYOUTS = {
    "two_sides": _two_sides,
    "kinds_of_expenditure": _kinds_of_expenditure,
    "function_and_use": _function_and_use,
    "four_lists": _four_lists,
    "subjects_without_codes": _subjects_without_codes,
    "years_beside_one_another": _years_beside_one_another,
    "list_of_three_public": _list_of_three_public,
    "projects_on_two_levels": _projects_on_two_levels,
    "projects_of_units": _projects_of_units,
    "use_alone": _use_alone,
}


def layouts() -> list[Variant]:
    """A budget of one department in each layout."""
    return [Variant("budget_layouts", name, _look(tables())) for name, tables in LAYOUTS.items()]


def _look(tables: tuple[Form, ...]) -> Look:
    return Look(
        cover=("{body}", "2026年度部门预算"),
        before_tables=("第二部分 2026年度部门预算表",),
        caption=("预算{no}表", "部门：{body}|单位：{unit}"),
        narrative=(),
        tables=tables,
        pages=tuple((form.code,) for form in tables),
    )
