"""The internal SQL functions of procrastinate that the queue calls exist in the installed version."""

import re
from pathlib import Path

import psycopg
import pytest

from warehouse.base.errors import OtherQueue
from warehouse.schema.upgrade import upgrade
from warehouse.work import jobs

ROOT = Path(__file__).parents[2]
STATEMENTS = {
    "add": (jobs.ADD_JOBS, {"parser_version": "1", "queue": "ingest 1", "scans": "scans 1"}),
    "retry": (jobs.RETRY, [1]),
    "finish": (jobs.FINISH, [1]),
}


def test_every_function_that_is_called_is_in_the_list():
    sources = [path.read_text("utf-8") for folder in ("warehouse", "ingest") for path in (ROOT / folder).rglob("*.py")]
    called = {name for text in sources for name in re.findall(r"\b(procrastinate_\w+_v\d+)\(", text)}
    assert called == {name.split("(")[0] for name in jobs.INTERNALS}


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_installed_version_knows_each_call_with_its_arguments(connection, name):
    """PostgreSQL resolves the function when it plans the query; the query is not executed."""
    statement, values = STATEMENTS[name]
    connection.execute("set local search_path = procrastinate")
    try:
        assert connection.execute(f"explain {statement}", values).fetchall()
    except psycopg.errors.UndefinedFunction as error:
        pytest.fail(f"{OtherQueue(str(error))}")


@pytest.mark.parametrize("function", jobs.INTERNALS)
def test_an_upgrade_without_one_of_the_functions_is_refused_with_advice(database, connection, function):
    connection.execute("set search_path = procrastinate")
    connection.execute(f"alter function {function} rename to another_name")
    connection.commit()
    with pytest.raises(OtherQueue, match=r"install the version\s+in requirements\.txt.* has no " + re.escape(function)):
        upgrade(database)
