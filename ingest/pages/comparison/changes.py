"""Blocks that compare this year with last year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product

from ingest.pages.comparison.blocks import (
    BODY,
    FEW,
    METRIC,
    ChartBlock,
    DataGrid,
    GridHeading,
    groups_of,
    line,
    of_body,
    word,
)
from ingest.pages.comparison.charts import ChartLine, Scale, chart
from warehouse.comparison.number_text import DASH, percent, wan
from warehouse.comparison.rows import ChangeRow, Group, SaidRow
from warehouse.comparison.stated import SaidChange, said_changes

LEGEND = (("more", "增加"), ("less", "减少"))


def changes(metrics: Iterable[str], rows: Sequence[ChangeRow]) -> Iterator[ChartBlock]:
    """A block for each metric and group that has a figure of last year; then a list of the bodies without one."""
    by_metric: dict[tuple[str, Group], list[ChangeRow]] = defaultdict(list)
    for row in rows:
        by_metric[row.metric, row.group].append(row)
    few: dict[Group, list[ChangeRow]] = defaultdict(list)
    alone: list[ChangeRow] = []
    groups = groups_of(rows)
    for metric, group in product(metrics, groups):
        mine = by_metric[metric, group]
        if all(row.prior_value is None for row in mine):
            alone += mine
        elif groups[group] <= FEW:
            few[group] += mine
        else:
            yield _changes(group, mine)
    for group, mine in few.items():
        yield ChartBlock(f"与上年相比 · {group}", grid=_changes_grid(mine))
    if alone:
        yield ChartBlock("没有上年数", grid=_alone(alone))


def _alone(rows: Iterable[ChangeRow]) -> DataGrid:
    reasons: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        reasons[*of_body(row), str(row.group), row.why_not or ""].append(row.metric_name)
    headings = (*BODY, GridHeading("层级与口径", "name"), METRIC, GridHeading("理由", "reason"))
    return DataGrid(
        headings, tuple((place, name, group, "、".join(of), why) for (place, name, group, why), of in reasons.items())
    )


def _changes(group: Group, rows: list[ChangeRow]) -> ChartBlock:
    known = [(row, change) for row in rows if row.is_comparable and (change := row.change_pct) is not None]
    scale = Scale.of(change for _, change in known)
    lines = tuple(_change_line(row, change, scale) for row, change in known)
    title = f"{rows[0].metric_name} 增减率 · {group}"
    rules = (scale.mark(Decimal(0), "zero", "与上年相同"),)
    return ChartBlock(title, chart(title, lines, rules, LEGEND), _changes_grid(rows))


def _change_line(row: ChangeRow, change: Decimal, scale: Scale) -> ChartLine:
    look = "more" if change >= 0 else "less"
    shown = percent(change, sign=True)
    return line(row, shown, bars=(scale.bar(change, look, f"{shown}，{wan(row.value_change)} {row.unit}"),))


def _changes_grid(rows: list[ChangeRow]) -> DataGrid:
    """With the metric where there are several."""
    several = (METRIC,) if len({row.metric for row in rows}) > 1 else ()
    headings = ("本年", "上年", "增减额", "增减率", "所述增减额", "上年文件 − 所述")
    texts = (GridHeading("上年数来源", "text"), GridHeading("核对", "text"), GridHeading("说明", "reason"))
    return DataGrid(
        (*BODY, *several, *map(GridHeading, headings), *texts),
        tuple((*of_body(row), *((row.metric_name,) if several else ()), *_change_texts(row)) for row in rows),
    )


def _change_texts(row: ChangeRow) -> tuple[str, ...]:
    return (
        wan(row.value),
        wan(row.prior_value),
        wan(row.value_change),
        percent(row.change_pct, sign=True),
        wan(row.stated_change_wan),
        wan(row.published_minus_stated_wan),
        word("prior_source", row.prior_source),
        word("outcome", row.outcome),
        _said_of(row),
    )


def _said_of(row: ChangeRow) -> str:
    broken = row.explanation if row.outcome == "broken" else None
    finding = word("finding", row.finding) if row.finding else None
    bridge = f"科目衔接：{row.bridge}（{row.bridge_source}）" if row.bridge else None
    succession = f"机构承继：{row.succession}（{row.succession_source}）" if row.succession else None
    return "；".join(filter(None, (finding, broken, bridge, succession, row.why_not)))


def said(rows: Sequence[SaidRow]) -> Iterator[ChartBlock]:
    """Per group every change on last year that a document states, whatever last year's document says."""
    told: dict[Group, list[SaidChange]] = defaultdict(list)
    for change in said_changes(rows):
        told[change.row.group].append(change)
    for group in groups_of(rows):
        if told[group]:
            yield ChartBlock(f"各文件自己所述的增减 · {group}", grid=_said_grid(told[group]))


def _said_grid(changes: Iterable[SaidChange]) -> DataGrid:
    lines = tuple(
        (*of_body(one.row), one.subject, *(text or DASH for text in (one.this_year, *one.changes))) for one in changes
    )
    is_on_final = any(line[-1] != DASH for line in lines)
    numbers = map(GridHeading, ("本年", "所述增减额", "所述增减率"))
    headings = (*BODY, GridHeading("对象", "name"), *numbers, GridHeading("与上年决算相比", "text"))
    return DataGrid(headings, lines) if is_on_final else DataGrid(headings[:-1], tuple(line[:-1] for line in lines))
