"""The numbers by which bodies and years are compared: what each is called and where it stands. File metrics.toml.

Whatever compares reads the metrics from the database, which every upgrade fills with these.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from warehouse.kinds.declared import DeclarationError, Declared, read_declaration
from warehouse.kinds.tables import Key, SideName, StandardTable

FILE = "metrics.toml"
AMOUNT, PERSONS = "万元", "人"
OF_DIVISION = ("population", "price_index")  # what a metric is divided by that no document prints
OF_NARRATIVE = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+/[^/]+/[a-z0-9_]+$")]


class FamilyDeclared(Declared):
    """With a classification the family has a metric of every code, in one column of a table."""

    key: Key
    label: str
    prefix: str | None = None
    classification: Literal["functional", "economic"] | None = None
    side: SideName | None = None
    table: str | None = None
    measure: Key | None = None

    @model_validator(mode="after")
    def is_complete(self) -> "FamilyDeclared":
        given = {self.prefix is None, self.classification is None, self.table is None, self.measure is None}
        if len(given) > 1:
            raise ValueError("prefix, classification, table and measure go together")
        return self


class MetricDeclared(Declared):
    key: Key
    label: str
    family: Key
    side: SideName | None = None
    unit: str = AMOUNT
    table: str | None = None
    item: Key | None = None
    measure: Key | None = None
    stated: tuple[OF_NARRATIVE, ...] = ()
    of: Key | None = None
    per: Key | None = None
    is_usual: bool = False

    @property
    def places(self) -> Iterator[tuple[str, str, str]]:
        """Where it is stated, or what it is computed from, in order, as kind, subject and measure."""
        for figure in self.stated:
            kind, subject, measure = figure.split("/")
            yield kind, subject, measure
        if self.of and self.per:
            yield "quotient", self.of, self.per

    @model_validator(mode="after")
    def is_somewhere(self) -> "MetricDeclared":
        if len({self.table is None, self.item is None, self.measure is None}) > 1:
            raise ValueError("table, item and measure go together")
        if (self.of is None) != (self.per is None):
            raise ValueError("of and per go together")
        if self.of and (self.table or self.stated):
            raise ValueError("it is either printed or computed")
        if not (self.table or self.stated or self.of):
            raise ValueError("it stands neither in a table nor in the narrative")
        return self


class MetricsDeclared(Declared):
    families: tuple[FamilyDeclared, ...] = Field(min_length=1)
    metrics: tuple[MetricDeclared, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Both in the order in which they are shown."""

    families: tuple[FamilyDeclared, ...] = ()
    metrics: tuple[MetricDeclared, ...] = ()


NO_METRICS = Metrics()


def read_metrics(folder: Path, tables: tuple[StandardTable, ...]) -> Metrics:
    """The metrics of a kind, none where its folder has no such file. Raises DeclarationError."""
    path = folder / FILE
    if not path.exists():
        return NO_METRICS
    declared = read_declaration(path, MetricsDeclared)
    for fault in _faults(declared, {table.code: table for table in tables}):
        raise DeclarationError(f"{path.name}: {fault}")
    return Metrics(declared.families, declared.metrics)


def _faults(declared: MetricsDeclared, tables: dict[str, StandardTable]) -> Iterator[str]:
    for what, keys in (
        ("family", [family.key for family in declared.families]),
        ("metric", [metric.key for metric in declared.metrics]),
    ):
        yield from (f"{what} {key} is declared twice" for key in sorted({key for key in keys if keys.count(key) > 1}))
    families = {family.key for family in declared.families}
    for metric in declared.metrics:
        if metric.family not in families:
            yield f"metric {metric.key}: family {metric.family} is not declared"
    yield from _quotient_faults({metric.key: metric for metric in declared.metrics})
    placed: list[FamilyDeclared | MetricDeclared] = [*declared.families, *declared.metrics]
    for one in placed:
        if one.table is not None:
            yield from _place_faults(one, tables)


def _quotient_faults(metrics: dict[str, MetricDeclared]) -> Iterator[str]:
    printed = {key: metric.unit for key, metric in metrics.items() if metric.of is None}
    for metric in metrics.values():
        if metric.of and printed.get(metric.of) != AMOUNT:
            yield f"metric {metric.key}: {metric.of} is no printed amount"
        if metric.per and metric.per not in OF_DIVISION and printed.get(metric.per) != PERSONS:
            yield f"metric {metric.key}: {metric.per} is no number of persons"


def _place_faults(one: FamilyDeclared | MetricDeclared, tables: dict[str, StandardTable]) -> Iterator[str]:
    table = tables.get(one.table or "")
    if table is None:
        yield f"{one.key}: {one.table} is no table of this kind"
        return
    if one.measure not in table.measure_names:
        yield f"{one.key}: {one.measure} is no measure of {table.code}"
    if isinstance(one, MetricDeclared) and one.item not in {row.key for row in table.form_rows}:
        yield f"{one.key}: {one.item} is no row of {table.code}"
