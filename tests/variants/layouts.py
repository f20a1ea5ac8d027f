"""Layouts of ruled tables: other columns, other rows, other titles, other breaks between pages."""

from dataclasses import replace
from decimal import Decimal

from tests.variants.figures import figures
from tests.variants.forms import ABOVE, LEFT, Cell, Form, Money, Row
from tests.variants.layout import Layout, changing, variants_of
from tests.variants.variant import Variant

KIND = "layouts"
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
}

# --- Columns of amounts with a part of them beside ------------------------------------------------------------------


def _with_part(form: Form, heading: str, whole: str, part: str, share: Decimal = Decimal("0.4")) -> Form:
    """Splits the column `heading` into two: all of it and a part of it, which has no expected value."""
    first, second, *rest = form.head
    row_of = 0 if heading in first else 1
    at = form.head[row_of].index(heading) + 1
    head = [(*row[:at], LEFT if n == row_of else ABOVE, *row[at:]) for n, row in enumerate((first, second))]
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


PARTS = {
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

LAYOUTS = (
    *(Layout(name, says, changing("GK09", change), "GK09") for name, (says, change) in GK09.items()),
    *(Layout(name, says, changing(code, change), code) for name, (code, says, change) in PARTS.items()),
)


def variants() -> list[Variant]:
    return variants_of(KIND, LAYOUTS)
