"""Superset's HTTP API: log in, import the dashboard with its connection, read the comments of the database."""

import json

import requests
from assets import bundle
from declared import Json
from home import USER, BiError

SECONDS = 120


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

    def import_assets(self, made: dict[str, Json]) -> None:
        """Import database, datasets, charts and dashboards from the files; existing ones are replaced."""
        self.call("POST", "/api/v1/assets/import/", files={"bundle": ("assets.zip", bundle(made))})

    def rows(self, dataset: int, query: dict) -> dict:
        """The answer to one query: `data`, and which filters were applied or rejected."""
        asked = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "force": True}
        return self.call("POST", "/api/v1/chart/data", json=asked)["result"][0]

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
