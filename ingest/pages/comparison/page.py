"""Renders the rows of the comparison views by a template. The page makes no request."""

from collections.abc import Iterator
from datetime import timedelta, timezone
from pathlib import Path

from ingest.pages.comparison.blocks import FEW
from ingest.pages.comparison.sections import sections
from ingest.pages.template import page
from warehouse.comparison.number_text import wan
from warehouse.comparison.overview import Overview
from warehouse.kinds.kind import load_kind

TEMPLATES = Path(__file__).parent
CHINA = timezone(timedelta(hours=8))


def render(overview: Overview) -> str:
    """The HTML of the page."""
    label = "、".join(dict.fromkeys(load_kind(metric.kind).label for metric in overview.comparison.metrics))
    view = dict(
        title=f"{overview.comparison.kind}部门 {overview.comparison.fiscal_year} 年度{label}比较",
        metrics="、".join(metric.metric_name for metric in overview.comparison.metrics),
        loaded_on=max((row.loaded_at.astimezone(CHINA).date() for row in overview.quality), default=None),
        figures=list(_figures(overview)),
        tiles=_tiles(overview, label),
        sections=sections(overview, label),
    )
    return page(TEMPLATES, view)


def _figures(overview: Overview) -> Iterator[tuple[str, str, str]]:
    """Of each metric the median of the largest group: (number, words, of whom). Few bodies have all in one table."""
    rankings = [ranking for ranking in overview.comparison.rankings() if len(ranking.ranked) > FEW]
    largest = max((len(ranking.ranked) for ranking in rankings), default=0)
    group = next((ranking.group for ranking in rankings if len(ranking.ranked) == largest), None)
    for ranking in rankings:
        if ranking.group == group and ranking.median is not None:
            named = f"中位数：{ranking.metric.name_with_unit}"
            yield wan(ranking.median), named, f"{group}，{len(ranking.ranked)} 个"


def _tiles(overview: Overview, label: str) -> list[tuple[str, int, str]]:
    """The figures at the top of the page, as (CSS class, number, words)."""
    left_out = {row.document_id for row in overview.comparison.rows if not row.is_comparable}
    return [
        ("", len(overview.comparison.bodies), f"份现行{label}"),
        ("", len(overview.comparison.groups), "组（层级与口径）"),
        ("warn", len(left_out), "份有数未参加排名"),
        ("bad", sum(row.checks_broken for row in overview.quality), "处勾稽不符"),
        ("", sum(row.checks_undetermined for row in overview.quality), "处无法判定"),
        ("warn", sum(row.doubts for row in overview.quality), "处存疑"),
    ]
