"""A standard table: its titles, how it is laid out, its measures and the rows of its form that are no subjects.

One file in the folder `tables` of a kind each. Headings and rows are compared as `characters.comparable` makes
them; a path of headings is written `parent/leaf`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from warehouse.kinds.declared import Declared, Pattern, heading, headings, read_declaration
from warehouse.kinds.sheets import MeasureShown, SheetDeclared, SheetLayout, sheet_faults, sheet_layout
from warehouse.kinds.wordings import classifications, table_words

PERCENT = "%"
SHAPES = {
    "keyed_rows": {"key", "measures"},
    "sides": {"measures"},
    "code_groups": {"key", "measures", "rows", "key_columns"},
    "stages_by_items": {"row_key", "stages", "items"},
    "items": {"measures"},
    "items_of_units": {"row_key", "stages", "items"},
    "levels": {"measures"},
    "several_keys": {"key", "measures"},
}
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
MeasureName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*([.:]\S+)?$")]
RowKind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\+[a-z_]+)*$")]
SideName = Literal["income", "expenditure"]
Sums = Literal["items", "side"]  # of its side: the items above it, or that sum and the balances below it


def _known_classification(name: str) -> str:
    if name not in classifications():
        raise ValueError(f"{name} is none of the classifications in codes.toml: {', '.join(classifications())}")
    return name


Classification = Annotated[str, AfterValidator(_known_classification)]


class MeasureDeclared(Declared):
    """A column of amounts. `called` is what an explanation calls it, the label where it says nothing.

    `stands_for`: it is that measure in documents none of whose tables prints a column of that name.
    """

    name: MeasureName
    label: str
    headers: tuple[str, ...]
    side: SideName | None = None
    called: str | None = None
    stands_for: Key | None = None
    unit: str | None = None  # of numbers that are no amounts: %
    is_optional: bool = False  # few publishers print it, and beside the measures of the form only


class ColumnGroupDeclared(Declared):
    """Columns below a heading that says of which year their money is: the measures `name.measure`.

    `whole` is the measure of a column that is not divided, or of the 小计. `is_plain_alone`: its measures are the plain
    ones where the columns of no other group are divided.
    """

    name: Key
    label: str
    headers: tuple[str, ...]
    whole: MeasureName
    is_plain_alone: bool = False


class RowDeclared(Declared):
    """A row that is no subject. Its label is the form's; `wordings` are what publishers print besides.

    `row_key` is how mart.amount spells it, where that is not side and printed name; `other_row_keys` are those of the
    same row in other layouts. `called` is what an explanation calls it before the name of one of its details.
    """

    key: Key
    label: str
    wordings: tuple[str, ...] = ()
    side: SideName | None = None
    row_key: str | None = None
    other_row_keys: tuple[str, ...] = ()
    under: Key | None = None  # a detail of that row, printed below it under a name that other rows have too
    part_of: Key | None = None  # one of the rows that add up to that row
    sums: Sums | None = None
    called: str | None = None
    is_needed: bool = False  # without it the form was not read whole


class StageDeclared(Declared):
    key: Key
    label: str
    headers: tuple[str, ...]


class ItemDeclared(Declared):
    key: Key
    label: str
    headers: tuple[str, ...]
    called: str | None = None
    is_needed: bool = False  # without it a list of items is not taken for this table
    is_optional: bool = False  # nothing is missing where it is not printed
    parts: tuple[Key, ...] = ()  # the items that add up to it


class BlockDeclared(Declared):
    """A list of items in a table that has more lists than income and expenditure, told by the heading above its items.

    Its amounts are those of the side expenditure. `is_told_alone`: its heading tells it also where it is the only list
    beside the income.
    """

    name: Key
    heading: Pattern
    is_told_alone: bool = False


class FundDeclared(Declared):
    """Headings of columns that hold a part of each measure: that which one of the budgets pays."""

    key: Key
    headers: tuple[str, ...]


class CountUnitDeclared(Declared):
    unit: str
    containing: tuple[str, ...]


class WholeOf(Declared):
    """What the tables `tables` print of `measure` on a code is part of this table, which has that row too."""

    tables: tuple[str, ...] = Field(min_length=1)
    measure: Key


class PartOf(Declared):
    """The amounts of this table are part of each of the cells `whole`, written `table/row`.

    Where they are larger, or many times larger than `rule` allows, the printed unit is in doubt.
    """

    whole: tuple[Annotated[str, StringConstraints(pattern=r"^\w+/\w+$")], ...]
    rule: str


class TableDeclared(Declared):
    code: str
    number: str  # printed on the form: 公开01表
    name: str
    titles: tuple[str, ...]
    shape: Literal[
        "keyed_rows", "sides", "code_groups", "stages_by_items", "items", "items_of_units", "levels", "several_keys"
    ]
    key: Classification | None = None
    keys_beside: tuple[Classification, ...] = ()  # classifications whose codes may stand beside those of `key`
    row_key: str | None = None
    row_identity: str | None = None
    row_identity_side: SideName | None = None
    row_balance: str | None = None  # opening + income = spent + closing
    measures: tuple[MeasureDeclared, ...] = ()
    column_groups: tuple[ColumnGroupDeclared, ...] = ()
    rows: tuple[RowDeclared, ...] = ()
    class_rows: tuple[str, ...] = ()  # functional 类 by names that the reference lists do not have
    stages: tuple[StageDeclared, ...] = ()
    items: tuple[ItemDeclared, ...] = ()
    funds: tuple[FundDeclared, ...] = ()  # behind the name of a measure: budget_total.government_fund
    outer_level: Pattern | None = None  # names that stand above others of the same column: 货物 above units
    blocks: tuple[BlockDeclared, ...] = ()  # of a table with sides: its lists besides income and expenditure
    count_units: tuple[CountUnitDeclared, ...] = ()
    key_columns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    needed: tuple[Key, ...] = ()  # measures without which the form was not read whole
    whole_of: WholeOf | None = None
    part_of: PartOf | None = None
    is_optional: bool = False  # printed in some provinces only: nothing is missing where it is absent
    row_kind: RowKind | None = None  # what the rows are told apart by where it is no code, such as unit or unit+project
    open_measures: tuple[str, ...] = ()  # beginnings of the names of columns that no form fixes, such as other:
    sheet: SheetDeclared = SheetDeclared()  # of the workbook; no reading depends on it

    @model_validator(mode="after")
    def is_sound(self) -> "TableDeclared":
        for fault in _faults(self):
            raise ValueError(fault)
        return self


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    label: str
    called: str
    headers: frozenset[str]
    side: str | None = None
    stands_for: str | None = None
    unit: str | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """`headers` are comparable."""

    name: str
    label: str
    headers: frozenset[str]
    whole: str
    is_plain_alone: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`wordings` are comparable, the label among them; of a detail they hold the row above: `parent/detail`."""

    key: str
    label: str
    row_key: str
    wordings: frozenset[str]
    side: str | None = None
    under: str | None = None
    part_of: str | None = None
    sums: Sums | None = None
    called: str | None = None
    is_needed: bool = False
    other_row_keys: tuple[str, ...] = ()

    def is_named(self, name: str) -> bool:
        """Whether a printed name is one of its wordings."""
        return heading(name) in self.wordings


@dataclass(frozen=True, slots=True)
class Identity:
    """`total` = the sum of `parts`, row by row."""

    total: str
    parts: tuple[str, ...]


Sides = tuple[tuple[str, ...], tuple[str, ...]]  # the measures on both sides of an equation of one row


@dataclass(frozen=True, slots=True)
class CountUnit:
    unit: str
    containing: tuple[str, ...]


class Titles(dict[str, str]):
    """Comparable titles, each with what it is the title of. Nothing is added to them once they are made."""

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Every number of characters that a title has, the largest first."""
        return tuple(sorted(set(map(len, self)), reverse=True))

    @cached_property
    def last_characters(self) -> frozenset[str]:
        return frozenset(title[-1] for title in self)


@dataclass(frozen=True, eq=False)
class StandardTable:
    """One standard table; two are the same only if they are one object."""

    code: str
    number: str
    name: str
    titles: frozenset[str]
    shape: str
    measures: tuple[Measure, ...]
    rows: tuple[Row, ...]
    key: str | None
    row_key: str | None
    row_identity: Identity | None
    row_identity_side: str | None
    row_balance: Sides | None
    ignored: frozenset[str]
    class_rows: frozenset[str]
    key_columns: Mapping[str, frozenset[str]]
    stages: Mapping[str, tuple[str, ...]]  # stage → its headings; the first that is printed counts
    items: Mapping[str, frozenset[str]]
    stage_labels: Mapping[str, str]
    needed_items: frozenset[str]
    optional_items: frozenset[str]
    item_parts: Mapping[str, tuple[str, ...]]  # the items that add up to an item
    items_called: Mapping[str, str]  # what an explanation calls an item
    count_units: tuple[CountUnit, ...]
    needed: tuple[str, ...]
    is_optional: bool
    kind_words: tuple[str, ...]  # in the headings of the table's own year
    whole_of: WholeOf | None
    part_of: PartOf | None
    sheet: SheetLayout
    open_measures: tuple[str, ...] = ()
    row_kind: RowKind | None = None
    blocks: tuple[BlockDeclared, ...] = ()
    funds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    outer_level: Pattern | None = None
    keys_beside: tuple[str, ...] = ()
    column_groups: tuple[ColumnGroup, ...] = ()

    def measure_of(self, stage: str, item: str) -> str:
        """The measure of an item at a stage."""
        return f"{stage}_{item}"

    @cached_property
    def usual_items(self) -> tuple[str, ...]:
        """Those that every form prints, in its order."""
        return tuple(item for item in self.items if item not in self.optional_items)

    def unit_of(self, name: str) -> str | None:
        """The unit of a measure whose numbers are no money; % of a column that no form fixes and that says so."""
        return self._units.get(name) or (PERCENT if self._is_open_percentage(name) else None)

    def _is_open_percentage(self, name: str) -> bool:
        return name.startswith(self.open_measures) and bool(table_words().percentages.search(name))

    @cached_property
    def _units(self) -> dict[str, str]:
        return {measure.name: measure.unit for measure in self.measures if measure.unit}

    def items_lacking(self, there: Collection[str]) -> list[str]:
        """The usual items that are not there; a sum is not lacking where all its parts are."""
        absent = [item for item in self.usual_items if item not in there]
        return [item for item in absent if not self.parts_within(item, there)]

    def parts_within(self, item: str, there: Collection[str]) -> list[str]:
        """The items of `there` that add up to an item; none where a part is not there."""
        found = [[part] if part in there else self.parts_within(part, there) for part in self.item_parts[item]]
        return [one for each in found for one in each] if all(found) else []

    def heading_of(self, name: str) -> str:
        """One printed heading of a measure or an item."""
        headers = {measure.name: measure.headers for measure in self.measures} | dict(self.items)
        return min(headers.get(name, {name}), key=lambda text: (len(text), text))

    def label_of(self, name: str) -> str:
        """The Chinese word for a measure, also for one of a column that no form fixes."""
        if name in self._labels:
            return self._labels[name]
        before, _, rest = name.partition(".")
        if rest in self.funds:
            return f"{self.label_of(before)}（{min(self.funds[rest], key=lambda text: (len(text), text))}）"
        if before in self._group_labels:
            return f"{self._group_labels[before]}：{self.label_of(rest)}"
        prefix = next(filter(name.startswith, self.open_measures), "")
        stage = self.stage_labels.get(prefix.removesuffix("_"))
        return f"{stage}：{name.removeprefix(prefix)}" if stage else name.removeprefix(prefix)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {measure.name: measure.label for measure in self.measures}

    @cached_property
    def _group_labels(self) -> dict[str, str]:
        return {group.name: group.label for group in self.column_groups}

    @property
    def number_or_name(self) -> str:
        """公开01表; the name of a table that has no number in the form."""
        return self.number or self.name

    def called(self, name: str) -> str:
        """What an explanation calls a measure or an item; the name itself where it is neither."""
        is_open = name.startswith(self.open_measures) and name not in self._labels
        return self._called.get(name, self.label_of(name) if is_open else name)

    @cached_property
    def _called(self) -> dict[str, str]:
        return {**self.items_called, **{measure.name: measure.called for measure in self.measures}}

    def on_side(self, side: str | None) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.side == side)

    @cached_property
    def measure_names(self) -> tuple[str, ...]:
        """Those of the amounts, in the order of the form."""
        return tuple(dict.fromkeys(measure.name for measure in self.measures))

    @property
    def has_rows_of_units(self) -> bool:
        """Whether publishers choose what its rows are told apart by: a unit may be."""
        return self.shape == "several_keys" or "unit" in self.row_key_kind.split("+")

    @property
    def total_measure(self) -> str:
        """The measure that sums a row; of a table without such an identity the first."""
        return self.row_identity.total if self.row_identity else self.measure_names[0]

    @cached_property
    def row_equations(self) -> tuple[Sides, ...]:
        """What holds in each row of the form."""
        identity, balance = self.row_identity, self.row_balance
        return (*([((identity.total,), identity.parts)] if identity else []), *([balance] if balance else []))

    @cached_property
    def totals(self) -> dict[str, frozenset[str]]:
        """Row key → wordings of the totals that the groups of a list have."""
        return {row.row_key: row.wordings for row in self.rows} if self.shape == "code_groups" else {}

    @property
    def grand_total(self) -> str | None:
        """The row key of the total over all groups of a list; the totals of the groups are the others."""
        return self._rows_by_key["total"].row_key if "total" in self._rows_by_key else None

    @cached_property
    def needed_rows(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_needed)

    @cached_property
    def item_wordings(self) -> frozenset[str]:
        """Comparable names of the rows of the form, details without the row above them."""
        return frozenset(wording.rpartition("/")[2] for row in self.rows for wording in row.wordings)

    def rows_with_details(self, side: str) -> tuple[Row, ...]:
        return self._rows_with_details.get(side, ())

    @cached_property
    def _rows_with_details(self) -> dict[str | None, tuple[Row, ...]]:
        above = {row.under for row in self.rows}
        sides = dict.fromkeys(row.side for row in self.rows)
        return {side: tuple(row for row in self.rows if row.key in above and row.side == side) for side in sides}

    def details_of(self, above: Row) -> frozenset[str]:
        """Comparable names of the details of a row, without the name of that row."""
        details = (row for row in self.rows if row.under == above.key)
        return frozenset(wording.rpartition("/")[2] for row in details for wording in row.wordings)

    def item_of(self, row_key: str) -> str | None:
        """The key of the row that a row key of mart.amount means; None of a subject or an unknown wording."""
        return self.item_names.get(comparable_row(row_key))

    @cached_property
    def item_names(self) -> Mapping[str, str]:
        """Row key as `comparable_row` makes it → key of the row, of every wording."""
        of_sides = {f"{row.side}:{wording}": row.key for row in self.rows if row.side for wording in row.wordings}
        others = [row for row in self.form_rows if not row.side]
        by_name = {wording: row.key for row in others if self.shape == "items" for wording in row.wordings}
        by_key = {comparable_row(key): row.key for row in others for key in (row.row_key, *row.other_row_keys)}
        return of_sides | by_name | by_key

    @cached_property
    def form_rows(self) -> tuple[Row, ...]:
        """The rows that are no subjects, in the order of the form; of a table of one row that row."""
        if not self.row_key or any(row.row_key == self.row_key for row in self.rows):
            return self.rows
        return (*self.rows, Row(self.row_key, self.name, self.row_key, frozenset({heading(self.name)})))

    @property
    def row_key_kind(self) -> str:
        """What the rows are told apart by: functional_code, economic_code, item, all."""
        return self.row_kind or self.key or self.row_key or "item"

    def has_row(self, key: str) -> bool:
        return key in self._rows_by_key

    def row(self, key: str) -> Row:
        """Raises KeyError."""
        return self._rows_by_key[key]

    @cached_property
    def _rows_by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.form_rows}


def comparable_row(row_key: str) -> str:
    """A row key of mart.amount for comparing: its side as it is, the name made comparable."""
    side, colon, name = row_key.partition(":")
    return f"{side}:{heading(name)}" if colon else heading(row_key)


def read_table(path: Path, kind_words: tuple[str, ...] = (), before_titles: tuple[str, ...] = ()) -> StandardTable:
    """`kind_words` are those that name its kind of document, `before_titles` what may be printed in front of a title.

    Raises DeclarationError naming file, key and fault.
    """
    declared = read_declaration(path, TableDeclared)
    shown = _shown(declared)
    return StandardTable(
        code=declared.code,
        number=declared.number,
        name=declared.name,
        titles=headings(before + title for before in ("", *before_titles) for title in declared.titles),
        shape=declared.shape,
        measures=tuple(_measures(declared)),
        rows=tuple(_rows(declared)),
        key=declared.key,
        row_key=declared.row_key,
        row_identity=_identity(declared.row_identity) if declared.row_identity else None,
        row_identity_side=declared.row_identity_side,
        row_balance=_sides(declared.row_balance) if declared.row_balance else None,
        ignored=headings(declared.ignored),
        class_rows=headings(declared.class_rows),
        key_columns={key: headings(names) for key, names in declared.key_columns.items()},
        stages={stage.key: tuple(map(heading, stage.headers)) for stage in declared.stages},
        stage_labels={stage.key: stage.label for stage in declared.stages},
        needed_items=frozenset(item.key for item in declared.items if item.is_needed),
        items={item.key: headings(item.headers) for item in declared.items},
        optional_items=frozenset(item.key for item in declared.items if item.is_optional),
        item_parts={item.key: item.parts for item in declared.items},
        items_called={item.key: item.called or item.label for item in declared.items},
        count_units=tuple(CountUnit(unit.unit, tuple(map(heading, unit.containing))) for unit in declared.count_units),
        needed=tuple(declared.needed),
        is_optional=declared.is_optional,
        open_measures=declared.open_measures,
        blocks=declared.blocks,
        outer_level=declared.outer_level,
        funds={fund.key: headings(fund.headers) for fund in declared.funds},
        keys_beside=declared.keys_beside,
        column_groups=tuple(
            ColumnGroup(one.name, one.label, headings(one.headers), one.whole, one.is_plain_alone)
            for one in declared.column_groups
        ),
        row_kind=declared.row_kind,
        kind_words=kind_words,
        whole_of=declared.whole_of,
        part_of=declared.part_of,
        sheet=sheet_layout(declared.sheet, declared.code, declared.number, declared.name, declared.shape, shown),
    )


def _measures(declared: TableDeclared) -> Iterator[Measure]:
    """Those declared; of groups of columns each within each, of stages and items each pair."""
    for one in declared.measures:
        called = one.label if one.called is None else one.called
        yield Measure(
            one.name, one.label, called, headings(one.headers), one.side, one.stands_for, one.unit, one.is_optional
        )
    for group in declared.column_groups:
        for one in declared.measures:
            label = f"{group.label}：{one.label}"
            yield Measure(f"{group.name}.{one.name}", label, label, frozenset())
    for stage in declared.stages:
        for item in declared.items:
            called = f"{item.called or item.label}{stage.label}"
            yield Measure(f"{stage.key}_{item.key}", f"{stage.label}：{item.label}", called, frozenset())


def _shown(declared: TableDeclared) -> tuple[MeasureShown, ...]:
    optional = {f"{stage.key}_{item.key}" for stage in declared.stages for item in declared.items if item.is_optional}
    optional |= {one.name for one in declared.measures if one.is_optional}
    if declared.shape in ("several_keys", "levels"):
        optional |= {one.name for one in _measures(declared)} - set(declared.needed)
    measures = _measures(declared)
    return tuple(MeasureShown(one.name, one.label, one.side, one.name in optional) for one in measures)


def _rows(declared: TableDeclared) -> Iterator[Row]:
    above = {row.key: row for row in declared.rows}
    for row in declared.rows:
        names = {heading(text) for text in (row.label, *row.wordings)}
        label = row.label
        if row.under:
            parent = above[row.under]
            names = {f"{heading(text)}/{name}" for text in (parent.label, *parent.wordings) for name in names}
            label = f"{parent.label}/{row.label}"
        row_key = row.row_key or (f"{row.side}:{label}" if row.side else label)
        yield Row(
            key=row.key,
            label=row.label,
            row_key=row_key,
            wordings=frozenset(names),
            side=row.side,
            under=row.under,
            part_of=row.part_of,
            sums=row.sums,
            called=row.called,
            is_needed=row.is_needed,
            other_row_keys=row.other_row_keys,
        )


def _identity(text: str) -> Identity:
    (total,), parts = _sides(text)
    return Identity(total, parts)


def _sides(text: str) -> Sides:
    left, _, right = text.partition("=")
    return _added(left), _added(right)


def _added(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("+"))


def _faults(declared: TableDeclared) -> Iterator[str]:
    for key in sorted(SHAPES[declared.shape]):
        if not getattr(declared, key):
            yield f"shape {declared.shape} needs {key}"
    yield from _measure_faults(declared)
    yield from _row_faults(declared)
    yield from _item_faults(declared)
    yield from sheet_faults(declared.sheet, declared.shape, _shown(declared))


def _measure_faults(declared: TableDeclared) -> Iterator[str]:
    seen: dict[tuple[str | None, str], str] = {}
    for measure in declared.measures:
        for text in measure.headers:
            other = seen.setdefault((measure.side, heading(text)), measure.name)
            if other != measure.name:
                yield f"heading {text} means both {other} and {measure.name}"
    names = {measure.name for measure in declared.measures}
    for name in sorted(set(declared.needed) - names):
        yield f"needed names {name}, which is no measure"
    if declared.row_identity:
        identity = _identity(declared.row_identity)
        for name in sorted({identity.total, *identity.parts} - names):
            yield f"row_identity names {name}, which is no measure"
    if declared.row_balance:
        left, right = _sides(declared.row_balance)
        for name in sorted({*left, *right} - names):
            yield f"row_balance names {name}, which is no measure"


def _item_faults(declared: TableDeclared) -> Iterator[str]:
    keys = {item.key for item in declared.items}
    for item in declared.items:
        for part in sorted(set(item.parts) - keys):
            yield f"item {item.key} has the part {part}, which is no item"


def _row_faults(declared: TableDeclared) -> Iterator[str]:
    keys = [row.key for row in declared.rows]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"row {key} is declared twice"
    for row in declared.rows:
        if row.under and row.under not in keys:
            yield f"row {row.key} stands under {row.under}, which is no row"
        if row.part_of and row.part_of not in keys:
            yield f"row {row.key} is part of {row.part_of}, which is no row"
        if declared.shape == "sides" and row.side is None:
            yield f"row {row.key} has no side"
    seen: dict[tuple[str | None, str | None, str], str] = {}
    for row in declared.rows:
        for text in (row.label, *row.wordings):
            other = seen.setdefault((row.side, row.under, heading(text)), row.key)
            if other != row.key:
                yield f"row {text} means both {other} and {row.key}"
