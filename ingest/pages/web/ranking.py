"""Bodies of one kind, level and scope in a year by one metric, the largest number first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.pages.web import listings
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.stated_places import with_places

GROUP = ("department_kind", "jurisdiction_level", "scope")


@dataclass(frozen=True, slots=True)
class Ranking:
    """`group` is the one shown; `groups` are all of the year, `years` those in which the group has the metric."""

    metric: Row
    metrics: Sequence[Row]
    group: Row
    groups: Sequence[Row]
    years: Sequence[Row]
    rows: Sequence[Row]
    left_out: Sequence[Row]


def ranking_of(readers: Readers, metric: str, year: int, asked: Mapping[str, str]) -> Ranking | None:
    """`asked` has the kind, level and scope that are wanted, if any: of several groups the largest is shown."""
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
    rows = readers.rows(listings.RANKING, **values)
    if not rows:
        return None
    return Ranking(
        about[0],
        [one for one in readers.rows(listings.USUAL_METRICS) if one["kind"] == about[0]["kind"]],
        group,
        of_year,
        sorted(same, key=lambda one: one["fiscal_year"], reverse=True),
        with_places(readers, rows),
        readers.rows(listings.LEFT_OUT, **values),
    )
