"""Blocks of rankings by amount, of shares in the total expenditure, and of the parts of 三公经费."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from ingest.pages.comparison.blocks import BODY, METRIC, ChartBlock, DataGrid, GridHeading, line, of_body, table_number
from ingest.pages.comparison.charts import HUNDRED, BarPart, ChartLine, Scale, chart
from warehouse.comparison.number_text import DASH, number, percent, wan
from warehouse.comparison.rows import ComparedRow, Comparison, Group, Ranking

LOOKS = ("a", "b", "c", "d", "e", "f", "g", "h")  # CSS classes; each gives a metric its colour
REASON = GridHeading("未参加的理由", "reason")
PARTS = (
    ("three_public_overseas", "a", "因公出国（境）"),
    ("three_public_vehicle_total", "b", "公务用车"),
    ("three_public_reception", "c", "公务接待"),
)


def ranked(ranking: Ranking) -> ChartBlock:
    known = [(row, amount) for row in ranking.ranked if (amount := row.value) is not None]
    median = ranking.median
    scale = Scale.of(amount for _, amount in known)
    lines = tuple(
        line(row, wan(amount), f"{row.rank} ", bars=(scale.bar(amount, "a", wan(amount)),)) for row, amount in known
    )
    rules = () if median is None else (scale.mark(median, "median", f"中位数 {wan(median)}"),)
    legend = () if median is None else (("median", f"中位数 {wan(median)} {ranking.metric.unit}"),)
    title = f"{ranking.metric.metric_name} · {ranking.group}"
    return ChartBlock(title, chart(title, lines, rules, legend), _ranking_grid(ranking.rows), tuple(_about(ranking)))


def of_few(group: Group, rankings: Iterable[Ranking]) -> ChartBlock:
    """Every metric of a group in one table, where it has so few bodies that a ranking says nothing."""
    rows = tuple((ranking.metric.metric_name, row) for ranking in rankings for row in ranking.rows)
    grid = _ranking_grid(row for _, row in rows)
    headings = (grid.headings[0], grid.headings[1], METRIC, *grid.headings[2:])
    texts = ((*of[:2], name, *of[2:]) for (name, _), of in zip(rows, grid.rows, strict=True))
    said = ("部门不足 3 个，合为一表，不画排名。",)
    return ChartBlock(f"各项指标 · {group}", grid=DataGrid(headings, tuple(texts)), lines=said)


def _about(ranking: Ranking) -> Iterator[str]:
    if ranking.why_no_median:
        yield f"没有中位数和比值：{ranking.why_no_median}。"
    if ranking.left_out or ranking.unread or ranking.of_another_scope or ranking.without:
        unread = f"未能全部读出 {len(ranking.unread)} 个，" if ranking.unread else ""
        yield (
            f"未参加本排名：不可比 {len(ranking.left_out)} 个，{unread}"
            f"另一口径 {ranking.of_another_scope} 个，文件中没有此数 {len(ranking.without)} 个。"
        )


def _ranking_grid(rows: Iterable[ComparedRow]) -> DataGrid:
    headings = ("名次", "数值", "占比", "÷ 中位数", "百分位", "人均（元）")
    figures = tuple(map(GridHeading, headings))
    places = (GridHeading("出处", "text"), REASON)
    return DataGrid(
        (*BODY, *figures, *places),
        tuple(
            (
                *of_body(row),
                f"{row.rank} / {row.peers}" if row.rank else DASH,
                wan(row.value),
                percent(row.share_of_total_pct),
                number(row.ratio_to_median),
                number(row.percentile),
                number(row.per_capita_yuan),
                _cell(row),
                row.why_not or "",
            )
            for row in rows
        ),
    )


def _cell(row: ComparedRow) -> str:
    """The table, or 情况说明, and the file (where it is an attachment) and page where the figure is printed."""
    parts = (table_number(row.table_code or ""), row.file_name, f"第{row.page}页" if row.page else None)
    return " ".join(part for part in parts if part)


def shares(compared: Comparison, group: Group) -> ChartBlock:
    rankings = [compared.ranking(metric, group) for metric in compared.metrics]
    with_share = [ranking for ranking in rankings if any(_is_part(row) for row in ranking.ranked)]
    looks = {ranking.metric.metric: look for ranking, look in zip(with_share, LOOKS, strict=False)}
    by_body: dict[int, list[ComparedRow]] = defaultdict(list)
    for row in chain.from_iterable(ranking.ranked for ranking in with_share):
        by_body[row.document_id].append(row)
    lines = tuple(
        line(rows[0], "", dots=tuple(_share_dot(row, looks) for row in rows if row.metric in looks))
        for rows in by_body.values()
    )
    names = tuple(
        (looks[one.metric.metric], one.metric.metric_name) for one in with_share if one.metric.metric in looks
    )
    title = f"占比 · {group}"
    return ChartBlock(title, chart(title, lines, legend=names), _shares_grid(with_share, by_body))


def _is_part(row: ComparedRow) -> bool:
    """Whether the metric has a share in the total and is not itself a total."""
    return row.share_of_total_pct is not None and row.metric not in ("expenditure", "income")


def _share_dot(row: ComparedRow, looks: dict[str, str]) -> BarPart:
    share = min(max(row.share_of_total_pct or Decimal(0), HUNDRED.low), HUNDRED.high)
    return HUNDRED.mark(share, looks[row.metric], f"{row.metric_name} {percent(row.share_of_total_pct)}")


def _shares_grid(rankings: list[Ranking], by_body: dict[int, list[ComparedRow]]) -> DataGrid:
    metrics = [ranking.metric for ranking in rankings]
    rows = []
    for mine in by_body.values():
        shares = {row.metric: row.share_of_total_pct for row in mine}
        rows.append((*of_body(mine[0]), *(percent(shares.get(metric.metric)) for metric in metrics)))
    return DataGrid((*BODY, *(GridHeading(metric.metric_name) for metric in metrics)), tuple(rows))


def three_public(compared: Comparison, group: Group) -> ChartBlock:
    rows = {metric.metric: compared.ranking(metric, group).rows for metric in compared.metrics}
    found = {name: {row.document_id: row for row in of_metric} for name, of_metric in rows.items()}
    totals = rows["three_public"]
    amounts = [row.amount_wan for name in ("three_public", "three_public_budget") for row in rows[name]]
    scale = Scale.of(amount for amount in amounts if amount is not None)
    lines = tuple(_three_public_line(row, found, scale) for row in totals if row.is_comparable)
    used = {part.look for line_of_body in lines for part in line_of_body.bars}
    legend = (*((look, words) for _, look, words in PARTS if look in used), ("budget", "预算数"))
    title = f"“三公”经费 · {group}"
    return ChartBlock(title, chart(title, lines, legend=legend), _three_public_grid(totals, found))


def _three_public_line(total: ComparedRow, found: dict[str, dict[int, ComparedRow]], scale: Scale) -> ChartLine:
    parts = []
    for name, look, words in PARTS:
        row = found[name].get(total.document_id)
        if row and row.amount_wan:
            parts.append((row.amount_wan, look, f"{words} {wan(row.amount_wan)}"))
    budget = found["three_public_budget"].get(total.document_id)
    ticks: tuple[BarPart, ...] = ()
    if budget and budget.amount_wan is not None:
        ticks = (scale.mark(budget.amount_wan, "budget", f"预算数 {wan(budget.amount_wan)}"),)
    return line(total, wan(total.amount_wan), bars=scale.stacked(parts), ticks=ticks)


def _three_public_grid(totals: Iterable[ComparedRow], found: dict[str, dict[int, ComparedRow]]) -> DataGrid:
    names = ("three_public_budget", *(name for name, _, _ in PARTS))
    headings = ("名次", "支出合计", "预算数", *(words for _, _, words in PARTS))
    rows = []
    for total in totals:
        others = (found[name].get(total.document_id) for name in names)
        rank = f"{total.rank} / {total.peers}" if total.rank else DASH
        figures = (wan(other.amount_wan) if other else DASH for other in others)
        rows.append((*of_body(total), rank, wan(total.amount_wan), *figures, total.why_not or ""))
    return DataGrid((*BODY, *map(GridHeading, headings), REASON), tuple(rows))
