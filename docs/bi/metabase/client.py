"""The calls of Metabase's HTTP API that setup.py needs. Uses the standard library only."""

import json
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TIMEOUT_SECONDS = 120


class MetabaseRefused(Exception):
    """Metabase cannot be reached, or it refused a request."""


class Metabase:
    """A session with one Metabase; paths begin with /api, bodies and answers are JSON."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._headers = {"Content-Type": "application/json"}

    def log_in(self, user: str, password: str) -> None:
        session = self.post("/api/session", {"username": user, "password": password})
        self._headers["X-Metabase-Session"] = session["id"]

    def use_key(self, key: str) -> None:
        self._headers["X-API-Key"] = key

    def get(self, path: str) -> Any:
        return self._call("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("POST", path, body)

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("PUT", path, body)

    def save(self, path: str, known: dict[str, Any] | None, body: dict[str, Any]) -> Any:
        """Update `known`, or create it with `body` if it is None."""
        return self.put(f"{path}/{known['id']}", body) if known else self.post(path, body)

    def items(self, collection_id: int, model: str) -> list[dict[str, Any]]:
        return self.get(f"/api/collection/{collection_id}/items?models={model}")["data"]

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        request = Request(self.url + path, data, self._headers, method=method)
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.loads(answer.read() or "null")
        except HTTPError as error:
            said = error.read().decode(errors="replace")[:500]
            raise MetabaseRefused(f"{method} {path} was answered {error.code}: {said}") from error
        except (URLError, TimeoutError) as error:
            raise MetabaseRefused(f"{self.url} cannot be reached: {error}") from error


def by_name(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in found}
