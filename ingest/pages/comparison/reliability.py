"""Blocks about the reliability of the figures: self-evaluations, checks and doubts, bodies that were left out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from ingest.pages.comparison.blocks import BODY, METRIC, ChartBlock, DataGrid, GridHeading, line, of_body
from ingest.pages.comparison.charts import HUNDRED, BarPart, ChartLine, Scale, chart
from warehouse.comparison.number_text import number, percent
from warehouse.comparison.rows import Comparison, Group, PerformanceRow, QualityRow

Row = TypeVar("Row", PerformanceRow, QualityRow)
FAULTS = (("broken", "勾稽不符"), ("unsure", "无法判定"), ("doubt", "存疑"))


def by_group(
    compared: Comparison, rows: Sequence[Row], block: Callable[[Group, list[Row]], ChartBlock]
) -> Iterator[ChartBlock]:
    for group in compared.groups:
        if mine := [row for row in rows if row.group == group]:
            yield block(group, mine)


def performance(group: Group, rows: list[PerformanceRow]) -> ChartBlock:
    lines = tuple(_performance_line(row, score) for row in rows if (score := row.average_score) is not None)
    title = f"得分与执行率 · {group}"
    legend = (("a", "项目平均分"), ("c", "执行率（%）"))
    return ChartBlock(title, chart(title, lines, legend=legend), _performance_grid(rows))


def _performance_line(row: PerformanceRow, score: Decimal) -> ChartLine:
    dots = [HUNDRED.mark(_within(score), "a", f"平均分 {number(score)}")]
    bars: tuple[BarPart, ...] = ()
    if row.execution_rate_pct is not None:
        rate = _within(row.execution_rate_pct)
        dots.append(HUNDRED.mark(rate, "c", f"执行率 {percent(row.execution_rate_pct)}"))
        bars = (HUNDRED.bar(_within(score) - rate, "between", "得分与执行率之差", start=rate),)
    return line(row, f"{number(score)} / {percent(row.execution_rate_pct)}", bars=bars, dots=tuple(dots))


def _within(value: Decimal) -> Decimal:
    return min(max(value, HUNDRED.low), HUNDRED.high)


def _performance_grid(rows: Iterable[PerformanceRow]) -> DataGrid:
    headings = (
        "自评表",
        "项目平均分",
        "执行率",
        "≥ 90 分占比",
        "零执行高分",
        "未完成得满分",
        "自身不平的表",
        "定性指标占比",
    )
    return DataGrid(
        (*BODY, *map(GridHeading, headings), GridHeading("不可比的理由", "reason")),
        tuple(
            (
                *of_body(row),
                number(row.forms),
                number(row.average_score),
                percent(row.execution_rate_pct),
                percent(row.share_at_least_90_pct),
                number(row.zero_execution_high_score),
                number(row.indicators_unmet_full_score),
                number(row.forms_not_adding_up),
                percent(row.qualitative_share_pct),
                row.why_not or "",
            )
            for row in rows
        ),
    )


def quality(group: Group, rows: list[QualityRow]) -> ChartBlock:
    counts = {row.document_id: (row.checks_broken, row.checks_undetermined, row.doubts) for row in rows}
    scale = Scale.of(Decimal(sum(of_row)) for of_row in counts.values())
    lines = tuple(_quality_line(row, counts[row.document_id], scale) for row in rows)
    title = f"不符、无法判定与存疑 · {group}"
    return ChartBlock(title, chart(title, lines, legend=FAULTS), _quality_grid(rows))


def _quality_line(row: QualityRow, counts: tuple[int, ...], scale: Scale) -> ChartLine:
    parts = [
        (Decimal(count), look, f"{words} {count}") for (look, words), count in zip(FAULTS, counts, strict=True) if count
    ]
    return line(row, " / ".join(map(str, counts)), bars=scale.stacked(parts))


def _quality_grid(rows: Sequence[QualityRow]) -> DataGrid:
    """With the column of withheld rows only where there are some."""
    has_withheld = any(row.checks_withheld for row in rows)
    withheld = ("未公开下级",) if has_withheld else ()
    headings = ("勾稽相符", "四舍五入之差", "勾稽不符", "无法判定", *withheld, "存疑", "去向不明的数")
    return DataGrid(
        (*BODY, *map(GridHeading, headings), GridHeading("文件", "name")),
        tuple(
            (
                *of_body(row),
                number(row.checks_exact),
                number(row.checks_rounding),
                number(row.checks_broken),
                number(row.checks_undetermined),
                *((number(row.checks_withheld),) if has_withheld else ()),
                number(row.doubts),
                number(row.amounts_unaccounted),
                row.source_name,
            )
            for row in rows
        ),
    )


def left_out(compared: Comparison) -> Iterator[ChartBlock]:
    for group in compared.groups:
        reasons: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for metric in compared.metrics:
            ranking = compared.ranking(metric, group)
            for row in ranking.incomparable:
                reasons[*of_body(row), row.why_not or ""].append(metric.metric_name)
            for body in ranking.without:
                reasons[*of_body(body), "文件中没有此数"].append(metric.metric_name)
        if reasons:
            headings = (*BODY, METRIC, GridHeading("理由", "reason"))
            rows = tuple((place, name, "、".join(of), why) for (place, name, why), of in reasons.items())
            yield ChartBlock(str(group), grid=DataGrid(headings, rows))
