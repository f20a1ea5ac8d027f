"""A replacement of Metabase for tests, because Metabase cannot be installed from the package registries.

It answers the endpoints that setup.py uses, over HTTP, as Metabase's API documentation describes them. It stores what
was created and refuses what the documentation forbids. The tests show order, form and repeatability of the calls, not
that Metabase displays a chart.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
USER, PASSWORD, SESSION = "admin@example.com", "only for this test", "38f4939c-ad7f-4cbe"
REQUIRED: dict[str, dict[str, type]] = {
    "database": {"name": str, "engine": str, "details": dict},
    "collection": {"name": str},
    "card": {"name": str, "display": str, "dataset_query": dict, "visualization_settings": dict},
    "dashboard": {"name": str},
}
DASHCARD = {"id": int, "size_x": int, "size_y": int, "row": int, "col": int}
TAB = {"id": int, "name": str}
DISPLAYS = {"row", "scalar", "scatter", "table"}


class Refused(Exception):
    """An answer with an HTTP status and a reason, its two arguments."""


class State:
    """The stored objects. `calls` are (method, path, body) in order; `synced` is the schema that the sync finds."""

    def __init__(self, synced: list[Json]) -> None:
        self.calls: list[tuple[str, str, Json | None]] = []
        self.saved: dict[str, dict[int, Json]] = {name: {} for name in REQUIRED}
        self.synced = synced
        self.looks = 0
        self._last_id = 100

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def answer(self, method: str, path: str, body: Json | None) -> Any:
        for pattern, answer in ANSWERS.items():
            if found := re.fullmatch(pattern, f"{method} {path}"):
                return answer(self, body, *found.groups())
        raise Refused(404, f"API endpoint does not exist: {method} {path}")


def log_in(state: State, body: Json) -> Json:
    if (body.get("username"), body.get("password")) != (USER, PASSWORD):
        raise Refused(401, "did not match stored password")
    return {"id": SESSION}


def checked(wanted: dict[str, type], body: Json) -> Json:
    wrong = [name for name, kind in wanted.items() if not isinstance(body.get(name), kind)]
    if wrong:
        raise Refused(400, json.dumps({"errors": dict.fromkeys(wrong, "value is missing or of another type")}))
    return body


def create(state: State, body: Json, model: str) -> Json:
    made = checked(REQUIRED[model], body) | {"id": state.next_id()}
    if model == "card" and made["display"] not in DISPLAYS:
        raise Refused(400, f"unknown display {made['display']}")
    if model == "dashboard":
        made |= {"dashcards": [], "tabs": []}  # POST /api/dashboard takes none
    state.saved[model][made["id"]] = made
    return made


def change(state: State, body: Json, model: str, number: str) -> Json:
    if int(number) not in state.saved[model]:
        raise Refused(404, "Not found.")
    known = state.saved[model][int(number)]
    if "dashcards" in body:
        new_ids = {tab["id"]: tab_id(state, known, tab) for tab in body["tabs"]}
        placed = [place(state, known, dashcard, new_ids) for dashcard in body["dashcards"]]
        body = body | {"dashcards": placed, "tabs": [tab | {"id": new_ids[tab["id"]]} for tab in body["tabs"]]}
    known.update(body)
    return known


def tab_id(state: State, dashboard: Json, tab: Json) -> int:
    """A negative id creates a tab."""
    checked(TAB, tab)
    if tab["id"] > 0 and tab["id"] not in {each["id"] for each in dashboard["tabs"]}:
        raise Refused(400, f"tab {tab['id']} is not on this dashboard")
    return tab["id"] if tab["id"] > 0 else state.next_id()


def place(state: State, dashboard: Json, dashcard: Json, tabs: dict[int, int]) -> Json:
    """A negative id creates a dashcard; a positive one must be that of a dashcard of this dashboard."""
    checked(DASHCARD, dashcard)
    if dashcard["dashboard_tab_id"] not in tabs:
        raise Refused(400, f"no tab {dashcard['dashboard_tab_id']}")
    dashcard = dashcard | {"dashboard_tab_id": tabs[dashcard["dashboard_tab_id"]]}
    if dashcard["card_id"] is not None and dashcard["card_id"] not in state.saved["card"]:
        raise Refused(404, f"no card {dashcard['card_id']}")
    if dashcard["id"] < 0:
        return dashcard | {"id": state.next_id()}
    if dashcard["id"] not in {each["id"] for each in dashboard["dashcards"]}:
        raise Refused(400, f"dashcard {dashcard['id']} is not on this dashboard")
    return dashcard


def metadata(state: State, body: None, number: str) -> Json:
    """The first request gets no tables, because the real sync runs in the background and takes some time."""
    state.looks += 1
    return {"id": int(number), "tables": state.synced if state.looks > 1 else []}


def change_synced(state: State, body: Json, kind: str, number: str) -> Json:
    things = state.synced if kind == "table" else [field for table in state.synced for field in table["fields"]]
    found = next(thing for thing in things if thing["id"] == int(number))
    found.update(body)
    return found


def items(state: State, body: None, number: str, model: str) -> Json:
    """The entries of Metabase's list: names and ids, without queries."""
    inside = [each for each in state.saved[model].values() if each["collection_id"] == int(number)]
    return {"total": len(inside), "data": [{"id": i["id"], "name": i["name"], "model": model} for i in inside]}


ANSWERS = {
    r"POST /api/session": log_in,
    r"GET /api/database": lambda state, _: {"data": list(state.saved["database"].values())},
    r"GET /api/collection": lambda state, _: [{"id": "root", "name": "All"}, *state.saved["collection"].values()],
    r"POST /api/database/(\d+)/sync_schema": lambda state, _, number: {"status": "ok"},
    r"GET /api/database/(\d+)/metadata": metadata,
    r"PUT /api/(table|field)/(\d+)": change_synced,
    r"GET /api/collection/(\d+)/items\?models=(card|dashboard)": items,
    r"GET /api/dashboard/(\d+)": lambda state, _, number: state.saved["dashboard"][int(number)],
    r"POST /api/(database|collection|card|dashboard)": create,
    r"PUT /api/(database|collection|card|dashboard)/(\d+)": change,
}


class Handler(BaseHTTPRequestHandler):
    state: State

    def do_GET(self) -> None:
        self._respond()

    do_POST = do_PUT = do_GET

    def _respond(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.state.calls.append((self.command, self.path, body))
        try:
            if urlsplit(self.path).path != "/api/session" and self.headers.get("X-Metabase-Session") != SESSION:
                raise Refused(401, "Unauthenticated")
            self._send(200, json.dumps(self.state.answer(self.command, self.path, body)))
        except Refused as refused:
            self._send(*refused.args)

    def _send(self, status: int, text: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def metabase(synced: list[Json]) -> Iterator[tuple[str, State]]:
    """Starts the server; the address, and the stored objects."""
    state = State(synced)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"state": state}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", state
    server.shutdown()
    server.server_close()
