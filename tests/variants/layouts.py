"""Layouts of ruled tables: other columns, other rows, other titles, other breaks between pages."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.variants.figures import figures
from tests.variants.forms import ABOVE, LEFT, Cell, Form, Money, Row
from tests.variants.layout import DECLARED, ONE_A_PAGE, Layout, changing, variants_of
from tests.variants.look import Look
from tests.variants.mixed import of_items
from tests.variants.rows import CHANGED
from tests.variants.variant import Variant

KIND = "layouts"
KEYED = ("GK02", "GK03", "GK05", "GK07")
SPLIT_CODES, NAME_FIRST = CHANGED["codes_in_three_columns"], CHANGED["names_before_codes"]
STAGES = {"budget": "预算数", "final": "决算数"}
ITEMS = {
    "total": "合计",
    "overseas": "因公出国（境）费",
    "vehicle_total": "小计",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行维护费",
    "reception": "公务接待费",
}
VEHICLES = "公务用车购置及运行维护费"
MEETINGS = {
    "budget_meeting": Decimal("6.00"),
    "final_meeting": Decimal("4.35"),
    "budget_training": Decimal("9.50"),
    "final_training": Decimal("7.28"),
}


def _spent(stage: str, item: str) -> Money:
    """A cell of GK09; 合计 of all is that of the 三公, the meetings and the training."""
    measure, known = f"{stage}_{item}", figures().three_public | MEETINGS
    known |= {f"{stage}_grand_total": sum(known[f"{stage}_{one}"] for one in ("total", "meeting", "training"))}
    return Money(("GK09", "all", measure), known[measure])


def _three_public(head: tuple[Row, ...], *body: Row) -> Form:
    return Form("GK09", "财政拨款“三公”经费及会议费、培训费支出决算表", head, body, tuple([1.0] * len(head[0])))


# --- GK09 with 会议费 and 培训费 ------------------------------------------------------------------------------------


def _meetings_behind(form: Form) -> Form:
    """Six columns of the 三公, then 会议费 and 培训费, for each stage."""
    words = (*_words_of_items(), "会议费", "培训费")
    below = (*_below_items(), ABOVE, ABOVE)
    items = (*ITEMS, "meeting", "training")
    head = (
        tuple(cell for stage in STAGES.values() for cell in (stage, *[LEFT] * 7)),
        (*words, *words),
        (*below, *below),
        tuple(str(n) for n in range(1, 17)),
    )
    return _three_public(head, tuple(_spent(stage, item) for stage in STAGES for item in items))


def _words_of_items() -> tuple[str, ...]:
    return "合计", ITEMS["overseas"], VEHICLES, LEFT, LEFT, ITEMS["reception"]


def _below_items() -> tuple[str, ...]:
    return ABOVE, ABOVE, "小计", ITEMS["vehicle_purchase"], ITEMS["vehicle_operation"], ABOVE


def _meetings_beside(form: Form) -> Form:
    """合计 of all, then the 三公 below a heading of their own with a 小计, then 会议费 and 培训费."""
    top = ("合计", "财政拨款安排的“三公”经费", *[LEFT] * 5, "会议费", "培训费")
    words = (ABOVE, "小计", *_words_of_items()[1:], ABOVE, ABOVE)
    below = (ABOVE, *_below_items(), ABOVE, ABOVE)
    items = ("grand_total", *ITEMS, "meeting", "training")
    head = (
        tuple(cell for stage in STAGES.values() for cell in (stage, *[LEFT] * 8)),
        (*top, *top),
        (*words, *words),
        (*below, *below),
    )
    return _three_public(head, tuple(_spent(stage, item) for stage in STAGES for item in items))


def _meetings_by_stage(form: Form) -> Form:
    """The same with one row for each stage."""
    head = (
        ("项目", "合计", "财政拨款安排的“三公”经费", *[LEFT] * 5, "会议费", "培训费"),
        (ABOVE, ABOVE, "小计", *_words_of_items()[1:], ABOVE, ABOVE),
        (ABOVE, ABOVE, *_below_items(), ABOVE, ABOVE),
        ("栏次", *(str(n) for n in range(1, 10))),
    )
    items = ("grand_total", *ITEMS, "meeting", "training")
    return _three_public(head, *((word, *(_spent(stage, item) for item in items)) for stage, word in STAGES.items()))


def _in_one_total(form: Form) -> Form:
    """One 合计, which is that of the 三公, the meetings and the training together."""
    words = (*_words_of_items(), "会议费", "培训费")
    below = (*_below_items(), ABOVE, ABOVE)
    items = ("grand_total", *list(ITEMS)[1:], "meeting", "training")
    head = (
        tuple(cell for stage in STAGES.values() for cell in (stage, *[LEFT] * 7)),
        (*words, *words),
        (*below, *below),
    )
    return _three_public(head, tuple(_spent(stage, item) for stage in STAGES for item in items))


def _in_turn(form: Form) -> Form:
    """预算数 and 决算数 below each item."""
    words = (*(f"“三公”经费{w}" if w == "合计" else w for w in ITEMS.values()), "会议费", "培训费")
    words = tuple(VEHICLES if word == "小计" else word for word in words)
    items = (*ITEMS, "meeting", "training")
    head = (tuple(c for word in words for c in (word, LEFT)), tuple(STAGES.values()) * len(items))
    return _three_public(head, tuple(_spent(stage, item) for item in items for stage in STAGES))


def _list_row(label: Row, item: str) -> Row:
    return (*label, *(_spent(stage, item) for stage in STAGES))


def _list(form: Form) -> Form:
    """One item to a row, the parts of 公务用车 in a second column of labels."""
    head = (("项目", LEFT, *STAGES.values()),)
    labels = [("合计", LEFT), (ITEMS["overseas"], LEFT), (VEHICLES, "小计"), (ABOVE, ITEMS["vehicle_purchase"])]
    labels += [(ABOVE, ITEMS["vehicle_operation"]), (ITEMS["reception"], LEFT)]
    body = [_list_row(label, item) for label, item in zip(labels, ITEMS, strict=True)]
    return replace(_three_public(head, *body), title=form.title)


def _list_with_meetings(form: Form) -> Form:
    """The same below a 合计 of all, with 会议费 and 培训费 at the end."""
    head = (("项目", LEFT, *STAGES.values()),)
    labels = {
        "grand_total": ("合计", LEFT),
        "total": ("一、“三公”经费小计", LEFT),
        "overseas": ("1.因公出国（境）费", LEFT),
        "vehicle_total": ("2.公务用车购置及运行维护费", "小计"),
        "vehicle_purchase": (ABOVE, "其中：公务用车购置费"),
        "vehicle_operation": (ABOVE, "公务用车运行维护费"),
        "reception": ("3.公务接待费", LEFT),
        "meeting": ("二、会议费", LEFT),
        "training": ("三、培训费", LEFT),
    }
    return _three_public(head, *(_list_row(label, item) for item, label in labels.items()))


def _only_final(form: Form) -> Form:
    """No stage: 合计 and the items, one row."""
    head = (_words_of_items(), _below_items())
    return replace(_three_public(head, tuple(_spent("final", item) for item in ITEMS)), title=form.title)


def _without_vehicle_total(form: Form) -> Form:
    """公务用车购置费 and 公务用车运行维护费 without a sum of both: 合计 is printed once for each stage."""
    items = [item for item in ITEMS if item != "vehicle_total"]
    words = tuple(ITEMS[item] for item in items)
    head = (tuple(c for stage in STAGES.values() for c in (stage, *[LEFT] * 4)), (*words, *words))
    return replace(_three_public(head, tuple(_spent(s, i) for s in STAGES for i in items)), title=form.title)


OFFICIAL = {
    "": "一、“三公”经费支出",
    "total": "（一）支出合计",
    "overseas": "1．因公出国（境）费",
    "vehicle_total": "2．公务用车购置及运行维护费",
    "vehicle_purchase": "（1）公务用车购置费",
    "vehicle_operation": "（2）公务用车运行维护费",
    "reception": "3．公务接待费",
}
COUNTS = {
    "（1）国内接待费": "2.10",
    "其中：外事接待费": "0.00",
    "（2）国（境）外接待费": "0.00",
    "（二）相关统计数": "",
    "1．因公出国（境）团组数（个）": "0",
    "2．公务用车保有量（辆）": "3",
    "二、机关运行经费": "120.33",
}


def _official_list(form: Form) -> Form:
    """The list 机构运行信息表 of the ministry: items of the 三公 with 行次, then counts and 机关运行经费."""
    body: list[Row] = []
    for n, (item, label) in enumerate(OFFICIAL.items(), start=1):
        cells: Row = tuple(_spent(stage, item) for stage in STAGES) if item else ("—", "—")
        body.append((label, str(n), *cells))
    body += [(label, str(n), "", text) for n, (label, text) in enumerate(COUNTS.items(), start=len(body) + 1)]
    head = (("项目", "行次", "预算数", "决算统计数"), ("栏次", "", "1", "2"))
    return replace(_three_public(head, *body), title=form.title)


def _with_changes(form: Form) -> Form:
    """A row for each stage, then 增减额 and 增减率."""
    form = _meetings_by_stage(form)
    changes = (("增减额", *["-1.00"] * 9), ("增减率（%）", *["-10.00"] * 9))
    return replace(form, body=(*form.body, *changes))


def _list_compared(form: Form) -> Form:
    """序号 and 项目, 上年决算数 before both stages, 增减额 and 增减率 behind."""
    head = (("序号", "项目", "上年决算数", *STAGES.values(), "增减额", "增减率"),)
    labels = {**ITEMS, "vehicle_total": VEHICLES, "vehicle_purchase": "其中：公务用车购置费"}
    body = [
        (str(n), label, "8.00", *(_spent(stage, item) for stage in STAGES), "1.00", "12.50%")
        for n, (item, label) in enumerate(labels.items(), start=1)
    ]
    return replace(_three_public(head, *body), title=form.title)


def _list_without_sum(form: Form) -> Form:
    """会议费 and 培训费 below the 三公, whose 合计 is the first row; no sum of all."""
    head = (("项目", *STAGES.values()),)
    labels = {
        "total": "“三公”经费合计",
        "overseas": "因公出国（境）费用",
        "vehicle_total": VEHICLES,
        "vehicle_purchase": "公务用车购置",
        "vehicle_operation": "公务用车运行维护",
        "reception": "公务接待费用",
        "meeting": "会议费",
        "training": "培训费",
    }
    return _three_public(head, *((label, *(_spent(s, item) for s in STAGES)) for item, label in labels.items()))


def _list_in_one_total(form: Form) -> Form:
    """One 合计 at the end, of the 三公, 会议费 and 培训费 together."""
    head = (("项目", *STAGES.values()),)
    labels = {"overseas": "因公出国（境）费", "vehicle_total": VEHICLES, "vehicle_purchase": "其中：公务用车购置费"}
    labels |= {"vehicle_operation": "公务用车运行维护费", "reception": "公务接待费", "meeting": "会议费"}
    labels |= {"training": "培训费", "grand_total": "合计"}
    return _three_public(head, *((label, *(_spent(s, item) for s in STAGES)) for item, label in labels.items()))


def _list_of_final(form: Form) -> Form:
    """项目 | 决算数: one stage."""
    head = (("项目", LEFT, "决算数"),)
    labels = [("合计", LEFT), (ITEMS["overseas"], LEFT), (VEHICLES, "小计"), (ABOVE, ITEMS["vehicle_purchase"])]
    labels += [(ABOVE, ITEMS["vehicle_operation"]), (ITEMS["reception"], LEFT)]
    body = [(*label, _spent("final", item)) for label, item in zip(labels, ITEMS, strict=True)]
    return replace(_three_public(head, *body), title=form.title)


def _only_meetings(form: Form) -> Form:
    """会议费 alone behind the 三公."""
    words, below = (*_words_of_items(), "会议费"), (*_below_items(), ABOVE)
    head = (
        tuple(cell for stage in STAGES.values() for cell in (stage, *[LEFT] * 6)),
        (*words, *words),
        (*below, *below),
    )
    return _three_public(head, tuple(_spent(s, item) for s in STAGES for item in (*ITEMS, "meeting")))


GK09 = {
    "meetings_behind": ("GK09: 会议费 and 培训费 behind the 三公 of each stage", _meetings_behind),
    "meetings_beside": ("GK09: 合计 of all, 三公 with 小计, 会议费, 培训费", _meetings_beside),
    "meetings_by_stage": ("GK09: the same, a row for 预算数 and one for 决算数", _meetings_by_stage),
    "meetings_in_one_total": ("GK09: one 合计, of 三公, 会议费 and 培训费 together", _in_one_total),
    "meetings_in_turn": ("GK09: 预算数 and 决算数 below each item, 会议费 and 培训费 among them", _in_turn),
    "three_public_list": ("GK09: a list with two columns of labels", _list),
    "three_public_list_meetings": ("GK09: a list with two columns of labels, 会议费 and 培训费", _list_with_meetings),
    "three_public_only_final": ("GK09: 决算 alone, one 合计", _only_final),
    "three_public_without_vehicle_total": ("GK09: one 合计, no sum of 公务用车", _without_vehicle_total),
    "three_public_official": ("GK09: the list 机构运行信息表, with counts and 机关运行经费", _official_list),
    "meetings_with_changes": ("GK09: a row for each stage, 增减额 and 增减率 below", _with_changes),
    "three_public_list_compared": ("GK09: a list, 上年决算数 before and 增减额 behind", _list_compared),
    "three_public_list_no_sum": ("GK09: a list with 会议费 and 培训费 and no sum of all", _list_without_sum),
    "three_public_list_one_total": ("GK09: a list, one 合计 of 三公, 会议费 and 培训费", _list_in_one_total),
    "three_public_list_final": ("GK09: a list of 决算数 alone", _list_of_final),
    "meetings_alone": ("GK09: 会议费 alone behind the 三公", _only_meetings),
}

# --- Columns of amounts with a part of them beside ------------------------------------------------------------------


def _with_part(form: Form, heading: str, whole: str, part: str, share: Decimal = Decimal("0.4")) -> Form:
    """Splits the column `heading` into two: all of it and a part of it, which has no expected value."""
    first, second, *rest = form.head
    row_of = 0 if heading in first else 1
    at = form.head[row_of].index(heading) + 1
    head = [(*row[:at], LEFT, *row[at:]) for row in (first, second)]
    below = (*[ABOVE] * (at - 1), whole, part, *[ABOVE] * (form.columns - at))
    if row_of == 0:
        head[1] = (*second[: at - 1], whole, part, *second[at:])
    else:
        head.append(below)
    head += [(*row[:at], "", *row[at:]) for row in rest]
    body = tuple((*row[:at], _part(row[at - 1], share), *row[at:]) for row in form.body)
    return replace(form, head=tuple(head), body=body, widths=(*form.widths[:at], 1, *form.widths[at:]))


def _part(cell: Cell, share: Decimal) -> str:
    return f"{(cell.value * share).quantize(Decimal('0.01')):,.2f}" if isinstance(cell, Money) else ""


def _income_parts(form: Form) -> Form:
    fiscal = _with_part(form, "财政拨款收入", "金额", "其中：政府性基金")
    return _with_part(fiscal, "事业收入", "金额", "其中：教育收费")


def _kinds_of_basic(form: Form) -> Form:
    """GK05: 基本支出 as 小计 | 人员经费 | 公用经费 below it."""
    head = (
        ("项目", LEFT, "本年支出", *[LEFT] * 4),
        ("科目编码", "科目名称", "合计", "基本支出", LEFT, LEFT, "项目支出"),
        (ABOVE, ABOVE, ABOVE, "小计", "人员经费", "公用经费", ABOVE),
    )
    body = tuple((*row[:4], _part(row[3], Decimal(1)), "0.00", row[4]) for row in form.body)
    return replace(form, head=head, body=body, widths=(1, 3, *[1] * 5))


def _parts_of_sides(form: Form) -> Form:
    """GK01: 决算数 as 金额 | 其中：财政拨款 on both sides."""

    def wider(row: Row, left: Cell, right: Cell) -> Row:
        return (*row[:3], left, *row[3:], right)

    first, second, _ = form.head
    parts = ("金额", "其中：财政拨款")
    head = (wider(first, LEFT, LEFT), wider(second, LEFT, LEFT), (ABOVE, ABOVE, *parts, ABOVE, ABOVE, *parts))
    body = tuple(wider(row, _part(row[2], Decimal("0.5")), _part(row[5], Decimal("0.5"))) for row in form.body)
    return replace(form, head=head, body=body, widths=(*form.widths[:3], 1, *form.widths[3:], 1))


PARTS = {
    "part_of_sides": ("GK01", "GK01: 决算数 as 金额 and 其中：财政拨款 on both sides", _parts_of_sides),
    "kinds_of_basic": ("GK05", "GK05: 基本支出 as 小计, 人员经费 and 公用经费", _kinds_of_basic),
    "part_of_income": ("GK02", "GK02: 财政拨款收入 and 事业收入 as 金额 and 其中", _income_parts),
    "part_of_basic": (
        "GK05",
        "GK05: 基本支出 as 金额 and 其中：人员经费",
        lambda f: _with_part(f, "基本支出", "金额", "其中：人员经费"),
    ),
    "part_of_project": (
        "GK03",
        "GK03: 项目支出 as 金额 and 其中：基本建设支出",
        lambda f: _with_part(f, "项目支出", "金额", "其中：基本建设支出"),
    ),
    "part_of_total": (
        "GK03",
        "GK03: 本年支出合计 as 金额 and 其中：财政拨款",
        lambda f: _with_part(f, "本年支出合计", "金额", "其中：财政拨款"),
    ),
    "part_of_fund": (
        "GK07",
        "GK07: 本年收入 as 金额 and 其中：上级补助",
        lambda f: _with_part(f, "本年收入", "金额", "其中：上级补助"),
    ),
}

# --- Forms of universities and of central bodies --------------------------------------------------------------------

UNIVERSITY = "示范大学"
UNIVERSITY_TITLES = {
    "GK01": "高等学校收支决算总表",
    "GK02": "高等学校收入决算表",
    "GK03": "高等学校支出决算表",
    "GK05": "高等学校财政拨款支出决算表",
}


def _without_measures(form: Form) -> Form:
    """The same numbers as text: nothing of this table is expected to be loaded."""
    body = tuple(tuple(f"{c.value:,.2f}" if isinstance(c, Money) else c for c in row) for row in form.body)
    return replace(form, body=body)


def _of_university(form: Form) -> Form:
    if form.code == "GK01":
        return _with_details(form, "事业收入", {"其中：教育收费": "0.6", "科研事业收入": "0.3"})
    if form.code == "GK02":
        return _with_part(form, "事业收入", "小计", "其中：教育收费")
    if form.code == "GK03":
        return _with_part(form, "项目支出", "小计", "其中：基本建设支出")
    return _without_measures(_with_part(form, "项目支出", "小计", "其中：基本建设"))


def _with_details(form: Form, name: str, details: dict[str, str]) -> Form:
    """Rows on the side of income below the row of that name, printed where that side has none of its own."""
    rows = [list(row) for row in form.body]
    at = next(n for n, row in enumerate(rows) if isinstance(row[0], str) and row[0].endswith(name))
    amount = rows[at][2]
    left = [row[:3] for row in rows]
    added = [[words, "", _detail(words, amount, share)] for words, share in details.items()]
    sides = [*left[: at + 1], *added, *left[at + 1 :]]
    blank = [n for n, row in enumerate(sides) if not row[0]][: len(added)]
    kept = [row for n, row in enumerate(sides) if n not in blank]
    body = [(a[0], row[1], a[2], *row[3:]) for a, row in zip(kept, rows, strict=True)]
    return replace(form, body=tuple(body))


def _detail(words: str, whole: Cell, share: str) -> Money:
    assert isinstance(whole, Money)
    return Money(("GK01", f"income:{words}", "final"), (whole.value * Decimal(share)).quantize(Decimal("0.01")))


def _own_level(form: Form) -> Form:
    """类 | 款 | 项 in columns of their own, each row with the part of its own level alone: 208, then 05, then 01."""
    split = SPLIT_CODES(form)
    if split is form:
        return form

    def only_last(row: Row) -> Row:
        parts = [part for part in row[:3] if isinstance(part, str) and part and part != LEFT]
        if row[0] == "合计":
            return row
        return (*[""] * (len(parts) - 1), parts[-1], *[""] * (3 - len(parts)), *row[3:])

    return replace(split, body=tuple(map(only_last, split.body)))


def _dotted(form: Form) -> Form:
    """208.05.01."""

    def parted(cell: Cell) -> Cell:
        is_code = isinstance(cell, str) and cell.isdigit() and len(cell) in (5, 7)
        return ".".join([cell[:3], *(cell[n : n + 2] for n in range(3, len(cell), 2))]) if is_code else cell

    return replace(form, body=tuple(tuple(map(parted, row)) for row in form.body))


def _levels(*lengths: int) -> Callable[[Form], Form]:
    def kept(form: Form) -> Form:
        if form.code not in KEYED:
            return form
        return replace(form, body=tuple(row for row in form.body if row[0] == "合计" or len(str(row[0])) in lengths))

    return kept


CENTRAL_HEADS = {
    "经营收入": "事业单位经营收入",
    "上缴上级支出": "上缴上级支出",
    "经营支出": "事业单位经营支出",
    "对附属单位补助支出": "对附属单位补助支出",
    "科目编码": "功能分类科目编码",
    "使用非财政拨款结余": "使用非财政拨款结余（含专用结余）",
    "年初结转和结余": "年初结转和结余",
}


def _central(form: Form) -> Form:
    """The wordings of 中央部门: 使用非财政拨款结余（含专用结余）, 事业单位经营收入."""

    def said(cell: Cell) -> Cell:
        return CENTRAL_HEADS.get(cell, cell) if isinstance(cell, str) else cell

    if form.code not in ("GK01", "GK02", "GK03"):
        return form
    head = tuple(tuple(map(said, row)) for row in form.head)
    body = tuple(tuple(map(said, row)) for row in form.body)
    return replace(form, head=head, body=body)


FORMS = (
    Layout(
        "university",
        "高等学校收支决算总表, 收入, 支出; 高等学校财政拨款支出决算表 is no GK05: left out with a doubt",
        Look(
            body=UNIVERSITY,
            pages=(("GK01",), ("GK02",), ("GK03",), ("GK05",)),
            title=lambda form: (UNIVERSITY_TITLES[form.code],),
            form=_of_university,
        ),
    ),
    Layout("central", "GK01, GK02, GK03 in the words of 中央部门", Look(form=_central, pages=ONE_A_PAGE)),
    Layout(
        "codes_by_own_level",
        "类 | 款 | 项 in three columns, each row with its own part",
        Look(form=_own_level, pages=ONE_A_PAGE),
    ),
    Layout(
        "codes_dotted", "codes as 208.05.01", Look(form=_dotted, pages=ONE_A_PAGE), read_by="tables/dotted_codes.py"
    ),
    Layout("classes_and_groups", "rows of 类 and 款 alone", Look(form=_levels(3, 5), pages=ONE_A_PAGE)),
    Layout("groups_and_items", "rows of 款 and 项 alone", Look(form=_levels(5, 7), pages=ONE_A_PAGE)),
    Layout("items_alone", "rows of 项 alone", Look(form=_levels(7), pages=ONE_A_PAGE)),
)

# --- GK06 ------------------------------------------------------------------------------------------------------------


def _economic_rows(form: Form) -> list[tuple[str, str, Money]]:
    return [row[n : n + 3] for n in (0, 3) for row in form.body[:-1]]  # type: ignore[misc]


def _three_columns(heads: tuple[str, str, str], merged: bool = False) -> Callable[[Form], Form]:
    """科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费: a row repeats its amount in one of the last two."""

    def changed(form: Form) -> Form:
        of = figures().economic
        rows: list[Row] = []
        for code, name, money in _economic_rows(form):
            again = f"{money.value:,.2f}"
            rows.append((code, name, money, *((again, "") if code[:3] in ("301", "303") else ("", again))))
        totals = [Money(("GK06", key, "final"), of[key]) for key in ("PERSONNEL_TOTAL", "PUBLIC_TOTAL")]
        whole = Money(("GK06", "GRAND_TOTAL", "final"), sum(cell.value for cell in totals))
        head: tuple[Row, ...] = (("科目编码", "科目名称", *heads),)
        if merged:
            head = (
                ("项目", LEFT, "本年支出", LEFT, LEFT),
                ("经济分类科目编码", "经济分类科目名称", *heads),
                ("栏次", LEFT, *"123"),
            )
        body = (("合计", LEFT, whole, *totals), *rows)
        return replace(form, head=head, body=body, widths=(1, 3, 1.2, 1.2, 1.2))

    return changed


def _amount_parts(form: Form) -> Form:
    """GK06 as one list, 决算数 as 金额 and 其中：财政拨款结转."""
    rows = [(*row, "0.00") for row in _economic_rows(form)]
    of = figures().economic
    totals = [("PERSONNEL_TOTAL", "人员经费合计"), ("PUBLIC_TOTAL", "公用经费合计")]
    rows += [(label, LEFT, Money(("GK06", key, "final"), of[key]), "0.00") for key, label in totals]
    head = (("科目编码", "科目名称", "决算数", LEFT), (ABOVE, ABOVE, "金额", "其中：上年结转"))
    return replace(form, head=head, body=tuple(rows), widths=(1, 3, 1.2, 1.2))


def _economic_split(form: Form) -> Form:
    """类 | 款 | 科目名称 | 合计 | 人员经费 | 公用经费, the total last."""
    form = _three_columns(("合计", "人员经费", "公用经费"))(form)
    head = (("科目编码", LEFT, "科目名称", *form.head[0][2:]), ("类", "款", *[ABOVE] * 4))
    body = [("合计", LEFT, *row[1:]) if row[0] == "合计" else (row[0][:3], row[0][3:], *row[1:]) for row in form.body]
    return replace(form, head=head, body=(*body[1:], body[0]), widths=(0.5, 0.5, *form.widths[1:]))


ECONOMIC = {
    "economic_three_columns": (
        "GK06: a list with 合计 | 人员经费 | 公用经费",
        _three_columns(("合计", "人员经费", "公用经费")),
    ),
    "economic_three_columns_year": (
        "GK06: the same below 本年支出, with numbers of columns",
        _three_columns(("小计", "人员经费", "公用经费"), merged=True),
    ),
    "economic_three_columns_basic": (
        "GK06: the same as 基本支出合计 | 人员经费支出 | 公用经费支出",
        _three_columns(("基本支出合计", "人员经费", "日常公用经费")),
    ),
    "economic_split_codes": ("GK06: 类 | 款 apart, 合计 | 人员经费 | 公用经费, the total last", _economic_split),
    "economic_parts": ("GK06: a list, 决算数 as 金额 and 其中", _amount_parts),
}

# --- Continuations ---------------------------------------------------------------------------------------------------


def _in_parts(
    code: str, rows: int, change: Callable[[Form], Form], title: str = "续表"
) -> Callable[[Form], tuple[Form, ...]]:
    """A table in two parts below headings of their own, the second in another layout."""

    def split(form: Form) -> tuple[Form, ...]:
        if form.code != code:
            return (form,)
        return replace(form, body=form.body[:rows]), change(replace(form, body=form.body[rows:], title=title))

    return split


def _with_remarks(form: Form) -> Form:
    """One column more, 备注."""
    head = tuple((*row, "备注" if n == 0 else ABOVE if n == 1 else "") for n, row in enumerate(form.head))
    return replace(form, head=head, body=tuple((*row, "") for row in form.body), widths=(*form.widths, 0.8))


def _continued(name: str, says: str, code: str, rows: int, change: Callable[[Form], Form], **look) -> Layout:
    split = _in_parts(code, rows, change)
    return Layout(name, says, Look(split=split, pages=ONE_A_PAGE, **look), code)


CONTINUED = (
    _continued("continued_wider", "GK03 goes on with its headings and one column more", "GK03", 9, _with_remarks),
    _continued("continued_split_codes", "GK03 goes on with 类 | 款 | 项 in three columns", "GK03", 9, SPLIT_CODES),
    _continued("continued_narrower", "GK01 goes on with its headings, without 行次", "GK01", 12, of_items),
    _continued("continued_codes_first", "GK05 goes on with the names before the codes", "GK05", 7, NAME_FIRST),
)

BESIDE = (
    Layout(
        "side_by_side",
        "GK05 and GK08 beside one another on a page",
        Look(pages=(*ONE_A_PAGE[:4], ("GK05",), ("GK06",), ("GK07", "GK09")), beside=("GK05", "GK08")),
        read_by="readers/pdf/side_by_side.py",
    ),
)

# What besides declarations had to be taught.
READ_BY = dict.fromkeys(GK09.keys() - {"three_public_only_final"}, "tables/shapes/stages_by_items.py") | {
    "part_of_sides": "tables/shapes/sides.py",
    "part_of_fund": "tables/shapes/keyed_rows.py",
    "economic_parts": "tables/shapes/code_groups.py",
}


def _of_table(code: str, name: str, says: str, change: Callable[[Form], Form]) -> Layout:
    return Layout(name, says, changing(code, change), code, READ_BY.get(name, DECLARED))


LAYOUTS = (
    *(_of_table("GK09", name, says, change) for name, (says, change) in GK09.items()),
    *(_of_table(code, name, says, change) for name, (code, says, change) in PARTS.items()),
    *(_of_table("GK06", name, says, change) for name, (says, change) in ECONOMIC.items()),
    *FORMS,
    *CONTINUED,
    *BESIDE,
)


def variants() -> list[Variant]:
    return variants_of(KIND, LAYOUTS)
