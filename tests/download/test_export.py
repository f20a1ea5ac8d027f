"""`juesuan export` writes exactly the values of the database, in types that keep all digits."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas
import psycopg
import pyarrow.parquet as pq
import pytest
from psycopg import sql

from tests.download.conftest import HOSTILE, LONGEST, export_of
from warehouse.base.database import connect
from warehouse.base.sql_files import project_views
from warehouse.export import Manifest
from warehouse.export.csv_file import unguarded

MARTS = "select relname from pg_class where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v')"
COLUMNS = """
select attname, format_type(atttypid, atttypmod), coalesce(col_description(attrelid, attnum), '')
from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum
"""
AS_TEXT = {
    "real[]": "to_json({})::text",
    "text[]": "to_json({})::text",
    "timestamp with time zone": "to_char({}, 'YYYY-MM-DD HH24:MI:SS.US+00:00')",
}


@pytest.fixture(scope="module")
def exported(warehouse: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("export") / "out"
    return folder, export_of(warehouse, folder)


@pytest.fixture
def scratch(warehouse: str) -> Iterator[psycopg.Connection]:
    """A connection that can create temporary tables; they are dropped at its end."""
    with connect(warehouse) as connection:
        connection.execute("set local time zone 'UTC'")
        yield connection
        connection.rollback()


def names(connection: psycopg.Connection) -> list[str]:
    return sorted(name for (name,) in connection.execute(MARTS))


def columns(connection: psycopg.Connection, name: str) -> list[tuple[str, str, str]]:
    return connection.execute(COLUMNS, [f"mart.{name}"]).fetchall()


def stored(connection: psycopg.Connection, name: str) -> list[tuple]:
    """Every value; a box as the JSON text in which arrays of numbers are exported."""
    chosen = [
        sql.SQL("to_json({})::text" if kind == "real[]" else "{}").format(sql.Identifier(column))
        for column, kind, _ in columns(connection, name)
    ]
    query = sql.SQL("select {} from mart.{}").format(sql.SQL(", ").join(chosen), sql.Identifier(name))
    return connection.execute(query).fetchall()


def stored_as_text(connection: psycopg.Connection, name: str) -> list[tuple]:
    """Every value as PostgreSQL prints it, with the scale of numbers."""
    chosen = [
        sql.SQL(AS_TEXT.get(kind, "{}::text")).format(sql.Identifier(column))
        for column, kind, _ in columns(connection, name)
    ]
    query = sql.SQL("select {} from mart.{}").format(sql.SQL(", ").join(chosen), sql.Identifier(name))
    return connection.execute(query).fetchall()


def copied_back(connection: psycopg.Connection, file: Path, kinds: list[str]) -> list[tuple]:
    """The rows of a CSV as COPY reads them into columns of text, without the apostrophes that the export adds."""
    declared = ", ".join(f"column_{number} text" for number in range(len(kinds)))
    connection.execute(f"drop table if exists copied; create temp table copied ({declared})")
    with connection.cursor() as cursor, cursor.copy("copy copied from stdin (format csv, header true)") as copy:
        copy.write(file.read_bytes())
    lines = connection.execute("select * from copied").fetchall()
    return [tuple(_unguarded(value, kind) for value, kind in zip(line, kinds, strict=True)) for line in lines]


def _unguarded(value: str | None, kind: str) -> str | None:
    return unguarded(value) if value is not None and kind == "text" else value


def counted(lines) -> Counter:
    """How often each row occurs."""
    return Counter(tuple(tuple(value) if isinstance(value, list) else value for value in line) for line in lines)


def test_every_table_and_view_of_the_schema_is_exported(exported, reading):
    folder, manifest = exported
    expected = {f"{name}.{kind}" for name in names(reading) for kind in ("parquet", "csv")}
    assert {path.name for path in folder.iterdir()} == expected | {"manifest.json"}
    assert {file.file for file in manifest.files} == expected
    assert {view.name for view in project_views() if view.schema == "mart"} <= {file.view for file in manifest.files}


def test_parquet_holds_what_the_database_holds(exported, reading):
    folder, _ = exported
    for name in names(reading):
        table = pq.read_table(folder / f"{name}.parquet")
        assert counted(zip(*table.to_pydict().values(), strict=True)) == counted(stored(reading, name)), name


def test_parquet_carries_the_dictionary_and_no_floating_point(exported, reading):
    folder, _ = exported
    for name in names(reading):
        schema = pq.read_schema(folder / f"{name}.parquet")
        told = [(f.name, f.metadata[b"postgresql_type"].decode(), f.metadata[b"comment"].decode()) for f in schema]
        assert told == columns(reading, name)
        assert not {str(field.type) for field in schema} & {"float", "double"}


@pytest.mark.parametrize(
    ("view", "column", "kind"),
    [
        ("amount", "amount_wan", "decimal128(20, 6)"),
        ("amount", "amount_yuan", "decimal128(20, 2)"),
        ("check_result", "left_wan", "decimal128(38, 6)"),
        ("disclosure", "document_id", "int32"),
        ("disclosure", "is_current", "bool"),
        ("disclosure", "published_on", "date32[day]"),
        ("disclosure", "loaded_at", "timestamp[us, tz=UTC]"),
        ("disclosure", "tables_found", "list<element: string>"),
    ],
)
def test_parquet_keeps_types_and_scales(exported, view, column, kind):
    folder, manifest = exported
    assert str(pq.read_schema(folder / f"{view}.parquet").field(column).type) == kind
    told = {(file.view, c.name): c.stored_as for file in manifest.files for c in file.columns if file.format != "csv"}
    assert told[view, column].replace("item:", "element:") == kind


def test_postgresql_reads_the_csv_back_to_the_last_digit(exported, scratch):
    """COPY reads an empty field as null and two quotes as an empty text."""
    folder, _ = exported
    for name in names(scratch):
        kinds = [kind for _, kind, _ in columns(scratch, name)]
        read = copied_back(scratch, folder / f"{name}.csv", kinds)
        assert Counter(read) == Counter(stored_as_text(scratch, name)), name


def test_a_null_and_an_empty_text_are_written_differently(exported, scratch):
    folder, _ = exported
    kinds = ["text" for _ in columns(scratch, "amount")]
    places = [column for column, _, _ in columns(scratch, "amount")]
    read = [dict(zip(places, line, strict=True)) for line in copied_back(scratch, folder / "amount.csv", kinds)]
    blank = [line for line in read if line["presence"] == "blank"]
    assert len(blank) > 1000
    assert {(line["printed"], line["amount_wan"]) for line in blank} == {("", None)}


def test_a_spreadsheet_finds_utf_8_a_header_and_no_formula(exported, reading):
    folder, _ = exported
    content = (folder / "amount.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    with (folder / "amount.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert list(lines[0]) == [column for column, _, _ in columns(reading, "amount")]
    hostile = [line for line in lines if line["source_name"] == f"'{HOSTILE}"]
    assert {line["row_label"] for line in hostile} >= {'\'=1+1,"quoted"', "'＝2+2", "'@行\n\t二", "合计", "其他用车"}
    amounts = {line["row_key"] + line["measure"]: line["amount_wan"] for line in hostile}
    assert (amounts["TOTALtotal"], amounts["208total"], amounts["208project"]) == ("-5.000000", LONGEST, "")
    assert {line["printed"] for line in hostile} >= {"'-5.00", "——", ""}


def test_pandas_reads_both_alike(exported):
    folder, _ = exported
    text = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    from_csv = pandas.read_csv(folder / "three_public.csv", **text)
    from_parquet = pq.read_table(folder / "three_public.parquet").to_pandas()
    assert list(from_csv.columns) == list(from_parquet.columns)
    printed = ["" if value is None else format(value, "f") for value in from_parquet["final_total_wan"]]
    assert list(from_csv["final_total_wan"]) == printed and any(printed)


def test_rows_are_in_the_order_that_the_manifest_names(exported):
    folder, _ = exported
    for name in ("amount", "metric", "functional_subject"):
        columns = pq.read_table(folder / f"{name}.parquet").to_pydict().values()
        lines = [[_last_if_null(value) for value in line] for line in zip(*columns, strict=True)]
        assert lines == sorted(lines), name


def _last_if_null(value):
    """A sort key: nulls last, texts by code point."""
    return (value is None, value.encode() if isinstance(value, str) else value if value is not None else 0)


def test_the_same_data_give_the_same_files(exported, warehouse, tmp_path):
    _, manifest = exported
    again = export_of(warehouse, tmp_path / "again")
    assert again.files == manifest.files


def test_one_format_and_some_views(warehouse, tmp_path):
    made = export_of(warehouse, tmp_path / "some", formats=("csv",), views=("mart.balance", "disclosure"))
    assert [(file.file, file.rows) for file in made.files] == [("balance.csv", 4), ("disclosure.csv", 4)]
    assert {path.name for path in (tmp_path / "some").iterdir()} == {"balance.csv", "disclosure.csv", "manifest.json"}
