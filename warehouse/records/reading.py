"""What crosses the boundary between reading and storing: plain, frozen values.

`ingest` makes an `Extraction` of a file without a database; `warehouse.load.document` stores it without
knowing how it was read. Every amount carries its printed text and its place on the page.
`KEY_FIELDS` names the fields of which no two records of an extraction have the same values; forms, their funds and
their management items are told apart by their order.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Protocol

from warehouse.records.doubts import DoubtKind
from warehouse.records.labelled import Labelled
from warehouse.records.places import NOWHERE, Place, Placed
from warehouse.records.successions import StatedSuccession

LARGEST_AMOUNT = Decimal(10) ** 14  # yuan; the whole of China's fiscal expenditure is 3 × 10¹³
WITH_PICTURES = "+ocr"  # ends the version of a parser that reads pages that are pictures


class Presence(StrEnum):
    """What stands in an amount cell. A blank, a printed 0 and a dash are three statements."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"


class Status(Labelled):
    """How far the stored value can be taken for the printed one."""

    AS_PRINTED = "as_printed", "如印"
    REPAIRED = "repaired", "有据修复"  # differs from the printed text; proved by the same document
    # Recognised in a picture, by two models alike, and a sum of the same document comes out exactly with it.
    CONFIRMED = "confirmed", "图像识别，已证实"
    DOUBTFUL = "doubtful", "存疑"  # could not be proved; a doubt row says why


class Origin(Labelled):
    """What a value was read from. What comes from a picture is never `as_printed`."""

    TEXT = "text", "文字"
    PICTURE = "picture", "图像"


class TableStatus(Labelled):
    """What a disclosure shows of one standard table."""

    PRESENT = "present", "有数"
    # Figures were read; rows or columns that the form has, or that a doubt names, are missing.
    PARTIAL = "partial", "有数，未能全部读出"
    EMPTY_WITH_STATEMENT = "empty_with_statement", "声明无数据"  # no amount, and 本表无数据 or the like is printed
    BLANK = "blank", "空表"  # the form stands there without an amount and without a statement
    ABSENT = "absent", "未见"
    UNRECOGNISED = "unrecognised", "有表名而无法读出"  # its title is printed, its grid could not be read


class Scope(Labelled):
    """Whose money the accounts show."""

    DEPARTMENT = "department", "部门口径（含所属单位）"
    UNIT = "unit", "单位口径（本级）"


class Level(Labelled):
    """Of the government whose body it is."""

    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"


class FileRole(Labelled):
    """What a file is of its disclosure."""

    MAIN = "main", "正文"  # the first one: the columns of mart.disclosure about a file are those of this one
    ATTACHMENT = "attachment", "附件"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a disclosure. `sha256` is lower-case hex of its bytes, `pages` is None for text."""

    name: str
    sha256: str
    format: str  # pdf | text
    size: int  # bytes
    pages: int | None = None
    url: str | None = None
    role: FileRole = FileRole.MAIN


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: the main file of a disclosure, and its other files where there are any.

    `archive` is the name of the ZIP archive that was given and holds these files and no other disclosure.
    """

    name: str
    sha256: str
    format: str
    size: int
    pages: int | None = None
    url: str | None = None
    attachments: tuple[SourceFile, ...] = ()
    archive: str | None = None

    @classmethod
    def of(cls, main: SourceFile, attachments: tuple[SourceFile, ...] = ()) -> "Source":
        return cls(main.name, main.sha256, main.format, main.size, main.pages, main.url, attachments)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """All files in their order: the first is file_no 1."""
        main = SourceFile(self.name, self.sha256, self.format, self.size, self.pages, self.url)
        return main, *self.attachments

    @property
    def identity(self) -> str:
        """What tells these files from all others: the SHA-256 of the one file, or of the list of several."""
        return hashlib.sha256(parts_list(self.files)).hexdigest() if self.attachments else self.sha256


class ListedFile(Protocol):
    """What the list of parts says of a file."""

    @property
    def role(self) -> FileRole: ...

    @property
    def sha256(self) -> str: ...


def parts_list(files: Iterable[ListedFile]) -> bytes:
    """The list that says which files are one disclosure: a line per file with its role and SHA-256, in their order."""
    lines = ("juesuan parts 1", *(f"{file.role} {file.sha256}" for file in files))
    return "".join(f"{line}\n" for line in lines).encode("ascii")


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose accounts these are. None means: not printed, or not certain (then a doubt says so)."""

    department: str | None
    department_kind: str | None
    fiscal_year: int | None
    kind: str  # of document: the name of its folder in warehouse/kinds
    scope: Scope | None
    province: str | None = None
    city: str | None = None
    county: str | None = None
    division_code: str | None = None  # six digits of the body's own jurisdiction
    jurisdiction_level: Level | None = None
    published_on: date | None = None  # first of the month where only the month is printed
    published_printed: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)  # profile field → printed text it rests on


@dataclass(frozen=True, slots=True)
class TableFound:
    """One standard table of a document; exactly one per code of its kind, absent ones included."""

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("table_code",)

    table_code: str
    status: TableStatus
    title: str | None = None  # as printed
    first_page: int | None = None
    last_page: int | None = None
    printed_unit: str | None = None  # 元 | 万元 | 亿元
    statement: str | None = None  # the printed sentence of an empty table
    is_whole: bool = True  # False: some row or column of it could not be read
    evidence: tuple[str, ...] = ()  # why it was taken for this table, in words
    unread_rows: tuple[str, ...] = ()  # printed text of rows with amounts of which no key could be told
    unread_columns: tuple[str, ...] = ()  # printed headings of columns with amounts that are no measure of ours
    is_unit_certain: bool = True  # False: nothing printed tells the unit, so no amount of it may be compared
    file_no: int = 1  # of the disclosure, in which it stands


@dataclass(frozen=True, slots=True)
class Amount(Placed):
    """One amount cell.

    `value` is exact, in yuan where `value_unit` is 元, else a count in that unit (辆, 台). It is None
    where the cell is blank or a dash, or where a damaged number could not be settled.
    `row_no` and `column_no` count from 1 within the joined table. `stored_value`, in `printed_unit`, is what a cell of
    a sheet stores, if that is another number than the one it shows.
    """

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("table_code", "row_key", "measure")

    table_code: str
    row_key: str  # code digits | TOTAL | PERSONNEL_TOTAL | income:… | expenditure:… | all
    row_label: str  # printed name, white space removed
    measure: str
    value: Decimal | None
    value_unit: str
    presence: Presence
    status: Status
    printed: str
    printed_unit: str
    row_no: int
    column_no: int
    place: Place = NOWHERE
    functional_code: str | None = None
    economic_code: str | None = None
    repair_reason: str | None = None  # required unless as_printed
    stored_value: Decimal | None = None
    project_code: str | None = None  # as printed, of a row of a project
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True)
class Doubt(Placed):
    """One thing the reader was not sure of. A doubt is a row, never only a log line."""

    what: DoubtKind
    reason: str  # one sentence in Chinese for the analyst
    table_code: str | None = None
    row_key: str | None = None
    measure: str | None = None
    printed: str | None = None
    taken_as: str | None = None
    place: Place = NOWHERE
    row_no: int | None = None
    column_no: int | None = None

    def __post_init__(self) -> None:
        """Raises ValueError where `what` is no kind of doubt that is declared."""
        object.__setattr__(self, "what", DoubtKind(self.what))


@dataclass(frozen=True, slots=True)
class StatedFigure(Placed):
    """One figure of the narrative (情况说明).

    `value` is in `unit` (万元, %, 个, 辆 …), signed by the direction word; None where `text` holds the
    answer (a reason). `functional_code` where the named subject is one of the document's own codes.
    """

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("kind", "subject", "measure")

    kind: str  # budget_vs_final | year_over_year | three_public_amount | …
    subject: str  # printed name, or a key such as all | TOTAL | operating_cost
    measure: str
    value: Decimal | None
    unit: str | None
    printed: str  # the words it was read from
    text: str | None = None
    status: Status = Status.AS_PRINTED
    functional_code: str | None = None
    place: Place = NOWHERE
    repair_reason: str | None = None
    half_unit: Decimal | None = None  # how far rounding can have moved the value, in `unit`


@dataclass(frozen=True, slots=True)
class DepartmentUnit(Placed):
    """One unit whose accounts a document sums. `unit_no` counts from 1 in the printed order."""

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("unit_no",)

    unit_no: int
    unit: str  # printed name, white space removed; the department's where only 本级 is printed
    body: str  # the name without remarks in brackets and 本级: what is compared
    kind: str | None  # as printed: 行政单位, 公益一类事业单位
    is_head_office: bool
    printed: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class BodyFact(Placed):
    """One thing that a document prints about its body: how many institutions or persons, and their names."""

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("fact",)

    fact: str  # internal_institutions | staff_authorised | …
    value: Decimal | None  # a count
    text: str | None  # names of institutions, never of persons
    printed: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class PerformanceFund:
    """One funding source of a form, amounts in 万元."""

    source: str  # as printed: 财政拨款, 单位资金, …
    initial_budget: Decimal | None = None
    adjusted_budget: Decimal | None = None
    executed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PerformanceManagement:
    """One management item of a form (安排科学性, 拨付合规性 …) with weight and score in points."""

    item: str
    weight: Decimal | None = None
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Placed):
    """One indicator row of a form. Targets are kept as printed and, where they can be, taken apart."""

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("seq",)

    seq: int  # from 1, in printed order
    level1: str | None
    level2: str | None
    level3: str | None
    target: str | None = None
    actual: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    deviation_pct: Decimal | None = None
    reason: str | None = None
    target_operator: str | None = None  # = | >= | <= | > | <
    target_value: Decimal | None = None
    target_unit: str | None = None
    actual_value: Decimal | None = None
    status: Status = Status.AS_PRINTED
    repair_reason: str | None = None
    place: Place = NOWHERE
    is_met: bool | None = None  # None: the direction or a value is not certain


@dataclass(frozen=True, slots=True)
class PerformanceProject(Placed):
    """One self-evaluation form, of a project or of the whole department. Amounts in 万元."""

    project: str
    kind: str  # project | department
    competent_department: str | None = None
    implementing_unit: str | None = None
    fiscal_year: int | None = None
    initial_budget: Decimal | None = None
    adjusted_budget: Decimal | None = None
    executed: Decimal | None = None
    execution_rate_pct: Decimal | None = None
    execution_weight: Decimal | None = None
    execution_score: Decimal | None = None
    total_score: Decimal | None = None
    grade: str | None = None
    target_text: str | None = None
    actual_text: str | None = None
    functional_code: str | None = None  # where the form or its name leads to one code of the document
    project_code: str | None = None  # as printed
    place: Place = NOWHERE  # of its first row
    is_whole: bool = True
    funds: tuple[PerformanceFund, ...] = ()
    management: tuple[PerformanceManagement, ...] = ()
    indicators: tuple[Indicator, ...] = ()


class CheckOutcome(Labelled):
    """Whether an identity holds."""

    EXACT = "exact", "相符"
    ROUNDING = "rounding", "四舍五入之差"  # off by no more than rounding explains
    BROKEN = "broken", "不符"
    WITHHELD = "withheld", "有未公开的下级"  # the publisher leaves out rows below, in every table alike
    NOT_APPLICABLE = "not_applicable", "不适用"  # the form, or this row, has nothing the rule speaks of
    UNDETERMINED = "undetermined", "无法判定"  # a number or table it needs could not be read for certain


@dataclass(frozen=True, slots=True)
class CheckResult(Placed):
    """One identity held against one document.

    `left`, `right`, `difference` (left − right) and `envelope` are in `unit` (万元, %, 分, 个).
    """

    KEY_FIELDS: ClassVar[tuple[str, ...]] = ("rule_id", "table_code", "row_key", "measure")

    rule_id: str  # A1 … P9
    rule: str  # what the identity says, in Chinese
    outcome: CheckOutcome
    explanation: str  # one sentence a reader understands, in Chinese
    table_code: str | None = None
    row_key: str | None = None  # row, stated subject, or project and indicator
    measure: str | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    difference: Decimal | None = None
    envelope: Decimal | None = None
    unit: str = "万元"
    cells: tuple[str, ...] = ()  # table/row/measure of every cell that took part
    also_fits: str | None = None  # for a broken one: the same number elsewhere
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Counts:
    """How many numbers a document prints and where they went, counted before and apart from recognition.

    Amounts are those of tables, narrative sentences and self-evaluation forms are counted by themselves.
    `unaccounted` are numbers that no loaded cell, no doubt and no proved class (code, line number, heading,
    page number, percentage, date) owns.
    """

    amounts_printed: int = 0
    amounts_loaded: int = 0
    amounts_doubtful: int = 0
    amounts_unaccounted: int = 0
    form_numbers: int = 0
    narrative_numbers: int = 0


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one file by one version of the parser."""

    source: Source
    profile: Profile
    parser_version: str
    tables: tuple[TableFound, ...]
    amounts: tuple[Amount, ...]
    doubts: tuple[Doubt, ...] = ()
    stated: tuple[StatedFigure, ...] = ()
    projects: tuple[PerformanceProject, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    counts: Counts = Counts()
    units: tuple[DepartmentUnit, ...] = ()
    facts: tuple[BodyFact, ...] = ()
    successions: tuple[StatedSuccession, ...] = ()
