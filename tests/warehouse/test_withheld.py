"""A budget with rows left out as secret in the warehouse: its sums are sound, and the outcome is a public one."""

import psycopg

from ingest.pipeline import extract
from tests.ingest.test_checks_withheld import SECRET, typeset
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.load.quality import of_extraction


def rows(connection: psycopg.Connection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()


def test_what_is_withheld_is_public_and_leaves_its_tables_sound(module_database, tmp_path):
    read = extract(typeset(tmp_path, [SECRET]))
    assert of_extraction(read).unsound == 0
    with connect(module_database) as connection:
        load(connection, read)
        connection.commit()
        outcome = "select distinct table_code, row_key from mart.check_result where outcome = 'withheld' order by 1"
        assert rows(connection, outcome) == [("YS02", "20402"), ("YS03", "20402"), ("YS05", "20402")]
        assert rows(connection, "select checks_withheld > 0, checks_broken from mart.disclosure") == [(True, 0)]
        assert rows(connection, "select place, why_not from intermediate.objection") == []
