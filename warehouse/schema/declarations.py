"""Writes the declarations of warehouse/kinds into the database: kinds, tables, measures, items, metrics, rules.

Every upgrade does it, after the revisions. New entries are added and labels corrected. Rows that amounts refer to are
never deleted, and the ids of measures never change.
"""

from collections.abc import Iterator, Sequence

from psycopg import Connection

from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable

KIND = """
insert into warehouse.document_kind as known (name, label, due_years_later) values (%s, %s, %s)
on conflict (name) do update set label = excluded.label, due_years_later = excluded.due_years_later
"""
# Frees the numbers first, since (kind, sort_order) is unique and two tables may swap theirs.
FREE_SORT_ORDERS = "update warehouse.standard_table set sort_order = -sort_order where kind = %s and sort_order > 0"
TABLE = """
insert into warehouse.standard_table
    (table_code, kind, number, official_name, row_key_kind, sort_order, open_measures)
values (%s, %s, %s, %s, %s, %s, %s)
on conflict (table_code) do update set kind = excluded.kind, number = excluded.number,
    official_name = excluded.official_name, row_key_kind = excluded.row_key_kind, sort_order = excluded.sort_order,
    open_measures = excluded.open_measures
"""
MEASURE = """
insert into warehouse.measure as known (measure_id, table_code, measure, label, sort_order)
select coalesce(max(measure_id), 0) + 1, %s, %s, %s, %s from warehouse.measure
on conflict (table_code, measure) do update set label = excluded.label, sort_order = excluded.sort_order
where (known.label, known.sort_order) is distinct from (excluded.label, excluded.sort_order)
"""
ITEM = """
insert into warehouse.item as known (table_code, item_key, side, label, row_key, parent_key, sums, sort_order)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (table_code, item_key) do update
set side = excluded.side, label = excluded.label, row_key = excluded.row_key, parent_key = excluded.parent_key,
    sums = excluded.sums, sort_order = excluded.sort_order
"""
WORDING = "insert into warehouse.item_wording (table_code, wording, item_key) values (%s, %s, %s)"
FAMILY = """
insert into warehouse.metric_family
    (family, kind, label, prefix, classification, side, table_code, measure, measure_id)
select given.*, measure.measure_id
from (values (%s, %s, %s, %s, %s, %s, %s::text, %s::text))
    as given (family, kind, label, prefix, classification, side, table_code, measure)
left join warehouse.measure on (measure.table_code, measure.measure) = (given.table_code, given.measure)
"""
METRIC = """
insert into warehouse.metric
    (metric, kind, metric_no, label, family, side, unit, table_code, item_key, measure, is_usual,
    measure_id, row_key, row_side, table_number)
select given.metric, given.kind, (select coalesce(max(metric_no), 0) + 1 from warehouse.metric), given.label,
    given.family, given.side, given.unit, given.table_code, given.item_key, given.measure, given.is_usual,
    measure.measure_id, item.row_key, item.side, standard_table.number
from (values (%s, %s, %s, %s, %s, %s, %s::text, %s::text, %s::text, %s))
    as given (metric, kind, label, family, side, unit, table_code, item_key, measure, is_usual)
left join warehouse.standard_table using (table_code)
left join warehouse.item on (item.table_code, item.item_key) = (given.table_code, given.item_key)
left join warehouse.measure on (measure.table_code, measure.measure) = (given.table_code, given.measure)
"""
SIDE = """
insert into warehouse.table_side (table_code, side, table_number, measure_id, total_key, balance_keys)
select %s, %s, %s, measure_id, %s, %s from warehouse.measure where table_code = %s and measure = %s
"""
STATED = "insert into warehouse.metric_stated (metric, choice, kind, subject, measure) values (%s, %s, %s, %s, %s)"
RULE = """
insert into warehouse.check_rule (kind, rule_id, says, severity, blocks_comparison, is_of_narrative)
values (%s, %s, %s, %s, %s, %s) on conflict do nothing
"""  # rules with the same id differ only in `says`; the text of the first is stored
# No amount refers to rows of these tables, so an upgrade deletes all rows and inserts them again.
REWRITTEN = ("metric_stated", "metric", "metric_family", "check_rule", "table_side")
ANALYZED = ("measure", "item", "table_side", "metric", "metric_stated", "metric_family", "check_rule")
# Rows keyed by a subject code have no item.
PRINTED = """
select distinct measure.table_code, amount.row_key, amount.item_key
from warehouse.amount
join warehouse.measure using (measure_id)
where amount.row_key !~ '^[0-9]+$'
"""
ASSIGN = """
update warehouse.amount set item_key = meant.item_key
from unnest(%s::text[], %s::text[], %s::text[]) as meant (table_code, row_key, item_key)
join warehouse.measure using (table_code)
where amount.measure_id = measure.measure_id and amount.row_key = meant.row_key
    and amount.item_key is distinct from meant.item_key
"""
DELETE_UNDECLARED_ITEMS = """
delete from warehouse.item where table_code = any(%s) and (table_code, item_key) not in
    (select * from unnest(%s::text[], %s::text[]))
"""


def fill(connection: Connection, kinds: Sequence[DocumentKind]) -> bool:
    """Makes the tables for declarations equal to `kinds`; the caller commits. Returns whether amounts that were loaded
    before have another item now."""
    for rewritten in REWRITTEN:
        connection.execute(f"delete from warehouse.{rewritten}")
    for kind in kinds:
        connection.execute(KIND, [kind.name, kind.label, kind.due_years_later])
        connection.execute(FREE_SORT_ORDERS, [kind.name])
        for number, table in enumerate(kind.tables, start=1):
            _fill_table(connection, kind, number, table)
        _fill_metrics(connection, kind)
        connection.cursor().executemany(RULE, list(_rules(kind)))
    tables = {table.code: table for kind in kinds for table in kind.tables}
    is_assigned = _assign_items(connection, tables)
    items = [(table.code, row.key) for table in tables.values() for row in table.form_rows]
    connection.execute(DELETE_UNDECLARED_ITEMS, [list(tables), [code for code, _ in items], [key for _, key in items]])
    for name in ANALYZED:
        connection.execute(f"analyze warehouse.{name}")
    return is_assigned


def _fill_table(connection: Connection, kind: DocumentKind, number: int, table: StandardTable) -> None:
    connection.execute("delete from warehouse.item_wording where table_code = %s", [table.code])
    named = table.code, kind.name, table.number, table.name, table.row_key_kind
    connection.execute(TABLE, [*named, number, list(table.open_measures)])
    cursor = connection.cursor()
    cursor.executemany(MEASURE, list(_measures(table)))
    cursor.executemany(ITEM, list(_items(table)))
    cursor.executemany(SIDE, list(_sides(table)))
    cursor.executemany(WORDING, [(table.code, wording, key) for wording, key in table.item_names.items()])


def _sides(table: StandardTable) -> Iterator[tuple[object, ...]]:
    """One row per side with a sum of its items: that row, and the form rows between it and the grand total."""
    for total in (row for row in table.rows if row.sums == "items" and row.side):
        below = table.rows[table.rows.index(total) + 1 :]
        balances = [row.key for row in below if (row.side, row.sums, row.under) == (total.side, None, None)]
        measure = table.on_side(total.side)[0].name
        yield table.code, total.side, table.number, total.key, balances, table.code, measure


def _fill_metrics(connection: Connection, kind: DocumentKind) -> None:
    cursor = connection.cursor()
    for family in kind.metrics.families:
        place = family.prefix, family.classification, family.side, family.table, family.measure
        cursor.execute(FAMILY, [family.key, kind.name, family.label, *place])
    for metric in kind.metrics.metrics:
        cell = metric.table, metric.item, metric.measure
        named = metric.key, kind.name, metric.label, metric.family
        cursor.execute(METRIC, [*named, metric.side, metric.unit, *cell, metric.is_usual])
        for choice, found in enumerate(metric.places, start=1):
            cursor.execute(STATED, [metric.key, choice, *found])


def _rules(kind: DocumentKind) -> Iterator[tuple[object, ...]]:
    for rule in kind.rules:
        yield kind.name, rule.id, rule.says, rule.severity, rule.blocks_comparison, rule.is_of_narrative


def _measures(table: StandardTable) -> Iterator[tuple[object, ...]]:
    labels = {measure.name: measure.label for measure in table.measures}
    return ((table.code, name, label, number) for number, (name, label) in enumerate(labels.items(), start=1))


def _items(table: StandardTable) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(table.form_rows, start=1):
        yield table.code, row.key, row.side, row.label, row.row_key, row.under, row.sums, number


def _assign_items(connection: Connection, tables: dict[str, StandardTable]) -> bool:
    """Sets the item of amounts that were loaded before their wording was declared; nothing else of a parse changes.
    Returns whether there were any."""
    printed = connection.execute(PRINTED).fetchall()
    meant = [(code, row_key, tables[code].item_of(row_key)) for code, row_key, _ in printed if code in tables]
    known = set(printed)
    if changed := sorted({row for row in meant if row not in known}, key=str):
        connection.execute("alter table warehouse.amount disable trigger amount_is_immutable")
        connection.execute(ASSIGN, [list(column) for column in zip(*changed, strict=True)])
        connection.execute("alter table warehouse.amount enable trigger amount_is_immutable")
    return bool(changed)
