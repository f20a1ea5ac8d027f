"""Registers the warehouse in Metabase and makes the dashboards of docs/bi/dashboard.toml. Needs Python 3.11 and this
checkout only.

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
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.append(str(Path(__file__).parents[1]))  # declared.py, which Superset's script uses too

from client import Metabase, MetabaseRefused, by_name
from declared import DECLARED, JOINS, MART, Json
from payloads import card_payload, dashboard_payload, dashcards, tabs

# A key of Metabase is one column: column → table or view. Joins by two columns are left out.
KEYS = {columns[0]: target for target, columns in JOINS.items() if len(columns) == 1}
POLL_SECONDS = 1


def main() -> None:
    options = arguments()
    details = connection_details(asked("JUESUAN_READER_URL", "URL of juesuan_reader", secret=True), options.host)
    try:
        metabase = sign_in(asked("METABASE_URL", "Metabase's address"))
        addresses = set_up(metabase, details, options.wait)
    except MetabaseRefused as refused:
        sys.exit(f"setup.py: {refused}")
    for name, address in addresses.items():
        print(f"{name}: {address}")


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
        "schema-filters-patterns": MART["schema"],
    }


def set_up(metabase: Metabase, details: Json, wait: int) -> dict[str, str]:
    """Register the connection, describe tables and fields, make cards and dashboards. Returns their addresses."""
    database_id = register(metabase, details)
    tables = synced(metabase, database_id, wait)
    name_tables(metabase, tables)
    describe_fields(metabase, tables)
    collection_id = collect(metabase)
    cards = make_cards(metabase, database_id, collection_id)
    return {
        one["name"]: f"{metabase.url}/dashboard/{arrange(metabase, collection_id, one, cards)}"
        for one in DECLARED["dashboards"]
    }


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
        ours = [table for table in tables if table["schema"] == MART["schema"]]
        missing = MART["tables"].keys() - {table["name"] for table in ours if table["fields"]}
        if not missing:
            return ours
        if time.monotonic() > give_up:
            raise MetabaseRefused(f"after {wait} s its sync has not found {', '.join(sorted(missing))}")
        time.sleep(POLL_SECONDS)


def name_tables(metabase: Metabase, tables: list[Json]) -> None:
    for table in tables:
        shown = MART["tables"].get(table["name"])
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
    target = (KEYS.get(name, ""), name)
    if target in fields and target != (table, name):
        return {"semantic_type": "type/FK", "fk_target_field_id": fields[target]["id"]}
    if name in MART["semantic_types"]:
        return {"semantic_type": MART["semantic_types"][name]}
    return {}


def collect(metabase: Metabase) -> int:
    known = by_name(metabase.get("/api/collection"))
    return metabase.save("/api/collection", known.get(DECLARED["collection"]), {"name": DECLARED["collection"]})["id"]


def make_cards(metabase: Metabase, database_id: int, collection_id: int) -> dict[str, int]:
    """The key of each card of dashboard.toml → its id."""
    known = by_name(metabase.items(collection_id, "card"))
    return {
        key: metabase.save("/api/card", known.get(card["name"]), card_payload(card, database_id, collection_id))["id"]
        for key, card in DECLARED["cards"].items()
    }


def arrange(metabase: Metabase, collection_id: int, declared: Json, cards: dict[str, int]) -> int:
    """Put our cards on the dashboard; tabs and cards that other people added remain. Returns the dashboard's id."""
    about = dashboard_payload(declared, collection_id)
    known = by_name(metabase.items(collection_id, "dashboard")).get(about["name"])
    dashboard_id = known["id"] if known else metabase.post("/api/dashboard", about)["id"]
    there = metabase.get(f"/api/dashboard/{dashboard_id}")
    all_tabs = tabs(declared, there.get("tabs") or [])
    ours = list(dashcards(declared, cards, all_tabs, there["dashcards"]))
    others = [dashcard for dashcard in there["dashcards"] if dashcard.get("card_id") not in cards.values()]
    metabase.put(f"/api/dashboard/{dashboard_id}", about | {"tabs": all_tabs, "dashcards": ours + others})
    return dashboard_id


if __name__ == "__main__":
    main()
