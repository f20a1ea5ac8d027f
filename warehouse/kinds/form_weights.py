"""The numbers that decide how a performance form is read: `warehouse/kinds/forms/weights.toml`.

What each of them means and which form fixed it stands there.
"""

from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from warehouse.kinds.declared import Declared, read_declaration
from warehouse.kinds.form_declarations import FOLDER, IndicatorColumn, MoneyColumn

FILE = FOLDER / "weights.toml"
Fit = Annotated[float, Field(strict=True, ge=-10, le=10)]
Cost = Annotated[float, Field(strict=True, ge=-10, le=0)]
Share = Annotated[float, Field(strict=True, gt=0, le=1)]
Count = Annotated[int, Field(strict=True, ge=1, le=1000)]
Envelope = Annotated[Decimal, Field(gt=0, lt=1)]


class Borders(Declared):
    """What it costs to join pieces and to stand away from the header. `reach`: columns; None without a limit."""

    another_piece: Cost
    column_off: Cost
    reach: Count | None = None


class TornBorders(Borders):
    unknown_level: Cost


class Alignment(Declared):
    left_out: Cost
    pieces_at_most: Count
    farthest: Count
    cells_at_most: Count
    whole: Borders
    torn: TornBorders


class Missing(Declared):
    """Column → the cost of leaving it empty; none for a column that is not named."""

    money: dict[Literal["row_label"] | MoneyColumn, Cost]
    management: dict[Literal["item", "weight", "score"], Cost]
    indicators: dict[IndicatorColumn, Cost]
    goals: dict[Literal["expected", "achieved"], Cost]


class MoneyFit(Declared):
    known_label: Fit
    other_label: Fit
    reason: Fit
    dash_of_execution: Fit
    dash_of_amount: Fit
    percentage: Fit
    number: Fit


class ManagementFit(Declared):
    known_item: Fit
    other_item: Fit
    points: Fit
    words: Fit


class WordsFit(Declared):
    """`words`, and up to 1 more for a text of `longest` characters."""

    words: Fit
    longest: Count


class LevelFit(Declared):
    known: Fit
    other_level1: Fit
    other_level2: Fit
    name: Fit
    unlikely_name: Fit
    shortest_name: Count


class InitialTargetFit(Declared):
    template: Fit
    words: Fit
    longest_words: Count
    other: Fit


class TargetFit(Declared):
    operator_and_number: Fit
    operator: Fit
    achievement: Fit
    quantity: Fit
    words: Fit
    number: Fit


class ActualFit(Declared):
    achievement: Fit
    quantity: Fit
    words: Fit
    number: Fit


class PointsFit(Declared):
    points: Fit
    exact_deviation: Fit
    other_deviation: Fit


class Fits(Declared):
    """How well a text fits its column, by what it prints."""

    money: MoneyFit
    management: ManagementFit
    goals: WordsFit
    levels: LevelFit
    initial_target: InitialTargetFit
    target: TargetFit
    actual: ActualFit
    points: PointsFit
    reason: WordsFit


class Rows(Declared):
    """Which rows are headers, names and indicators; characters, cells and rows."""

    longest_label: Count
    pieces_of_label: Count
    cells_of_indicator: Count
    cells_of_unscored_indicator: Count
    cells_of_tail: Count
    most_points: Count
    decimals_of_points: Count


class Boundaries(Declared):
    """Where a form begins; rows and lines above it, and characters of them."""

    head_rows: Count
    title_lines: Count
    lines_of_title: Count
    lines_of_year: Count
    longest_year_line: Count
    shortest_name_in_title: Count


class Names(Declared):
    alike: Share
    ahead: Share
    shortest_body: Count
    elsewhere: Count
    shortest_unit: Count


class Torn(Declared):
    """When a document is torn, and how much of a text must be left."""

    forms_per_torn: Count
    cut_labels: Count
    repeated_beginning: Count
    part_of_level1: Count
    part_of_level2: Count
    part_of_item: Count
    part_of_source: Count
    rows_in_one_cell: Count
    labels_at_most: Count
    combinations_at_most: Count


class Proofs(Declared):
    full_mark: Decimal
    execution_weight: Decimal
    full_score_from_rate: tuple[Decimal, ...] = Field(min_length=1)
    rate_envelope: Envelope
    score_envelope: Envelope
    deviation_envelope: Envelope


class FormWeights(Declared):
    alignment: Alignment
    missing: Missing
    fit: Fits
    rows: Rows
    boundaries: Boundaries
    names: Names
    torn: Torn
    proofs: Proofs


@cache  # read once per process
def form_weights() -> FormWeights:
    """Raises DeclarationError naming file, key and fault."""
    return read_declaration(FILE, FormWeights)
