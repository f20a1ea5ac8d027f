"""The sections of the page, in their order."""

from collections.abc import Iterator

from ingest.pages.comparison.blocks import FEW, ChartBlock, PageSection, groups_of
from ingest.pages.comparison.budgets import executions, in_groups, plans, projects
from ingest.pages.comparison.changes import changes, said
from ingest.pages.comparison.rankings import of_few, ranked, shares, three_public
from ingest.pages.comparison.reliability import by_group, left_out, performance, quality
from warehouse.comparison.overview import Budgets, Overview
from warehouse.comparison.rows import Comparison


def sections(overview: Overview, label: str) -> list[PageSection]:
    """`label` is the Chinese name of the kind of document, such as 决算."""
    compared, budgets = overview.comparison, overview.budgets
    metrics = [metric.metric for metric in compared.metrics]
    groups = groups_of(compared.bodies)
    return [
        PageSection(
            "排名",
            "同类别、同年度之中，层级与口径都相同的部门才一起排名；名称未注单位者以万元计。",
            tuple(_rankings(compared)),
        ),
        PageSection(
            "占本部门支出合计的比重",
            "各部门大小不同，比重可比；只画可比的数。",
            tuple(filter(_has_rows, (shares(compared, group) for group, count in groups.items() if count > FEW))),
            "部门不足 3 个，比重见上表。",
        ),
        PageSection(
            "“三公”经费",
            f"支出{label}按三项堆叠，竖线为预算数；金额单位：万元。",
            tuple(
                filter(
                    _has_rows, (three_public(overview.three_public, group) for group in overview.three_public.groups)
                )
            ),
        ),
        PageSection(
            "与上年相比",
            "上年数取上年文件所印；上年文件未入库的，由本年文件所述增减额推算。两者俱全时互相核对。",
            (*changes(metrics, overview.changes), *said(overview.said)),
            "没有可以相比的上年数，各文件也未述增减。",
        ),
        *(_of_budgets(budgets, metrics) if budgets.plans or budgets.changes or budgets.projects else ()),
        PageSection(
            "绩效自评得分与预算执行率",
            "得分远高于执行率的，值得看一看自评表。",
            tuple(by_group(compared, overview.performance, performance)),
            "这些部门的文件没有绩效自评表。",
        ),
        PageSection(
            "数据质量",
            "每份文件自身的勾稽关系与解析时的存疑；涉及不符或无法判定之数的，不参加排名。",
            tuple(by_group(compared, overview.quality, quality)),
        ),
        PageSection("未参加排名者及其理由", "不参加排名，不等于金额为零。", tuple(left_out(compared)), "没有。"),
    ]


def _rankings(compared: Comparison) -> Iterator[ChartBlock]:
    groups = groups_of(compared.bodies)
    for group, count in groups.items():
        if count <= FEW:
            block = of_few(group, [ranking for ranking in compared.rankings() if ranking.group == group])
            yield from (block,) if _has_rows(block) else ()
    yield from (ranked(one) for one in compared.rankings() if one.rows and groups[one.group] > FEW)


def _of_budgets(budgets: Budgets, metrics: list[str]) -> list[PageSection]:
    return [
        PageSection(
            "预算执行",
            "决算数占预算文件所列年初预算的比重；最接近预算者居前；金额单位：万元。",
            tuple(executions(budgets.executions)),
            "没有预算与决算均已入库且可比的部门。",
        ),
        PageSection(
            "预算与决算",
            "预算文件的年初预算、决算所述的年初预算、调整预算与决算数，及决算数占各预算的比重；口径相同者相比；金额单位：万元。",
            tuple(in_groups(budgets.plans, plans)),
        ),
        PageSection(
            "年初预算与上年相比",
            "上年数取上年预算文件所印；上年文件未入库的，由本年文件所述增减额推算。",
            tuple(changes([f"budget_{metric}" for metric in metrics], budgets.changes)),
            "没有可以相比的上年预算。",
        ),
        PageSection(
            "项目：目标、预算、执行与得分",
            "预算的项目支出表与绩效目标，及决算中同名项目的执行与自评；金额单位：万元。",
            tuple(in_groups(budgets.projects, projects)),
            "预算没有项目支出表。",
        ),
    ]


def _has_rows(block: ChartBlock) -> bool:
    return bool(block.grid and block.grid.rows)
