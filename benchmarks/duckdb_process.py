"""Runs DuckDB in a separate process, because it is installed in the environment of the other tools (BENCH_PYTHON).

usage: python -m benchmarks.duckdb_process DATABASE

Each line of input is a JSON string with SQL. Each is answered by one line of JSON: seconds and rows, with every value
as text, or failure.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BENCH_PYTHON = os.environ.get("BENCH_PYTHON", str(ROOT / ".venv-bench/bin/python"))
THREADS = 2


class DuckDb:
    """The client side: sends the process one query after another."""

    def __init__(self, database: Path):
        command = [BENCH_PYTHON, "-m", "benchmarks.duckdb_process", str(database)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        )

    def __enter__(self) -> "DuckDb":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait()

    def ask(self, sql: str) -> tuple[float, list[tuple]]:
        """The seconds of the query with its conversion to Python objects, measured in the process; and the rows.

        Raises RuntimeError where DuckDB refuses it.
        """
        self._process.stdin.write(json.dumps(sql) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "failure" in answer:
            raise RuntimeError(answer["failure"])
        return answer["seconds"], [tuple(row) for row in answer["rows"]]


def main(database: str) -> None:
    import duckdb

    connection = duckdb.connect(database)
    connection.execute(f"set threads = {THREADS}")
    for line in sys.stdin:
        print(json.dumps(_answer(duckdb, connection, json.loads(line))), flush=True)


def _answer(duckdb, connection, sql: str) -> dict:
    start = time.perf_counter()
    try:
        rows = connection.execute(sql).fetchall()
    except duckdb.Error as error:
        return {"failure": str(error)}
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "rows": [[None if value is None else str(value) for value in row] for row in rows]}


if __name__ == "__main__":
    main(sys.argv[1])
