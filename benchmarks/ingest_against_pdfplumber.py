"""The whole ingest, database included, against plain pdfplumber.extract_tables over the same pages.

usage: python benchmarks/ingest_against_pdfplumber.py FILE.pdf…     (the database as `juesuan` finds it)

Both sides run as whole processes, in turn, so that a drift of the machine meets both; medians and the
ratio of each pair are printed. Every round loads into a database of its own.
"""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

from warehouse import server, upgrade
from warehouse.database import connect
from warehouse.load_reference import load_reference

ROUNDS = 5
PLAIN = """
import logging, sys, pdfplumber
logging.disable(logging.ERROR)
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_tables()
"""


def main(files: list[str]) -> None:
    plain, whole = [], []
    for _ in range(ROUNDS):
        plain.append(seconds([sys.executable, "-c", PLAIN, *files], {}))
        with fresh_database() as url:
            whole.append(seconds([sys.executable, "-m", "ingest.cli", "ingest", *files], {"JUESUAN_DATABASE_URL": url}))
    ratios = [b / a for a, b in zip(plain, whole, strict=True)]
    print(f"{platform.machine()}, Python {platform.python_version()}, {len(files)} files, {ROUNDS} rounds in turn")
    print(f"{'':40}{'median s':>10}{'min':>8}{'max':>8}")
    for name, runs in (("plain pdfplumber.extract_tables", plain), ("juesuan ingest, database included", whole)):
        print(f"{name:40}{statistics.median(runs):10.2f}{min(runs):8.2f}{max(runs):8.2f}")
    print(f"{'ratio of each pair':40}{statistics.median(ratios):10.2f}{min(ratios):8.2f}{max(ratios):8.2f}")


def seconds(command: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - start


@contextmanager
def fresh_database() -> Iterator[str]:
    """An upgraded, empty warehouse on the running server, dropped afterwards."""
    base = server.start()
    name = f"bench_{uuid4().hex[:8]}"
    with connect(base, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name)))
    url = make_url(base).set(database=name).render_as_string(hide_password=False)
    upgrade.upgrade(url)
    with connect(url) as connection:
        load_reference(connection)
    try:
        yield url
    finally:
        with connect(base, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
