"""Superset's HTTP API: log in, import the dashboard with its connection, read the comments of the database."""

import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import requests
import yaml
from home import DASHBOARD, USER, BiError

SECONDS = 120
DATABASE = "databases/juesuan.yaml"


class Api:
    """A logged-in session with the server at `base` (http://host:port)."""

    def __init__(self, base: str, password: str) -> None:
        self.base = base
        self.session = requests.Session()
        login = {"username": USER, "password": password, "provider": "db"}
        token = self.call("POST", "/api/v1/security/login", json=login)["access_token"]
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.headers["X-CSRFToken"] = self.call("GET", "/api/v1/security/csrf_token/")["result"]
        self.session.headers["Referer"] = base

    def call(self, method: str, path: str, **arguments) -> dict:
        answer = self.session.request(method, self.base + path, timeout=SECONDS, **arguments)
        if not answer.ok:
            raise BiError(f"Superset answered {answer.status_code} to {method} {path}: {_message(answer)}")
        return answer.json()

    def import_dashboard(self, reader_url: str) -> None:
        """Import database, datasets, charts and dashboard from the files; existing ones are replaced."""
        self.call("POST", "/api/v1/assets/import/", files={"bundle": ("dashboard.zip", bundle(reader_url))})

    def sync_columns(self) -> int:
        """Read the columns of every dataset and their Chinese comments from the database; returns the number of
        datasets."""
        datasets = self.call("GET", "/api/v1/dataset/?q=(page_size:100)")["result"]
        for dataset in datasets:
            try:
                self.call("PUT", f"/api/v1/dataset/{dataset['id']}/refresh")
            except BiError as error:
                raise BiError(f"the columns of {dataset['table_name']} cannot be read: {error}") from error
        return len(datasets)


def _message(answer: requests.Response) -> str:
    """The message of the server, with Chinese characters instead of their escapes."""
    try:
        return json.dumps(answer.json(), ensure_ascii=False)[:2000]
    except requests.JSONDecodeError:
        return answer.text[:2000]


def bundle(reader_url: str, folder: Path = DASHBOARD) -> bytes:
    """The files of the dashboard as Superset's ZIP, with the connection. It contains the password and is not written
    to disk."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in sorted(folder.rglob("*.yaml")):
            name = file.relative_to(folder).as_posix()
            text = file.read_text("utf-8")
            archive.writestr(f"dashboard/{name}", _connected(text, reader_url) if name == DATABASE else text)
    return out.getvalue()


def _connected(text: str, reader_url: str) -> str:
    url = urlsplit(reader_url)._replace(scheme="postgresql+psycopg2").geturl()
    return yaml.safe_dump(yaml.safe_load(text) | {"sqlalchemy_uri": url}, allow_unicode=True)
