"""The gate: a reading that is markedly worse is stored but not published (held), until a person decides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.ingest.truth import SAMPLE_FILES, extraction_of
from tests.warehouse.factory import extraction, found, profile, small_accounts, source
from tests.warehouse.factory_statements import said, small_checks, small_forms, small_stated
from tests.warehouse.test_loader import violations
from warehouse.base.errors import NotHeld
from warehouse.load.bulk import rebuild
from warehouse.load.document import Outcome, load
from warehouse.load.gate import Gate
from warehouse.records.places import Place
from warehouse.records.reading import CheckOutcome, Doubt, PerformanceProject, TableStatus
from warehouse.work import decisions

GATE = Gate(Decimal("0.05"))
PUBLIC = "select row_key, measure, amount_wan from mart.amount where table_code = 'GK03' order by 1, 2"
METRICS = "select metric, amount_wan, document_id from mart.metric_value order by 1"


def changed(wan: str, **key: str):
    """The small accounts with another expenditure of class 208."""
    return tuple(
        replace(amount, value=Decimal(wan) * 10000, printed=wan)
        if (amount.table_code, amount.row_key, amount.measure) == ("GK03", "208", "total")
        else amount
        for amount in small_accounts()
    )


def without(number: int):
    """The small accounts without their last `number` amounts."""
    amounts = list(small_accounts())
    for amount in [amount for amount in reversed(amounts) if amount.value is not None][:number]:
        amounts.remove(amount)
    return tuple(amounts)


def shown(connection) -> tuple[list, list, list]:
    files = connection.execute("select sha256, is_current, parser_version from mart.disclosure order by 1").fetchall()
    return connection.execute(PUBLIC).fetchall(), connection.execute(METRICS).fetchall(), files


def test_the_first_reading_of_a_slot_is_published(connection):
    assert load(connection, extraction(), GATE).outcome is Outcome.NEW_DOCUMENT
    assert decisions.held_readings(connection) == []


def test_another_parser_that_reads_the_same_is_published(connection):
    load(connection, extraction(), GATE)
    assert load(connection, extraction(parser_version="2"), GATE).outcome is Outcome.REPARSED
    assert connection.execute("select parser_version from mart.disclosure").fetchall() == [("2",)]


def test_a_file_may_state_amounts_where_the_public_one_states_none(connection):
    load(connection, extraction(stated=()), GATE)
    assert load(connection, extraction("corrected", stated=small_stated()), GATE).outcome is Outcome.NEW_VERSION


def test_another_parser_that_reads_more_is_published(connection):
    load(connection, extraction(amounts=without(5), stated=small_stated()), GATE)
    assert load(connection, extraction(parser_version="2"), GATE).outcome is Outcome.REPARSED


def test_an_amount_that_changes_without_a_new_file_is_held(connection):
    load(connection, extraction(), GATE)
    before = shown(connection)
    loaded = load(connection, extraction(parser_version="2", amounts=changed("16.00")), GATE)
    assert (loaded.outcome, loaded.amounts) == (Outcome.HELD, 58)
    assert loaded.reason == ("1 public amounts would change without a new file: GK03 208 total 150000.00 → 160000.00")
    assert shown(connection) == before
    assert violations(connection) == {}


def test_an_amount_that_changes_with_a_new_file_is_published(connection):
    load(connection, extraction(), GATE)
    new = extraction(amounts=changed("16.00"), source=source("corrected"))
    assert load(connection, new, GATE).outcome is Outcome.NEW_VERSION
    assert ("208", "total", Decimal("16.00")) in shown(connection)[0]


@pytest.mark.takes(1)
@pytest.mark.parametrize("is_new_file", [True, False])
def test_a_reading_that_loses_too_much_is_held(connection, is_new_file):
    load(connection, extraction(), GATE)
    before = shown(connection)
    file = source("corrected") if is_new_file else source()
    loaded = load(connection, extraction(parser_version="2", amounts=without(4), source=file), GATE)
    assert loaded.outcome is Outcome.HELD
    assert loaded.reason.startswith("4 of 53 amounts would go (7.5%, at most 5.0%): ")
    assert shown(connection) == before
    assert violations(connection) == {}


def test_a_reading_that_loses_little_is_published(connection):
    load(connection, extraction(), GATE)
    assert load(connection, extraction(parser_version="2", amounts=without(2)), GATE).outcome is Outcome.REPARSED


def test_a_reading_that_assigns_the_file_to_another_body_is_held(connection):
    load(connection, extraction(), GATE)
    before = shown(connection)
    other = profile(department="乙市科学技术局", department_kind="科学技术")
    loaded = load(connection, extraction(parser_version="2", profile=other), GATE)
    assert loaded.reason == "the same file would be taken for another body, year or scope"
    assert shown(connection) == before
    assert connection.execute("select department from mart.department").fetchall() == [("甲市工业和信息化局",)]
    assert violations(connection) == {}
    decisions.publish(connection, decisions.held_readings(connection)[0].parse_id)
    assert connection.execute("select department from mart.disclosure").fetchall() == [("乙市科学技术局",)]
    assert violations(connection) == {}


@pytest.mark.long
def test_publishing_a_held_reading_gives_the_same_rows_as_one_that_was_not_held(connection):
    load(connection, extraction(), GATE)
    new = extraction(amounts=without(9), source=source("corrected"))
    load(connection, new, GATE)
    (one,) = decisions.held_readings(connection)
    assert (one.department, one.fiscal_year, one.source_name) == ("甲市工业和信息化局", 2024, "first.pdf")
    decisions.publish(connection, one.parse_id)
    assert decisions.held_readings(connection) == []
    assert violations(connection) == {}
    assert connection.execute("select is_current from mart.disclosure where version = 2").fetchall() == [(True,)]
    assert connection.execute("select count(*) from mart.amount where is_current").fetchone() == (49,)
    with pytest.raises(NotHeld):
        decisions.publish(connection, one.parse_id)


@pytest.mark.long
def test_a_rejected_reading_stays_unpublished(connection):
    load(connection, extraction(), GATE)
    before = shown(connection)
    load(connection, extraction(amounts=without(9), source=source("corrected")), GATE)
    decisions.reject(connection, decisions.held_readings(connection)[0].parse_id)
    assert shown(connection) == before
    assert decisions.held_readings(connection) == []
    assert violations(connection) == {}


@pytest.mark.long
def test_a_better_reading_of_a_held_file_is_published(connection):
    load(connection, extraction(), GATE)
    load(connection, extraction(amounts=without(9), source=source("corrected")), GATE)
    better = extraction(parser_version="2", source=source("corrected"))
    assert load(connection, better, GATE).outcome is Outcome.REPARSED
    assert decisions.held_readings(connection) == []
    assert connection.execute("select decision from warehouse.held_parse").fetchall() == [("overtaken",)]
    assert violations(connection) == {}


def test_a_few_changed_amounts_are_published_if_a_person_ingests_the_file(connection):
    load(connection, extraction())
    fewer = tuple(amount for amount in small_accounts() if amount.row_key != "21505")
    assert load(connection, extraction(parser_version="2", amounts=fewer), GATE).outcome is Outcome.HELD
    assert load(connection, extraction(parser_version="3", amounts=fewer)).outcome is Outcome.REPARSED


def unsound(number: int):
    """The checks of the small accounts, and `number` checks that are broken or undetermined."""
    sound, outcomes = small_checks(), (CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED)
    return (
        *sound,
        *(replace(sound[0], row_key=f"row {n}", outcome=outcomes[n % 2]) for n in range(number)),
    )


def doubts(number: int):
    return tuple(
        Doubt("row_misaligned", "各格与列头对不上", table_code="GK03", place=Place(n + 1)) for n in range(number)
    )


def broken(rule_id: str):
    """The checks of the small accounts, and one that is broken."""
    return (*small_checks(), replace(small_checks()[0], rule_id=rule_id, row_key="row 0", outcome=CheckOutcome.BROKEN))


def other_broken(number: int):
    """The checks of the small accounts, and `number` broken ones of other rows than those of `unsound`."""
    one = replace(small_checks()[0], outcome=CheckOutcome.BROKEN)
    return (*small_checks(), *(replace(one, row_key=f"other row {n}") for n in range(number)))


WORSE = [
    (
        {"amounts": without(30)},
        "5 of 9 public tables would go: GK04, GK05, GK06, GK09, GK10; 23 amounts were read where 53 are public",
    ),
    ({"amounts": small_accounts()[:-1]}, "1 of 9 public tables would go: GK10"),
    ({"checks": unsound(11)}, "identities are broken or undetermined"),
    ({"checks": broken("B1")}, "identities broken here and not where it is public: 1 (B1 "),
    ({"doubts": doubts(21)}, "21 doubts, 1 about what is public"),
]


@pytest.mark.takes(1)
@pytest.mark.parametrize(("changes", "reason"), WORSE, ids=["amounts", "table", "identities", "identity", "doubts"])
def test_another_file_that_reads_markedly_worse_is_held_whoever_loads_it(connection, changes, reason):
    load(connection, extraction())
    before = shown(connection)
    loaded = load(connection, extraction(source=source("worse"), **changes))
    assert loaded.outcome is Outcome.HELD
    assert reason in loaded.reason
    assert shown(connection) == before
    assert violations(connection) == {}
    decisions.publish(connection, decisions.held_readings(connection)[0].parse_id)
    assert connection.execute("select version from mart.disclosure where is_current").fetchall() == [(2,)]
    assert violations(connection) == {}


ALIKE = [
    {"amounts": changed("16.00")},
    {"amounts": without(1)[:-1], "tables": found(without(2), GK10=TableStatus.EMPTY_WITH_STATEMENT)},
    {"checks": tuple(replace(one, outcome=CheckOutcome.UNDETERMINED) for one in unsound(9)[-9:])},
    {"doubts": doubts(15)},
    {"checks": broken("H3")},
]


@pytest.mark.takes(1)
@pytest.mark.parametrize("changes", ALIKE, ids=["amounts", "table stated empty", "identities", "doubts", "over budget"])
def test_a_corrected_file_is_published_whoever_loads_it(connection, changes):
    load(connection, extraction())
    assert load(connection, extraction(source=source("corrected"), **changes)).outcome is Outcome.NEW_VERSION
    assert decisions.held_readings(connection) == []


@pytest.mark.parametrize(("number", "outcome"), [(1, Outcome.NEW_VERSION), (2, Outcome.HELD)])
def test_a_file_that_mends_one_identity_and_breaks_another_is_held_unless_fewer_are_broken(connection, number, outcome):
    load(connection, extraction(checks=unsound(3)))  # two of them broken
    assert load(connection, extraction(source=source("corrected"), checks=other_broken(number))).outcome is outcome


def made_up_forms(number: int):
    return tuple(PerformanceProject(f"项目{n}", "project", executed=Decimal(n + 1)) for n in range(number))


def test_a_file_without_many_of_the_forms_is_held_whoever_loads_it(connection):
    load(connection, extraction(projects=made_up_forms(9)))
    loaded = load(connection, extraction(source=source("worse"), projects=made_up_forms(6)))
    assert (loaded.outcome, loaded.reason) == (Outcome.HELD, "6 self-evaluation forms were read where 9 are public")


def test_a_file_whose_forms_are_torn_is_published_with_its_doubts(connection):
    load(connection, extraction(projects=made_up_forms(5)))
    torn = [replace(one, rule_id=f"P{n % 9 + 1}", row_key=f"form {n}") for n, one in enumerate(unsound(99)[-99:])]
    read = extraction(
        source=source("torn"),
        projects=made_up_forms(4),
        checks=(*small_checks(), *torn),
        doubts=(*extraction().doubts, *(replace(one, what="form_cell_open") for one in doubts(99))),
    )
    assert load(connection, read).outcome is Outcome.NEW_VERSION


def test_a_better_file_replaces_a_worse_one(connection):
    load(connection, extraction(amounts=without(30), checks=unsound(20)))
    assert load(connection, extraction(source=source("good"))).outcome is Outcome.NEW_VERSION


def test_the_same_file_read_markedly_worse_is_held_outside_a_night_too(connection):
    load(connection, extraction())
    before = shown(connection)
    assert load(connection, extraction(parser_version="2", amounts=without(30))).outcome is Outcome.HELD
    assert shown(connection) == before


@pytest.mark.long
def test_a_held_file_is_reported_again_until_a_person_decides(connection):
    load(connection, extraction())
    worse = extraction(source=source("worse"), amounts=without(30))
    first, again = load(connection, worse), load(connection, worse)
    assert (again.outcome, again.reason, again.amounts) == (Outcome.HELD, first.reason, 0)
    assert len(decisions.held_readings(connection)) == 1
    decisions.reject(connection, decisions.held_readings(connection)[0].parse_id)
    assert load(connection, worse).outcome is Outcome.UNCHANGED


def this_year(connection) -> int:
    return connection.execute("select extract(year from now() at time zone 'Asia/Shanghai')::int").fetchone()[0]


@pytest.mark.takes(1)
@pytest.mark.parametrize("guard", [None, GATE])
@pytest.mark.parametrize("ahead", [0, 1])
def test_accounts_of_a_year_that_has_not_ended_are_held(connection, guard, ahead):
    year = this_year(connection) + ahead
    loaded = load(connection, extraction(profile=profile(fiscal_year=year)), guard)
    assert loaded.outcome is Outcome.HELD
    assert loaded.reason == f"fiscal year {year} has not ended: it has no accounts yet"
    assert shown(connection) == ([], [], [])
    for dimension in ("department", "fiscal_year"):
        assert connection.execute(f"select count(*) from mart.{dimension}").fetchone() == (0,)
    assert violations(connection) == {}
    decisions.reject(connection, decisions.held_readings(connection)[0].parse_id)
    assert shown(connection) == ([], [], [])
    assert violations(connection) == {}


def test_accounts_of_last_year_are_published(connection):
    last = profile(fiscal_year=this_year(connection) - 1)
    assert load(connection, extraction(profile=last)).outcome is Outcome.NEW_DOCUMENT
    assert load(connection, extraction("unknown", profile=profile(fiscal_year=None))).outcome is Outcome.NEW_DOCUMENT


def test_a_budget_of_this_year_is_published_and_one_of_the_next_is_held(connection):
    own, next_year = (profile(kind="budget", fiscal_year=this_year(connection) + ahead) for ahead in (0, 1))
    budget = {"amounts": (), "tables": (), "checks": (), "doubts": (), "projects": (), "stated": ()}
    assert load(connection, extraction("own", profile=own, **budget)).outcome is Outcome.NEW_DOCUMENT
    assert load(connection, extraction("next", profile=next_year, **budget)).outcome is Outcome.HELD


@pytest.mark.long
def test_a_document_that_a_person_published_stays_public_when_it_is_read_again(connection):
    early = profile(fiscal_year=this_year(connection))
    load(connection, extraction(profile=early))
    decisions.publish(connection, decisions.held_readings(connection)[0].parse_id)
    assert connection.execute("select department from mart.disclosure").fetchall() == [("甲市工业和信息化局",)]
    assert violations(connection) == {}
    assert load(connection, extraction(parser_version="2", profile=early)).outcome is Outcome.REPARSED
    another = load(connection, extraction("another", profile=early))
    assert another.outcome is Outcome.HELD


@pytest.mark.long
def test_a_held_file_is_published_if_a_newer_reader_finds_another_year(connection):
    load(connection, extraction(profile=profile(fiscal_year=this_year(connection))))
    assert load(connection, extraction(parser_version="2")).outcome is Outcome.REPARSED
    assert decisions.held_readings(connection) == []
    assert connection.execute("select fiscal_year from mart.disclosure").fetchall() == [(2024,)]
    assert violations(connection) == {}


def test_a_bulk_load_refuses_and_names_a_reading_that_the_gate_would_hold(connection):
    early = extraction("early", profile=profile(fiscal_year=this_year(connection)))
    worse = extraction(source=source("worse", "worse.pdf"), amounts=without(30))
    done = rebuild(connection, [extraction(), early, worse])
    assert done.documents == 1
    assert [(source.name, reason.partition(":")[0]) for source, reason in done.held_back] == [
        ("first.pdf", f"fiscal year {this_year(connection)} has not ended"),
        ("worse.pdf", "5 of 9 public tables would go"),
    ]
    assert violations(connection) == {}


def forms(**changes):
    """The two forms of the small accounts, the first with `changes`."""
    first, second = small_forms()
    return replace(first, **changes), second


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"projects": forms(executed=Decimal("9.60"))},
            "1 public performance amounts would change without a new file: 产业扶持资金 executed 9.50 → 9.60",
        ),
        (
            {"projects": forms(funds=(replace(small_forms()[0].funds[0], adjusted_budget=Decimal(11)),))},
            "1 public performance amounts would change without a new file: "
            "产业扶持资金 财政拨款 adjusted_budget 10.00 → 11",
        ),
        (
            {"projects": forms()[:1]},
            "6 of 12 performance amounts would go (50.0%, at most 5.0%): 产业扶持资金 (2) adjusted_budget, "
            "产业扶持资金 (2) executed, 产业扶持资金 (2) initial_budget",
        ),
        (
            {"stated": (said("budget_vs_final", "行政运行", "initial_budget", "41.00"), *small_stated()[3:])},
            "2 of 4 stated amounts would go (50.0%, at most 5.0%): "
            "year_over_year general_public_expenditure change, year_over_year general_public_expenditure current; "
            "1 public stated amounts would change without a new file: "
            "budget_vs_final 行政运行 initial_budget 40.00 → 41.00",
        ),
    ],
)
def test_the_gate_compares_forms_and_narrative_too(connection, changes, reason):
    load(connection, extraction(), GATE)
    before = shown(connection)
    loaded = load(connection, extraction(parser_version="2", **changes), GATE)
    assert loaded.reason == reason
    assert loaded.outcome is Outcome.HELD
    assert shown(connection) == before


def test_counts_in_the_narrative_are_no_amounts(connection):
    load(connection, extraction(), GATE)
    fewer = tuple(figure for figure in small_stated() if figure.unit in ("元", "万元", None))
    assert load(connection, extraction(parser_version="2", stated=fewer), GATE).outcome is Outcome.REPARSED


@pytest.mark.long
def test_every_sample_read_the_same_way_again_passes(connection):
    for path in SAMPLE_FILES:
        read = extraction_of(path)
        load(connection, read, GATE)
        again = load(connection, replace(read, parser_version="2"), GATE)
        assert (again.outcome, again.reason) == (Outcome.REPARSED, None), path.name
