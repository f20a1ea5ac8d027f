"""Blocks about budgets: planned against spent, budgets against last year's, projects from target to score."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

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
from ingest.pages.comparison.charts import Scale, chart
from warehouse.comparison.number_text import DASH, number, percent, wan
from warehouse.comparison.overview import ExecutionRow, PlanRow, ProjectRow
from warehouse.comparison.rows import Body, Group

Row = TypeVar("Row", bound=Body)
BANDS = ("within", "below", "above")
REASON = GridHeading("不可比的理由", "reason")
ALL_SPENT = Decimal(100)


def in_groups(rows: Sequence[Row], block: Callable[[Group, list[Row]], ChartBlock]) -> Iterator[ChartBlock]:
    by_group: dict[Group, list[Row]] = defaultdict(list)
    for row in rows:
        by_group[row.group].append(row)
    for group in groups_of(rows):
        yield block(group, by_group[group])


def plans(group: Group, rows: Sequence[PlanRow]) -> ChartBlock:
    words = (
        "预算文件",
        "决算所述年初预算",
        "调整预算",
        "决算数",
        "占预算文件",
        "占所述年初预算",
        "占调整预算",
        "两个年初预算之差",
    )
    headings = (GridHeading("依据", "text"), GridHeading("项目", "name"), *map(GridHeading, words))
    texts = (GridHeading("两个年初预算", "text"), GridHeading("可靠", "text"), REASON)
    return ChartBlock(f"预算与决算 · {group}", grid=DataGrid((*BODY, *headings, *texts), tuple(map(_plan_texts, rows))))


def _plan_texts(row: PlanRow) -> tuple[str, ...]:
    return (
        *of_body(row),
        word("basis", row.basis),
        row.label or DASH,
        wan(row.budget_document_wan),
        wan(row.stated_initial_wan),
        wan(row.adjusted_wan),
        wan(row.final_wan),
        percent(row.execution_pct_of_budget),
        percent(row.execution_pct_of_stated),
        percent(row.execution_pct_of_adjusted),
        wan(row.budget_minus_stated_wan),
        word("outcome", row.outcome),
        "是" if row.is_sound else "否",
        row.why_not or "",
    )


def executions(rows: Iterable[ExecutionRow]) -> Iterator[ChartBlock]:
    """A block for each metric and group; of few bodies one table with every metric."""
    listed = list(rows)
    count = groups_of(listed)
    by_metric: dict[str, list[ExecutionRow]] = defaultdict(list)
    for row in listed:
        if count[row.group] > FEW:
            by_metric[row.metric].append(row)
    for mine in by_metric.values():
        yield from in_groups(mine, _execution)
    yield from in_groups([row for row in listed if count[row.group] <= FEW], _executions_of_few)


def _executions_of_few(group: Group, rows: Sequence[ExecutionRow]) -> ChartBlock:
    return ChartBlock(f"各项指标执行率 · {group}", grid=_execution_grid(rows))


def _execution(group: Group, rows: Sequence[ExecutionRow]) -> ChartBlock:
    title = f"{rows[0].metric_name} 执行率 · {group}"
    known = [(row, share) for row in rows if row.is_comparable and (share := row.execution_pct) is not None]
    scale = Scale.of([ALL_SPENT, *(share for _, share in known)])
    lines = tuple(
        line(row, percent(share), f"{row.rank} ", bars=(scale.bar(share, row.band or "within", percent(share)),))
        for row, share in known
    )
    rules = (scale.mark(ALL_SPENT, "zero", "与预算相等"),)
    legend = [(band, word("band", band)) for band in BANDS]
    return ChartBlock(title, chart(title, lines, rules, legend), _execution_grid(rows))


def _execution_grid(rows: Sequence[ExecutionRow]) -> DataGrid:
    """With the metric where there are several."""
    several = (METRIC,) if len({row.metric for row in rows}) > 1 else ()
    headings = ("名次", "年初预算", "决算数", "执行率", "未用的预算", "未用名次")
    return DataGrid(
        (*BODY, *several, *map(GridHeading, headings), GridHeading("执行情况", "text"), REASON),
        tuple(
            (
                *of_body(row),
                *((row.metric_name,) if several else ()),
                f"{row.rank} / {row.peers}" if row.rank else DASH,
                wan(row.budget_wan),
                wan(row.final_wan),
                percent(row.execution_pct),
                wan(row.unspent_wan),
                number(row.rank_of_unspent),
                word("band", row.band),
                row.why_not or "",
            )
            for row in rows
        ),
    )


def projects(group: Group, rows: Sequence[ProjectRow]) -> ChartBlock:
    words = ("预算", "绩效目标所列", "执行数", "执行数 ÷ 预算", "自评得分")
    names = (GridHeading("单位", "name"), GridHeading("项目", "name"))
    ends = (GridHeading("等级", "text"), GridHeading("没有执行与自评的理由", "reason"))
    return ChartBlock(
        f"项目 · {group}",
        grid=DataGrid((*BODY, *names, *map(GridHeading, words), *ends), tuple(map(_project_texts, rows))),
    )


def _project_texts(row: ProjectRow) -> tuple[str, ...]:
    return (
        *of_body(row),
        row.unit or DASH,
        row.project,
        wan(row.total_wan),
        wan(row.target_wan),
        wan(row.executed_wan),
        percent(row.execution_pct_of_budget),
        number(row.total_score),
        row.grade or DASH,
        row.why_no_outcome or "",
    )
