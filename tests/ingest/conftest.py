"""Fixtures of the tests of reading and of the command line."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from ingest.cli.main import main

settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")

Juesuan = Callable[..., Result]


@pytest.fixture
def juesuan(database: str, monkeypatch: pytest.MonkeyPatch) -> Juesuan:
    """A function that runs the command on an upgraded database that only this test uses."""
    monkeypatch.setenv("JUESUAN_DATABASE_URL", database)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])
