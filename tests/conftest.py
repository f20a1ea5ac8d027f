"""Fixtures with a real PostgreSQL: a server for each pytest worker, a database cloned from a template for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url
from xdist.remote import Producer

from ingest.readers.pdf.scan.models import use_models
from tests import marks
from tests.long import leave_parameters
from tests.parallel import ByModule
from tests.read_once import provide_folder
from tests.scratch import folder_of_server, quick_secret
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.reference import load_reference
from warehouse.schema.packaging import compile_catalogues
from warehouse.schema.upgrade import upgrade
from warehouse.server import binaries

NOT_DURABLE = ("fsync", "full_page_writes")  # test databases need not survive a crash of the machine

os.environ["JUESUAN_LANG"] = "en"  # whatever the locale of the machine is
os.environ["JUESUAN_OCR"] = "off"  # a test that recognises pictures says so: it is slow, and not every machine can


def pytest_configure(config: pytest.Config) -> None:
    """JUESUAN_TEST_POSTGRES, a major version, chooses among the binaries of this machine for all servers of tests."""
    compile_catalogues(Path(__file__).parents[1])
    provide_folder(config)
    use_models(False)
    if major := os.environ.get("JUESUAN_TEST_POSTGRES"):
        at_hand = {found.major: found.folder for found in binaries.candidates(Settings(postgres="auto"))}
        if major not in at_hand:
            raise pytest.UsageError(f"JUESUAN_TEST_POSTGRES={major}: at hand are {', '.join(at_hand) or 'none'}")
        os.environ["JUESUAN_POSTGRES"] = str(at_hand[major])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule:
    return ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marks.mark(item)
    leave_parameters(items)


@pytest.fixture(scope="session")
def server_home() -> Iterator[Path]:
    with folder_of_server() as home:
        yield home


@pytest.fixture(scope="session")
def server_url(server_home: Path) -> Iterator[str]:
    """JUESUAN_DATABASE_URL if it is set, otherwise a server of this worker."""
    if given := Settings().database_url:
        yield given
        return
    settings = Settings(home=server_home, database_url=None)
    own = server.start(settings)
    with connect(own, autocommit=True) as opened:
        for setting in NOT_DURABLE:
            opened.execute(f"alter system set {setting} = off")
        opened.execute("select pg_reload_conf()")
        opened.execute(f"alter role current_user password '{quick_secret(make_url(own).password)}'")
        # A role belongs to the whole server. Without this, the first upgrade would create the reader without password.
        opened.execute(f"create role juesuan_reader login password '{quick_secret('reader')}'")
    yield own
    server.stop(settings)


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The URL of an upgraded database with the reference lists; tests clone it and do not change it."""
    with new_database(server_url) as created:
        with connect(created) as connection:
            has_reader = connection.execute("select from pg_roles where rolname = 'juesuan_reader'").rowcount
        upgrade(created, reader_password=None if has_reader else "reader")  # on a given server it keeps its password
        with connect(created) as connection:
            load_reference(connection)
        yield created


@pytest.fixture
def empty_database(server_url: str) -> Iterator[str]:
    """The URL of a new database without a warehouse."""
    with new_database(server_url) as created:
        yield created


@pytest.fixture
def database(server_url: str, template: str) -> Iterator[str]:
    """The URL of an upgraded database that only this test uses."""
    with new_database(server_url, template) as created:
        yield created


@pytest.fixture(scope="module")
def module_database(server_url: str, template: str) -> Iterator[str]:
    """The URL of an upgraded database that all tests of a module use; they only read it."""
    with new_database(server_url, template) as created:
        yield created


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with connect(database) as opened:
        yield opened


@contextmanager
def new_database(server_url: str, template: str | None = None) -> Iterator[str]:
    name = f"juesuan_test_{uuid4().hex[:12]}"
    source = make_url(template).database if template else "template0"
    with connect(server_url, autocommit=True) as opened:
        # By default PostgreSQL writes every page of the template to its log, which takes two to four times as long.
        opened.execute(f"create database {name} template {source} encoding 'UTF8' strategy file_copy")
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
        opened.execute(f"drop database {name} with (force)")
