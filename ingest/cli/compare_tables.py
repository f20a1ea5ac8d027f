"""Comparisons as terminal tables: one per metric, level and scope, or one per scope of a trend."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType

from ingest.cli.language import coded
from ingest.cli.terminal import Table
from warehouse.base.messages import N_, _
from warehouse.comparison.number_text import DASH, number, wan
from warehouse.comparison.rows import SCOPES, ChangeRow, Comparison, Ranking, Trend
from warehouse.comparison.stated import SaidChange, said_changes

RANKED = (
    N_("place"),
    N_("department"),
    N_("amount {unit}"),
    N_("share %"),
    N_("rank"),
    N_("× median"),
    N_("percentile"),
)
CHANGES = (
    N_("metric"),
    N_("year"),
    N_("amount {unit}"),
    N_("last year"),
    N_("from"),
    N_("change"),
    N_("change %"),
    N_("stated change"),
    N_("published − stated"),
    N_("outcome"),
)
SAID = (
    N_("year"),
    N_("subject"),
    N_("this year"),
    N_("stated change"),
    N_("stated change %"),
    N_("on last year's accounts"),
)
TEXTS = {"place", "department", "metric", "from", "outcome", "subject", "on last year's accounts"}


def comparison_tables(compared: Comparison) -> Iterator[RenderableType]:
    for ranking in compared.rankings():
        if ranking.rows or ranking.unread or ranking.without:
            about = f"{compared.kind} {compared.fiscal_year} · {ranking.group}"
            yield f"{ranking.metric.metric_name} ({ranking.metric.metric}) · {about}"
            yield _ranking(ranking)
            yield from _said_below(ranking)
            yield ""


def _ranking(ranking: Ranking) -> Table:
    table = _table(RANKED, ranking.metric.unit)
    for row in ranking.rows:
        rank = f"{row.rank} / {row.peers}" if row.rank else DASH
        figures = (wan(row.value), number(row.share_of_total_pct), rank)
        table.add_row(row.place, row.department or "?", *figures, number(row.ratio_to_median), number(row.percentile))
    return table


def _said_below(ranking: Ranking) -> Iterator[str]:
    if ranking.median is not None:
        yield _(" median {median} {unit}").format(median=wan(ranking.median), unit=ranking.metric.unit)
    if ranking.why_no_median:
        yield _(" no median or ratio: {why_no_median}").format(why_no_median=ranking.why_no_median)
    yield _(" left out: {count} not comparable, {of_another_scope} of another scope").format(
        count=len(ranking.left_out), of_another_scope=ranking.of_another_scope
    )
    if ranking.unread:
        yield _(" not read, so perhaps with a figure: {count}").format(count=len(ranking.unread))
    for row in ranking.incomparable:
        yield f"   {row.department or row.source_name}: {row.why_not}"
    if ranking.without:
        yield _(" no such figure: {listed}").format(
            listed=", ".join(body.department or body.source_name for body in ranking.without)
        )


def trend_tables(shown: Trend) -> Iterator[RenderableType]:
    for scope in dict.fromkeys(row.scope for row in (*shown.rows, *shown.said)):
        about = f"{shown.department.department} · {SCOPES[scope]}"
        of_scope = [row for row in shown.rows if row.scope == scope]
        yield from _figures(about, of_scope) if of_scope else (about, "")
        if stated := [one for one in said_changes(shown.said) if one.row.scope == scope]:
            yield _("changes on last year that the documents state")
            yield _said(stated)
            yield ""
    told = {row.metric for row in shown.rows}
    without = [metric.metric_name for metric in shown.metrics if metric.metric not in told]
    if without:
        yield _("no such figure: {listed}").format(listed=", ".join(without))


def _figures(about: str, rows: Sequence[ChangeRow]) -> Iterator[RenderableType]:
    """The years side by side, and each change."""
    unit = "、".join(dict.fromkeys(row.unit for row in rows))
    yield f"{about} · {unit}"
    yield _side_by_side(rows)
    yield ""
    yield _("change on last year, {unit}").format(unit=unit)
    yield _changes(rows, unit)
    yield from _notes(rows)
    yield ""


def _side_by_side(rows: Sequence[ChangeRow]) -> Table:
    years = sorted({row.fiscal_year for row in rows if row.fiscal_year is not None})
    table = _table(("metric", *map(str, years)))
    for name, of_metric in groupby(rows, key=lambda row: row.metric_name):
        amounts = {row.fiscal_year: row.value for row in of_metric}
        table.add_row(name, *(wan(amounts.get(year)) for year in years))
    return table


def _changes(rows: Iterable[ChangeRow], unit: str) -> Table:
    table = _table(CHANGES, unit)
    for row in rows:
        table.add_row(
            row.metric_name,
            _year(row),
            wan(row.value),
            wan(row.prior_value),
            _coded("prior_source", row.prior_source),
            wan(row.value_change),
            number(row.change_pct, sign=True),
            wan(row.stated_change_wan),
            wan(row.published_minus_stated_wan),
            _coded("outcome", row.outcome),
        )
    return table


def _said(changes: Iterable[SaidChange]) -> Table:
    table = _table(SAID)
    for one in changes:
        table.add_row(
            str(one.row.fiscal_year or "?"), one.subject, *(text or DASH for text in (one.this_year, *one.changes))
        )
    return table


def _coded(column: str, code: str | None) -> str:
    return coded(column, code) if code else DASH


def _year(row: ChangeRow) -> str:
    return str(row.fiscal_year or "?")


def _notes(rows: Iterable[ChangeRow]) -> Iterator[str]:
    """One line per note, with the metrics and years it applies to."""
    noted: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if told := note(row):
            noted[told].append(f"{row.metric_name} {_year(row)}")
    yield from (f" {', '.join(of)}: {told}" for told, of in noted.items())


def note(row: ChangeRow) -> str:
    """Remarks on a pair of years: the finding, the bridge of subject or body, why it is not comparable."""
    broken = row.explanation if row.outcome == "broken" else None
    bridge = f"科目衔接：{row.bridge}" if row.bridge else None
    succession = f"机构承继：{row.succession}" if row.succession else None
    finding = coded("finding", row.finding) if row.finding else None
    return "；".join(filter(None, (finding, broken, bridge, succession, row.why_not)))


def _table(headings: Iterable[str], unit: str = "") -> Table:
    table = Table(box=None, padding=(0, 1))
    for heading in headings:
        table.add_column(_(heading).format(unit=unit), justify="left" if heading in TEXTS else "right", overflow="fold")
    return table
