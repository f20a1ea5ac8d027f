"""What dashboard.toml, mart.toml and sql/joins.toml declare, for the scripts of Superset and Metabase."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).parent


def _declared_in(file: Path) -> Json:
    return tomllib.loads(file.read_text("utf-8"))


DECLARED = _declared_in(HERE / "dashboard.toml")
MART = _declared_in(HERE / "mart.toml")
JOINS = _declared_in(HERE.parents[1] / "sql" / "joins.toml")  # table or view → the columns that identify its rows


def query(card: Json) -> str:
    """The SQL of a card, with the name of the body and the columns of the filters written out."""
    filtered = ", ".join(f'{expression} as "{column}"' for column, expression in DECLARED["filtered"].items())
    return card["sql"].strip().replace("{body}", DECLARED["body"]["sql"].strip()).replace("{filtered}", filtered)


def shown_columns(card: Json) -> list[str]:
    """The columns of its query that a card draws; of a number none."""
    if card["draw"] == "table":
        return card["columns"]
    return [card[part] for part in ("of", "by", "x", "y", "size") if part in card] + _summed(card)


def _summed(card: Json) -> list[str]:
    return [card["value"]] if card["draw"] == "bars" else []


def cards_of(dashboard: Json) -> list[str]:
    """The keys of its cards, in order; a card may stand on several tabs and dashboards."""
    return list(dict.fromkeys(_placed(dashboard)))


def _placed(dashboard: Json) -> Iterator[str]:
    for tab in dashboard["tabs"]:
        for row in tab["rows"]:
            yield from row
