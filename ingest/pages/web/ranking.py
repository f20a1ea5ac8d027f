"""Bodies of one kind, level and scope in a year by one metric, the largest number first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.pages.web import listings
from ingest.pages.web.paging import Part, part_of
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.side_by_side import FEW, SideBySide, side_by_side
from ingest.pages.web.stated_places import with_places

GROUP = ("department_kind", "jurisdiction_level", "scope")


@dataclass(frozen=True, slots=True)
class Ranking:
    """`group` is the one shown; `groups` are all of the year, `years` those in which the group has the metric.

    `part` is what is shown of the rows and, behind them, of those left out; `beside` has the other numbers of few.
    """

    metric: Row
    metrics: Sequence[Row]
    group: Row
    groups: Sequence[Row]
    years: Sequence[Row]
    rows: Sequence[Row]
    left_out: Sequence[Row]
    part: Part
    beside: SideBySide | None

    @property
    def shown(self) -> Sequence[Row]:
        return self.part.of(self.rows)

    @property
    def shown_left_out(self) -> Sequence[Row]:
        return self.part.of([*self.rows, *self.left_out])[len(self.shown) :]


def ranking_of(readers: Readers, metric: str, year: int, asked: Mapping[str, str], page: str) -> Ranking | None:
    """`asked` has the kind, level and scope that are wanted, if any: of several groups the largest is shown.

    None where no body is ranked so, or there is no such `page`.
    """
    about = readers.rows(listings.METRIC, metric=metric)
    groups = readers.rows(listings.GROUPS, metric=metric) if about else []
    of_year = [group for group in groups if group["fiscal_year"] == year]
    fitting = [group for group in of_year if all(group[name] == value for name, value in asked.items())]
    if not fitting:
        return None
    group = fitting[0]
    same = [other for other in groups if all(other[name] == group[name] for name in GROUP)]
    values = {
        "metric": metric,
        "year": year,
        "kind": group["department_kind"],
        "level": group["jurisdiction_level"],
        "scope": group["scope"],
    }
    rows, left_out = readers.several(listings.RANKING, listings.LEFT_OUT, **values)
    part = part_of(page, len(rows) + len(left_out))
    if not rows or part is None:
        return None
    same_group = {name: values[name] for name in ("year", "kind", "level", "scope")}
    metrics = readers.rows(listings.USUAL_METRICS, of=about[0]["kind"], **same_group)
    names = {one["metric"] for one in metrics} | {metric}
    return Ranking(
        about[0],
        metrics,
        group,
        of_year,
        sorted(same, key=lambda one: one["fiscal_year"], reverse=True),
        with_places(readers, rows),
        left_out,
        part,
        side_by_side(readers, rows, names) if len(rows) <= FEW else None,
    )
