"""The sections of the page, in their order."""

from ingest.pages.comparison.blocks import ChartBlock, PageSection
from ingest.pages.comparison.changes import changes
from ingest.pages.comparison.rankings import ranked, shares, three_public
from ingest.pages.comparison.reliability import by_group, left_out, performance, quality
from warehouse.comparison.rows import Overview


def sections(overview: Overview, label: str) -> list[PageSection]:
    """`label` is the Chinese name of the kind of document, such as 决算."""
    compared = overview.comparison
    return [
        PageSection(
            "排名",
            "同类别、同年度之中，层级与口径都相同的部门才一起排名；金额单位：万元。",
            tuple(ranked(ranking) for ranking in compared.rankings() if ranking.rows),
        ),
        PageSection(
            "占本部门支出合计的比重",
            "各部门大小不同，比重可比；只画可比的数。",
            tuple(filter(_has_rows, (shares(compared, group) for group in compared.groups))),
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
            tuple(changes(compared, overview.changes)),
            "没有可以相比的上年数。",
        ),
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


def _has_rows(block: ChartBlock) -> bool:
    return bool(block.grid and block.grid.rows)
