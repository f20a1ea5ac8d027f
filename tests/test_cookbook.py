"""Every query of docs/cookbook.md runs as juesuan_reader and gives the rows of tests/expected/cookbook.

So does every query that calls no function of the warehouse in DuckDB, which reads the dataset of files.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb
import psycopg
import pytest

from tests.cookbook.fill import fill
from warehouse.base.database import connect, snapshot
from warehouse.export.dataset import write_dataset
from warehouse.kinds.labels import labels

ROOT = Path(__file__).parents[1]
COOKBOOK = ROOT / "docs" / "cookbook.md"
EXPECTED = ROOT / "tests" / "expected" / "cookbook"
SECTION = re.compile(r"^### (?P<number>\d\d) `(?P<slug>\w+)` (?P<chinese>.+)\n(?P<body>(?:(?!^##).*\n)+)", re.MULTILINE)
SQL = re.compile(r"^```sql\n(.+?)^```$", re.MULTILINE | re.DOTALL)
# The columns of codes: those beside which a view has a label.
CODED = """
select view_name, replace(column_name, '_label', '') from mart.column_description
where description_zh like '%的中文名称' and view_name <> 'label'
"""


@dataclass(frozen=True)
class Question:
    number: str
    slug: str
    chinese: str
    body: str

    @property
    def name(self) -> str:
        return f"{self.number}_{self.slug}"

    @property
    def sql(self) -> str:
        (only,) = SQL.findall(self.body)
        return only


CALLED = re.compile(r"mart\.\w+\(")  # a function of the warehouse, which files do not have
QUESTIONS = [Question(**found.groupdict()) for found in SECTION.finditer(COOKBOOK.read_text("utf-8"))]
OF_FILES = [question for question in QUESTIONS if not CALLED.search(question.sql)]


def views_of(question: Question) -> set[str]:
    return set(re.findall(r"\bmart\.(\w+)", question.sql))


FEW = [question for question in OF_FILES if views_of(question) <= {"amount", "metric_value", "three_public"}]


@pytest.fixture(scope="module")
def filled(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    with connect(module_database, autocommit=True) as connection:
        fill(connection, tmp_path_factory.mktemp("cookbook"))
    return module_database


@pytest.fixture
def reader(filled: str) -> Iterator[psycopg.Connection]:
    """A connection with the rights of juesuan_reader, which sees schema mart only, and a second for each query."""
    with connect(filled) as connection:
        connection.execute("set local session authorization juesuan_reader")
        connection.execute("set local statement_timeout = '1s'")
        yield connection
        connection.rollback()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_answer_is_the_expected_one(reader, question):
    cursor = reader.execute(question.sql)
    check(question, [column.name for column in cursor.description], cursor)


def check(question: Question, names: list[str], rows: Iterable[Sequence[object]]) -> None:
    """Compares every cell of an answer with the expected one."""
    header, *expected = csv.reader((EXPECTED / f"{question.name}.csv").open(encoding="utf-8", newline=""))
    assert names == header
    answer = [[as_text(value) for value in row] for row in rows]
    assert [differing(found, wanted) for found, wanted in zip(answer, expected, strict=True)] == [[]] * len(expected)


def files_for(questions: Iterable[Question], url: str, folder: Path) -> Path:
    """Writes the views that the questions name as a dataset."""
    with snapshot(url) as connection:
        write_dataset(connection, folder, sorted({name for question in questions for name in views_of(question)}))
    return folder


@pytest.fixture(scope="module")
def few_files(filled: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files_for(FEW, filled, tmp_path_factory.mktemp("files") / "few")


@pytest.fixture(scope="module")
def all_files(filled: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files_for(OF_FILES, filled, tmp_path_factory.mktemp("files") / "all")


def answered_by_duckdb(question: Question, dataset: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema mart")
        for view in views_of(question):
            files = f"read_parquet('{dataset}/{view}/**/*.parquet', hive_partitioning = true)"
            connection.execute(f"create view mart.{view} as select * from {files}")
        cursor = connection.execute(question.sql)
        check(question, [column[0] for column in cursor.description], cursor.fetchall())


@pytest.mark.parametrize("question", FEW, ids=lambda question: question.name)
def test_duckdb_gives_the_same_answer_from_files(few_files, question):
    answered_by_duckdb(question, few_files)


@pytest.mark.long
@pytest.mark.parametrize("question", OF_FILES, ids=lambda question: question.name)
def test_duckdb_answers_every_question_that_calls_no_function(all_files, question):
    answered_by_duckdb(question, all_files)


def as_text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def differing(found: list[str], wanted: list[str]) -> list[tuple[str, str]]:
    """The cells that differ; numbers are compared by value, so that 820 equals 820.000000."""
    pairs = zip(found, wanted, strict=True)
    return [
        (one, other) for one, other in pairs if one != other and (number(one) is None or number(one) != number(other))
    ]


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def test_every_question_has_a_text_in_both_languages_and_an_answer():
    assert [question.number for question in QUESTIONS] == [f"{n:02}" for n in range(1, len(QUESTIONS) + 1)]
    assert len(QUESTIONS) >= 24
    assert {file.stem for file in EXPECTED.iterdir()} == {question.name for question in QUESTIONS}
    for question in QUESTIONS:
        assert re.search("[一-龥].*[？?]$", question.chinese), question.name
        assert re.search(r"^\*.+[?]\*$", question.body, re.MULTILINE), f"{question.name}: the question in English"
        assert {"**Reading.**", "**Caveat.**"} <= set(question.body.split()), question.name


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_first_line_says_which_literal_to_change_first(question):
    """Each literal named there stands in the query beside the column named before it, or there is none to change."""
    said, _, query = question.sql.partition("\n")
    named = re.findall(r"(\w+) ('[^']+'|\d+)", said)
    assert said.startswith("-- 先改：无，" if not named else "-- 先改：")
    for column, literal in named:
        assert re.search(rf"\b{column}\b[^\n]*{re.escape(literal)}", query), (column, literal)


def test_only_the_questions_about_the_past_need_the_database():
    assert [question.slug for question in QUESTIONS if question not in OF_FILES] == ["as_of_last_week"]


def test_every_fenced_query_is_a_question():
    assert SQL.findall(COOKBOOK.read_text("utf-8")) == [question.sql for question in QUESTIONS]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_query_reads_schema_mart_only(question):
    named = re.findall(r"(?<!distinct )\b(?:from|join)\s+([a-z_.]+)", question.sql)
    own = set(re.findall(r"(?:with|,)\s*\n?\s*(\w+) as \(", question.sql))
    assert [name for name in named if not name.startswith("mart.") and name not in own] == []


def test_every_code_in_a_public_view_has_a_label(filled):
    with connect(filled) as connection:
        columns: dict[str, list[str]] = defaultdict(list)
        for view, column in connection.execute(CODED):
            columns[view].append(column)
        found = [code for view, coded in columns.items() for code in connection.execute(_codes(view, coded))]
    known = {(label.column_group, label.code) for label in labels()}
    assert len(found) > 200
    assert [one for one in found if not {(f"{one[0]}.{one[1]}", one[2]), one[1:]} & known] == []


def _codes(view: str, columns: list[str]) -> str:
    named = ", ".join(f"('{column}', {column}::text)" for column in columns)
    each = f"mart.{view} cross join lateral (values {named}) as one (name, code)"
    return f"select distinct '{view}', one.name, one.code from {each} where one.code ~ '^[a-z][a-z_-]*$'"
