#!/usr/bin/env python3
"""Registers the warehouse in Metabase and makes the dashboard of dashboard.toml. Needs Python 3.11 only.

    METABASE_URL=http://127.0.0.1:3000 METABASE_USER=admin@example.com \\
    JUESUAN_READER_URL=$(juesuan db url --reader) python docs/bi/metabase/setup.py

METABASE_API_KEY may be set instead of METABASE_USER and METABASE_PASSWORD. Values that are not set are asked for;
passwords are never taken from the command line or from a file. --host is the database server's name for Metabase if it
has another one there (`postgres` inside docker compose). A second run updates what the first run made.
"""

import argparse
import getpass
import os
import sys
import time
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from client import Metabase, MetabaseRefused, by_name
from payloads import card_payload, dashboard_payload, placed

DECLARED = tomllib.loads(Path(__file__).with_name("dashboard.toml").read_text("utf-8"))
POLL_SECONDS = 1

Json = dict[str, Any]


def main() -> None:
    options = arguments()
    details = connection_details(asked("JUESUAN_READER_URL", "URL of juesuan_reader", secret=True), options.host)
    try:
        metabase = sign_in(asked("METABASE_URL", "Metabase's address"))
        address = set_up(metabase, details, options.wait)
    except MetabaseRefused as refused:
        sys.exit(f"setup.py: {refused}")
    print(f"dashboard: {address}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", help="the PostgreSQL server's name as Metabase sees it")
    parser.add_argument("--wait", type=int, default=300, help="seconds to wait for Metabase's sync (300)")
    return parser.parse_args()


def asked(name: str, prompt: str, secret: bool = False) -> str:
    return os.environ.get(name) or (getpass.getpass if secret else input)(f"{prompt} ({name}): ")


def sign_in(url: str) -> Metabase:
    metabase = Metabase(url)
    if key := os.environ.get("METABASE_API_KEY"):
        metabase.use_key(key)
    else:
        metabase.log_in(asked("METABASE_USER", "User"), asked("METABASE_PASSWORD", "Password", secret=True))
    return metabase


def connection_details(url: str, host: str | None) -> Json:
    """Metabase's `details` of a PostgreSQL database, schema mart only; `url` may contain the password and sslmode."""
    parts = urlsplit(url)
    password = unquote(parts.password or "") or asked("JUESUAN_READER_PASSWORD", "Password of the reader", secret=True)
    return {
        "host": host or parts.hostname,
        "port": parts.port or 5432,
        "dbname": parts.path.lstrip("/"),
        "user": unquote(parts.username or ""),
        "password": password,
        "ssl": parse_qs(parts.query).get("sslmode", ["disable"])[-1] in ("require", "verify-ca", "verify-full"),
        "schema-filters-type": "inclusion",
        "schema-filters-patterns": DECLARED["schema"],
    }


def set_up(metabase: Metabase, details: Json, wait: int) -> str:
    """Register the connection, describe tables and fields, make cards and dashboard. Returns its address."""
    database_id = register(metabase, details)
    tables = synced(metabase, database_id, wait)
    name_tables(metabase, tables)
    describe_fields(metabase, tables)
    collection_id = collect(metabase)
    cards = make_cards(metabase, database_id, collection_id)
    return f"{metabase.url}/dashboard/{arrange(metabase, collection_id, cards)}"


def register(metabase: Metabase, details: Json) -> int:
    declared = {"name": DECLARED["database"], "engine": "postgres", "details": details}
    known = by_name(metabase.get("/api/database")["data"])
    return metabase.save("/api/database", known.get(DECLARED["database"]), declared)["id"]


def synced(metabase: Metabase, database_id: int, wait: int) -> list[Json]:
    """The tables with their fields, after Metabase's sync has found all tables of dashboard.toml."""
    metabase.post(f"/api/database/{database_id}/sync_schema", {})
    give_up = time.monotonic() + wait
    while True:
        tables = metabase.get(f"/api/database/{database_id}/metadata")["tables"]
        ours = [table for table in tables if table["schema"] == DECLARED["schema"]]
        missing = DECLARED["tables"].keys() - {table["name"] for table in ours if table["fields"]}
        if not missing:
            return ours
        if time.monotonic() > give_up:
            raise MetabaseRefused(f"after {wait} s its sync has not found {', '.join(sorted(missing))}")
        time.sleep(POLL_SECONDS)


def name_tables(metabase: Metabase, tables: list[Json]) -> None:
    for table in tables:
        shown = DECLARED["tables"].get(table["name"])
        if shown and table["display_name"] != shown:
            metabase.put(f"/api/table/{table['id']}", {"display_name": shown})


def describe_fields(metabase: Metabase, tables: list[Json]) -> None:
    """Set foreign keys, which views do not have, and semantic types. Keys that the sync has found are not changed."""
    fields = {(table["name"], field["name"]): field for table in tables for field in table["fields"]}
    for (table, name), field in fields.items():
        wanted = wanted_of(fields, table, name)
        is_key = field.get("semantic_type") in ("type/PK", "type/FK")
        if not is_key and any(field.get(key) != value for key, value in wanted.items()):
            metabase.put(f"/api/field/{field['id']}", wanted)


def wanted_of(fields: dict[tuple[str, str], Json], table: str, name: str) -> Json:
    target = tuple(DECLARED["keys"].get(name, "").split("."))
    if target in fields and target != (table, name):
        return {"semantic_type": "type/FK", "fk_target_field_id": fields[target]["id"]}
    if name in DECLARED["semantic_types"]:
        return {"semantic_type": DECLARED["semantic_types"][name]}
    return {}


def collect(metabase: Metabase) -> int:
    known = by_name(metabase.get("/api/collection"))
    return metabase.save("/api/collection", known.get(DECLARED["collection"]), {"name": DECLARED["collection"]})["id"]


def make_cards(metabase: Metabase, database_id: int, collection_id: int) -> dict[int, Json]:
    """Card id → its entry in dashboard.toml."""
    known = by_name(metabase.items(collection_id, "card"))
    saved = {}
    for card in DECLARED["cards"]:
        payload = card_payload(card, DECLARED["filters"], database_id, collection_id)
        saved[metabase.save("/api/card", known.get(card["name"]), payload)["id"]] = card
    return saved


def arrange(metabase: Metabase, collection_id: int, cards: dict[int, Json]) -> int:
    """Put our cards on the dashboard; cards that other people added remain. Returns the dashboard's id."""
    about = dashboard_payload(DECLARED["dashboard"], DECLARED["filters"], collection_id)
    known = by_name(metabase.items(collection_id, "dashboard")).get(about["name"])
    dashboard_id = known["id"] if known else metabase.post("/api/dashboard", about)["id"]
    there = metabase.get(f"/api/dashboard/{dashboard_id}")["dashcards"]
    filters = DECLARED["filters"]
    dashcards = [placed(card_id, card, filters, there, no) for no, (card_id, card) in enumerate(cards.items(), 1)]
    others = [dashcard for dashcard in there if dashcard.get("card_id") not in cards]
    metabase.put(f"/api/dashboard/{dashboard_id}", about | {"dashcards": dashcards + others})
    return dashboard_id


if __name__ == "__main__":
    main()
