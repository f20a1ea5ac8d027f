"""Connections of tests as juesuan_reader, with its own password."""

import psycopg
import pytest
from sqlalchemy import make_url

from warehouse.base.database import READER


def as_reader(url: str) -> str:
    """The URL with the role of the reader. Skips the test if the reader has another password, as on a server of the
    user."""
    reader = make_url(url).set(username=READER, password="reader").render_as_string(hide_password=False)
    try:
        psycopg.connect(reader, connect_timeout=10).close()
    except psycopg.OperationalError as refused:
        pytest.skip(f"{READER} of the server in JUESUAN_DATABASE_URL has a password of its own: {refused}")
    return reader
