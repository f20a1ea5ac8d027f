"""The nine tables as rows of cells. A cell is text, or an amount with its table, row and measure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tests.assessment import Key
from tests.variants.figures import NAMES, PERSONNEL, PUBLIC, ZERO, figures

LEFT, ABOVE = "\0left", "\0above"  # a cell that is merged with the one on its left, or with the one above
INCOME_ITEMS = (
    ("一般公共预算财政拨款收入", "general"),
    ("政府性基金预算财政拨款收入", "fund"),
    ("国有资本经营预算财政拨款收入", ""),
    ("上级补助收入", ""),
    ("事业收入", "institutional"),
    ("经营收入", ""),
    ("附属单位上缴收入", ""),
    ("其他收入", "other"),
)


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


EXPENDITURE_ITEMS = words(
    "一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出 文化旅游体育与传媒支出 社会保障和就业支出 "
    "卫生健康支出 节能环保支出 城乡社区支出 农林水支出 交通运输支出 资源勘探工业信息等支出 商业服务业等支出 金融支出 "
    "援助其他地区支出 自然资源海洋气象等支出 住房保障支出 粮油物资储备支出 "
    "国有资本经营预算支出 灾害防治及应急管理支出 其他支出"
)
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Money:
    key: Key
    value: Decimal  # 万元


Cell = str | Money
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One standard table. `widths` are the relative widths of the columns."""

    code: str
    title: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    widths: tuple[float, ...]
    note: str = ""

    @property
    def columns(self) -> int:
        return len(self.widths)

    def money(self) -> Iterator[Money]:
        return (cell for row in self.body for cell in row if isinstance(cell, Money))


@cache
def forms() -> tuple[Form, ...]:
    return (_gk01(), _gk02(), _gk03(), _gk04(), _gk05(), _gk06(), _gk07(), _gk08(), _gk09())


def chinese_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else DIGITS[tens - 1]) + "十" if tens else "") + (DIGITS[ones - 1] if ones else "")


def _numbered(names: Iterable[str]) -> list[str]:
    return [f"{chinese_number(n)}、{name}" for n, name in enumerate(names, start=1)]


def _by_item(rows: dict, measure: str) -> dict[str, Decimal]:
    """Name of a 类 in the summary tables → its amount."""
    return {NAMES[code]: row.get(measure, ZERO) for code, row in rows.items() if len(code) == 3}


def _gk01() -> Form:
    spent, balances = figures().expenditure["TOTAL"]["total"], figures().balances
    total = figures().income["TOTAL"]
    income = {
        "general": total["fiscal_appropriation"] - figures().fund["TOTAL"]["income"],
        "fund": figures().fund["TOTAL"]["income"],
        "institutional": total["institutional"],
        "other": total["other"],
    }
    opening = balances["general"] + balances["fund"] + balances["own"]
    closing = balances["general_closing"] + balances["fund_closing"] + balances["own_closing"]
    by_item = _by_item(figures().expenditure, "total")
    left = [
        *zip(_numbered([name for name, _ in INCOME_ITEMS]), INCOME_ITEMS, strict=True),
        *[("", ("", ""))] * (len(EXPENDITURE_ITEMS) - len(INCOME_ITEMS)),
    ]
    rows = [
        _sides(
            n,
            (label, name, income.get(source, ZERO)) if name else None,
            (numbered, item, by_item.get(item, ZERO)),
        )
        for n, ((label, (name, source)), numbered, item) in enumerate(
            zip(left, _numbered(EXPENDITURE_ITEMS), EXPENDITURE_ITEMS, strict=True), start=1
        )
    ]
    end = (
        ("本年收入合计", total["total"], "本年支出合计", spent),
        ("使用非财政拨款结余", balances["used"], "结余分配", balances["distributed"]),
        ("年初结转和结余", opening, "年末结转和结余", closing),
        (
            "总计",
            total["total"] + balances["used"] + opening,
            "总计",
            spent + balances["distributed"] + closing,
        ),
    )
    rows += [_sides(n, (a, a, x), (b, b, y)) for n, (a, x, b, y) in enumerate(end, start=len(rows) + 1)]
    head = (
        ("收入", LEFT, LEFT, "支出", LEFT, LEFT),
        ("项目", "行次", "决算数", "项目", "行次", "决算数"),
        ("栏次", "", "1", "栏次", "", "2"),
    )
    return Form("GK01", "收入支出决算总表", head, tuple(rows), (2.2, 0.5, 1, 2.2, 0.5, 1))


def _sides(n: int, income: tuple[str, str, Decimal] | None, expenditure: tuple[str, str, Decimal]) -> Row:
    left: Row = ("", str(n), "")
    if income:
        left = (income[0], str(n), Money(("GK01", f"income:{income[1]}", "final"), income[2]))
    label, name, value = expenditure
    return (*left, label, str(n + 31), Money(("GK01", f"expenditure:{name}", "final"), value))


def _keyed(code: str, rows: dict, measures: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(
        (
            *(("合计", LEFT) if key == "TOTAL" else (key, NAMES[key])),
            *(Money((code, key, measure), row.get(measure, ZERO)) for measure in measures),
        )
        for key, row in rows.items()
    )


def _keyed_head(*columns: str) -> tuple[Row, ...]:
    """Two rows: 科目编码 and 科目名称 below 项目; every other heading is merged over both rows."""
    numbers = tuple(str(n) for n in range(1, len(columns) + 1))
    return (
        ("项目", LEFT, *columns),
        ("科目编码", "科目名称", *[ABOVE] * len(columns)),
        ("栏次", LEFT, *numbers),
    )


def _gk02() -> Form:
    measures = words("total fiscal_appropriation superior_subsidy institutional operating subordinate_remittance other")
    heads = words("本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 附属单位上缴收入 其他收入")
    body = _keyed("GK02", figures().income, measures)
    return Form("GK02", "收入决算表", _keyed_head(*heads), body, (0.9, 2.2, *[1] * 7))


def _gk03() -> Form:
    measures = words("total basic project remitted_to_superior operating subsidy_to_subordinates")
    heads = words("本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出")
    body = _keyed("GK03", figures().expenditure, measures)
    return Form("GK03", "支出决算表", _keyed_head(*heads), body, (0.9, 2.2, *[1] * 6))


def _gk04() -> Form:
    general, fund, balances = figures().general, figures().fund, figures().balances
    of_general, of_fund = _by_item(general, "total"), _by_item(fund, "total")
    income = {
        "一般公共预算财政拨款": general["TOTAL"]["total"] + balances["general_closing"] - balances["general"],
        "政府性基金预算财政拨款": fund["TOTAL"]["income"],
        "国有资本经营预算财政拨款": ZERO,
    }
    opening = dict(zip(income, (balances["general"], balances["fund"], ZERO), strict=True))
    left: list[tuple[str, str, Decimal] | None] = [
        (label, f"income:{name}", income[name]) for label, name in zip(_numbered(income), income, strict=True)
    ]
    left += [None] * (len(EXPENDITURE_ITEMS) - len(left))
    right = [
        (label, item, of_general.get(item, ZERO), of_fund.get(item, ZERO))
        for label, item in zip(_numbered(EXPENDITURE_ITEMS), EXPENDITURE_ITEMS, strict=True)
    ]
    carried = "年初财政拨款结转和结余"
    spent = (general["TOTAL"]["total"], fund["TOTAL"]["total"])
    closing = (balances["general_closing"], balances["fund_closing"])
    left += [("本年收入合计", "income:本年收入合计", sum(income.values(), ZERO))]
    right += [("本年支出合计", "本年支出合计", *spent)]
    left += [(carried, f"income:{carried}", sum(opening.values(), ZERO))]
    right += [("年末财政拨款结转和结余", "年末财政拨款结转和结余", *closing)]
    left += [
        (label, f"income:{carried}/{name}", opening[name])
        for label, name in zip(_numbered(opening), opening, strict=True)
    ]
    rows = [_fiscal_sides(n, a, b) for n, (a, b) in enumerate(zip(left, [*right, *[None] * 3], strict=True), start=1)]
    total = ("总计", "income:总计", sum(income.values(), ZERO) + sum(opening.values(), ZERO))
    spent_in_all = tuple(a + b for a, b in zip(spent, closing, strict=True))
    rows.append(_fiscal_sides(len(rows) + 1, total, ("总计", "总计", *spent_in_all)))
    heads = ("项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
    head = (
        ("收入", LEFT, LEFT, "支出", *[LEFT] * 5),
        ("项目", "行次", "金额", *heads),
        ("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
    )
    return Form("GK04", "财政拨款收入支出决算总表", head, tuple(rows), (2, 0.5, 1, 2.2, 0.5, 1, 1.1, 1.1, 1.1))


def _fiscal_sides(n: int, income: tuple | None, expenditure: tuple | None) -> Row:
    left: Row = (income[0], str(n), Money(("GK04", income[1], "amount"), income[2])) if income else ("", str(n), "")
    if expenditure is None:
        return (*left, "", str(n + 32), "", "", "", "")
    label, name, general, fund = expenditure
    values = {"total": general + fund, "general_public_budget": general, "government_fund": fund, "state_capital": ZERO}
    money = (Money(("GK04", f"expenditure:{name}", measure), value) for measure, value in values.items())
    return (*left, label, str(n + 32), *money)


def _gk05() -> Form:
    head = (
        ("项目", LEFT, "本年支出", LEFT, LEFT),
        ("科目编码", "科目名称", "小计", "基本支出", "项目支出"),
        ("栏次", LEFT, "1", "2", "3"),
    )
    body = _keyed("GK05", figures().general, ("total", "basic", "project"))
    return Form("GK05", "一般公共预算财政拨款支出决算表", head, body, (1, 3, 1.2, 1.2, 1.2))


def _gk06() -> Form:
    head = (
        ("人员经费", LEFT, LEFT, "公用经费", LEFT, LEFT),
        ("科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"),
    )

    def group(code: str, name: str) -> Row:
        return code, name, Money(("GK06", code, "final"), figures().economic[code])

    rows = [(*group(*a), *group(*b)) for a, b in zip(PERSONNEL.items(), PUBLIC.items(), strict=True)]
    totals = [Money(("GK06", key, "final"), figures().economic[key]) for key in ("PERSONNEL_TOTAL", "PUBLIC_TOTAL")]
    rows.append(("人员经费合计", LEFT, totals[0], "公用经费合计", LEFT, totals[1]))
    return Form("GK06", "一般公共预算财政拨款基本支出决算明细表", head, tuple(rows), (0.9, 2.4, 1, 0.9, 2.4, 1))


def _gk07() -> Form:
    head = (
        ("项目", LEFT, "年初结转和结余", "本年收入", "本年支出", LEFT, LEFT, "年末结转和结余"),
        ("科目编码", "科目名称", ABOVE, ABOVE, "小计", "基本支出", "项目支出", ABOVE),
        ("栏次", LEFT, *"123456"),
    )
    measures = ("opening_balance", "income", "total", "basic", "project", "closing_balance")
    body = _keyed("GK07", figures().fund, measures)
    return Form("GK07", "政府性基金预算财政拨款收入支出决算表", head, body, (0.9, 2.4, *[1] * 6))


def _gk08() -> Form:
    head = (
        ("项目", LEFT, "本年支出", LEFT, LEFT),
        ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        ("栏次", LEFT, "1", "2", "3"),
    )
    note = "说明：本单位没有国有资本经营预算财政拨款支出，故本表无数据。"
    body = (("合计", LEFT, "", "", ""),)
    return Form("GK08", "国有资本经营预算财政拨款支出决算表", head, body, (1, 3, 1.2, 1.2, 1.2), note)


def _gk09() -> Form:
    vehicle = ("公务用车购置及运行费", LEFT, LEFT)
    names = ("合计", "因公出国（境）费", *vehicle, "公务接待费")
    below = (ABOVE, ABOVE, "小计", "公务用车购置费", "公务用车运行费", ABOVE)
    head = (
        ("预算数", *[LEFT] * 5, "决算数", *[LEFT] * 5),
        (*names, *names),
        (*below, *below),
        tuple(str(n) for n in range(1, 13)),
    )
    items = ("total", "overseas", "vehicle_total", "vehicle_purchase", "vehicle_operation", "reception")
    keys = [f"{stage}_{item}" for stage in ("budget", "final") for item in items]
    row = tuple(Money(("GK09", "all", key), figures().three_public[key]) for key in keys)
    return Form("GK09", "财政拨款“三公”经费支出决算表", head, (row,), tuple([1.0] * 12))
