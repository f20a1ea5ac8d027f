"""The verification of a night: the audit queries, over what changed since the last verification or over everything.

PostgreSQL keeps with every row the number of the transaction that wrote it. A verification stores the oldest
transaction that had not ended when it began; the next one looks at the documents of which a row was written by that
one or a later one. An upgrade, a comparison computed anew and a restored backup write all rows: everything is verified
then. What something other than a load, a decision or a withdrawal does to stored rows is found when everything is
verified, which is at least every `all_after_days`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from psycopg import Connection
from psycopg.sql import SQL, Composable, Identifier, Literal

from warehouse.base import mart_tables, sql_files
from warehouse.base.database import one_row

# With more than one changed document in so many, looking at each costs as much as verifying everything.
MANY = 10
LONGEST_AGO = 2**31  # transaction numbers of rows have 32 bits: what is older cannot be told from what is newer
# The rows that what becomes public, is held, published, withdrawn or moved writes of a document.
WRITTEN = {
    "mart.published_document": "document_id",
    "mart.year_pair": "document_id",
    "warehouse.document_version": "version_id",
    "warehouse.parse": "version_id",
    "warehouse.publication": "version_id",
    "warehouse.withdrawal": "version_id",
}
CHANGED = " union ".join(
    f"select {column} from {table} where age(xmin) <= age(%(since)s::text::xid)" for table, column in WRITTEN.items()
)
# On several nodes each counts transactions by itself, so nothing is told by them.
NOW = """
select
    pg_snapshot_xmin(pg_current_snapshot())::text::numeric,
    (select system_identifier::numeric from pg_control_system()),
    trunc(extract(epoch from clock_timestamp())),
    (select count(*) from warehouse.document_version),
    (select count(*)::numeric from warehouse.forgotten),
    exists (select from pg_extension where extname = 'citus')
"""
LAST = """
select measure, value from warehouse.run_measure
where run_id = (select max(run_id) from warehouse.run_measure where measure = 'verified: transaction')
    and measure like 'verified: %'
"""
IDS = """
select
    array(select parse_id from warehouse.parse where version_id = any(%(documents)s)),
    array(select distinct document_id from warehouse.document_version where version_id = any(%(documents)s)),
    array(select distinct department_id from mart.published_document
        where document_id = any(%(documents)s) and department_id is not null)
"""
GROUPS = SQL("select distinct {columns} from mart.published_document where document_id = any(%s)")


@dataclass(frozen=True, slots=True)
class Moment:
    """The database when a verification begins. `transaction`: the oldest that has not ended."""

    transaction: Decimal
    cluster: Decimal
    seconds: Decimal
    documents: int
    forgotten: Decimal
    has_nodes: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """`violations`: audit query → the number of rows it returned. `documents` of `of` stored ones were looked at, and
    all of them last on the day `all_on` (UTC). `measures` are stored with the run, for the next verification."""

    violations: Mapping[str, int]
    documents: int
    of: int
    all_on: date
    measures: dict[str, Decimal]


def verify(connection: Connection, all_after_days: float = 0) -> Verified:
    """Runs the audit queries: over everything, unless that was done within `all_after_days` days and little changed."""
    now = Moment(*one_row(connection.execute(NOW)))
    last: dict[str, Decimal] = dict(connection.execute(LAST).fetchall())
    changed = None if is_everything_due(last, now, all_after_days) else _changed(connection, last, now)
    queries = sql_files.audit_queries() if changed is None else _queries(connection, changed)
    found = {name: len(connection.execute(query).fetchall()) for name, query in queries.items()}
    violations = {name: rows for name, rows in found.items() if rows}
    looked_at, all_at = (now.documents, now.seconds) if changed is None else (len(changed), last["verified: all at"])
    measures = _measures(now, looked_at, all_at, sum(violations.values()))
    return Verified(violations, looked_at, now.documents, _day(all_at), measures)


def is_everything_due(last: Mapping[str, Decimal], now: Moment, all_after_days: float) -> bool:
    """Whether everything is verified: where `last`, the measures stored last, cannot tell what changed, or is old."""
    if not last or now.has_nodes or last["verified: cluster"] != now.cluster or last["verified: violations"]:
        return True
    days = (now.seconds - last["verified: all at"]) / 86_400
    transactions = now.transaction - last["verified: transaction"]
    is_continued = 0 <= transactions < LONGEST_AGO and last["verified: forgotten"] == now.forgotten
    return not (is_continued and 0 <= days < all_after_days)


def _changed(connection: Connection, last: Mapping[str, Decimal], now: Moment) -> list[int] | None:
    """The changed documents; None where these are so many that everything is verified."""
    since = int(last["verified: transaction"]) % 2**32
    documents = [document_id for (document_id,) in connection.execute(CHANGED, {"since": since})]
    return documents if MANY * len(documents) <= now.documents else None


def _measures(now: Moment, looked_at: int, all_at: Decimal, violations: int) -> dict[str, Decimal]:
    return {
        "verified: transaction": now.transaction,
        "verified: cluster": now.cluster,
        "verified: all at": all_at,
        "verified: documents": Decimal(looked_at),
        "verified: forgotten": now.forgotten,
        "verified: violations": Decimal(violations),
    }


def _day(seconds: Decimal) -> date:
    return datetime.fromtimestamp(float(seconds), UTC).date()


def _queries(connection: Connection, documents: list[int]) -> dict[str, str]:
    """The audit queries of these documents. Those that name no column to ask by are of few rows and run as they are."""
    parses, slots, departments = one_row(connection.execute(IDS, {"documents": documents}))
    ids = {"document_id": documents, "parse_id": parses, "slot_id": slots, "department_id": departments}
    tables = mart_tables.mart_tables()
    rows = {name: list(_conditions(connection, table, documents)) for name, table in tables.items() if table.is_fact}
    return sql_files.audit_queries(ids=ids, rows=rows)


def _conditions(connection: Connection, table: mart_tables.MartTable, documents: list[int]) -> Iterator[str]:
    """Which rows of a fact depend on these documents: one condition, or one for each group of which they are. Of two
    years document by document: PostgreSQL compares those of all documents where several are asked for."""
    if table.rewritten == "two years":
        yield from (f"document_id = {document_id}" for document_id in documents)
        return
    if not table.group:
        yield sql_files.among("document_id", documents)
        return
    columns = SQL(", ").join(map(Identifier, table.group))
    for group in connection.execute(GROUPS.format(columns=columns), [documents]).fetchall():
        of_group = (_equals(column, value) for column, value in zip(table.group, group, strict=True))
        yield SQL(" and ").join(of_group).as_string(connection)


def _equals(column: str, value: object) -> Composable:
    if value is None:
        return SQL("{} is null").format(Identifier(column))
    return SQL("{} = {}").format(Identifier(column), Literal(value))
