"""Reads the source of a sample document: its figures, the names of its subjects, its profile, its layout, its prose."""

import csv
import json
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FIGURES = Path(__file__).parents[1] / "figures"
FACTOR = {"万元": 1, "元": 10_000}


@dataclass(frozen=True)
class Sample:
    name: str
    amounts: dict[tuple[str, str, str], str]  # (table, row, column) → value in 万元, "" blank, "--" dash
    subjects: dict[str, str]
    profile: dict
    layout: dict
    prose: list[str]

    def rows(self, table):
        return list(dict.fromkeys(row for code, row, _ in self.amounts if code == table))

    def words(self):
        return {"department": self.profile["department"], "year": self.profile["fiscal_year"]}


def read_sample(name: str) -> Sample:
    folder, layout = FIGURES / name, read_layout(name)
    names = {r["code"]: r["name"] for r in read_csv(FIGURES / "subjects.csv")}
    return Sample(
        name,
        {(r["table"], r["row"], r["col"]): r["value"] for r in read_csv(folder / "amounts.csv")},
        names | layout.get("subjects", {}),
        json.loads((folder / "profile.json").read_text()),
        layout,
        (folder / "prose.txt").read_text().splitlines(),
    )


def read_layout(name: str) -> dict:
    own = tomllib.loads((FIGURES / name / "layout.toml").read_text())
    return merge(read_layout(own["like"]), own) if "like" in own else own


def merge(base: dict, own: dict) -> dict:
    both = [key for key in base if isinstance(base[key], dict) and isinstance(own.get(key), dict)]
    return base | own | {key: merge(base[key], own[key]) for key in both}


def read_csv(path):
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def sample_names():
    return sorted(path.parent.name for path in FIGURES.glob("*/layout.toml"))


def printed(value: str, style: dict) -> str:
    """The amount in the style of this publisher. A value without a decimal point is a count and is not changed."""
    if value == "--":
        return style.get("dash", "——")
    if "." not in value:
        return value
    number = Decimal(value) * FACTOR[style.get("unit", "万元")]
    if number == 0:
        return style.get("zero", "0.00")
    return f"{number:,.2f}" if style.get("thousands") else f"{number:.2f}"
