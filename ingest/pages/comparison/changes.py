"""Blocks that compare this year with last year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.pages.comparison.blocks import BODY, ChartBlock, DataGrid, GridHeading, line, of_body, word
from ingest.pages.comparison.charts import ChartLine, Scale, chart
from warehouse.comparison.number_text import percent, wan
from warehouse.comparison.rows import ChangeRow, Comparison, Group, Metric

LEGEND = (("more", "增加"), ("less", "减少"))


def changes(compared: Comparison, rows: Iterable[ChangeRow]) -> Iterator[ChartBlock]:
    """A block for each metric and group that has a figure of last year; then a list of the bodies without one."""
    by_metric: dict[tuple[str, Group], list[ChangeRow]] = defaultdict(list)
    for row in rows:
        by_metric[row.metric, row.group].append(row)
    alone = []
    for metric in compared.metrics:
        for group in compared.groups:
            mine = by_metric[metric.metric, group]
            if any(row.prior_amount_wan is not None for row in mine):
                yield _changes(metric, group, mine)
            else:
                alone += mine
    if alone:
        yield ChartBlock("没有上年数", grid=_alone(alone))


def _alone(rows: Iterable[ChangeRow]) -> DataGrid:
    reasons: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        reasons[*of_body(row), str(row.group), row.why_not or ""].append(row.metric_name)
    headings = (*BODY, GridHeading("层级与口径", "name"), GridHeading("指标", "name"), GridHeading("理由", "reason"))
    return DataGrid(
        headings, tuple((place, name, group, "、".join(of), why) for (place, name, group, why), of in reasons.items())
    )


def _changes(metric: Metric, group: Group, rows: list[ChangeRow]) -> ChartBlock:
    known = [(row, change) for row in rows if row.is_comparable and (change := row.change_pct) is not None]
    scale = Scale.of(change for _, change in known)
    lines = tuple(_change_line(row, change, scale) for row, change in known)
    title = f"{metric.metric_name} 增减率 · {group}"
    rules = (scale.mark(Decimal(0), "zero", "与上年相同"),)
    return ChartBlock(title, chart(title, lines, rules, LEGEND), _changes_grid(rows))


def _change_line(row: ChangeRow, change: Decimal, scale: Scale) -> ChartLine:
    look = "more" if change >= 0 else "less"
    shown = percent(change, sign=True)
    return line(row, shown, bars=(scale.bar(change, look, f"{shown}，{wan(row.change_wan)} 万元"),))


def _changes_grid(rows: Iterable[ChangeRow]) -> DataGrid:
    headings = ("本年", "上年", "增减额", "增减率", "所述增减额", "上年文件 − 所述")
    texts = (GridHeading("上年数来源", "text"), GridHeading("核对", "text"), GridHeading("说明", "reason"))
    return DataGrid(
        (*BODY, *map(GridHeading, headings), *texts),
        tuple(
            (
                *of_body(row),
                wan(row.amount_wan),
                wan(row.prior_amount_wan),
                wan(row.change_wan),
                percent(row.change_pct, sign=True),
                wan(row.stated_change_wan),
                wan(row.published_minus_stated_wan),
                word(row.prior_source),
                word(row.outcome),
                _said_of(row),
            )
            for row in rows
        ),
    )


def _said_of(row: ChangeRow) -> str:
    broken = row.explanation if row.outcome == "broken" else None
    finding = word(row.finding) if row.finding else None
    bridge = f"科目衔接：{row.bridge}（{row.bridge_source}）" if row.bridge else None
    succession = f"机构承继：{row.succession}（{row.succession_source}）" if row.succession else None
    return "；".join(filter(None, (finding, broken, bridge, succession, row.why_not)))
