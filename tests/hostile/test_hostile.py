"""A few mutants and fuzzer inputs, the same in every run. docs/isolation.md says how to run more of them by hand."""

from decimal import Decimal
from random import Random

import pytest

from ingest.isolation import Limits
from tests.hostile import fuzz_amounts, fuzz_tables, mutate
from tests.hostile.fuzz import Broken, Findings
from tests.hostile.mutate import Mutant, mutants
from tests.hostile.run import Report, run
from tests.hostile.unprinted_amounts import unsaid
from tests.ingest.made_documents import read_disclosure

ALL_MUTATIONS = len(mutate.PDF_MUTATIONS) + len(mutate.TEXT_MUTATIONS)


@pytest.fixture(scope="module")
def one_of_each() -> list[Mutant]:
    return list(mutants(7, ALL_MUTATIONS))


def test_a_seed_makes_the_same_mutants(one_of_each):
    assert [one.data for one in mutants(7, 5)] == [one.data for one in one_of_each[:5]]
    assert [one.data for one in mutants(8, 5)] != [one.data for one in one_of_each[:5]]


def test_every_mutant_differs_from_its_original(one_of_each):
    assert len({one.mutation for one in one_of_each}) == ALL_MUTATIONS
    assert [one.mutation for one in one_of_each if one.data == one.original.read_bytes()] == []


@pytest.mark.long
def test_one_mutant_of_each_mutation_is_read_or_refused_without_failure(one_of_each, connection):
    """There is no failure, and most mutants that still contain text are read."""
    report = Report(Limits(memory_mb=128, seconds=20))
    run(connection, one_of_each, report)
    assert report.failures == []
    assert report.accepted + report.refused.total() == ALL_MUTATIONS
    assert report.accepted > ALL_MUTATIONS / 2 and report.refused["TooMuchMemory"] >= 1
    stored = connection.execute("select count(*) from warehouse.document_version").fetchone()[0]
    assert 0 < stored <= report.accepted


TABLE = """支出决算表
单位：万元
科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出
\t合计\t3.00\t1.00\t2.00\t0.00\t0.00\t0.00
2080501\t行政单位离退休\t3.00\t1.00\t2.00\t0.00\t0.00\t0.00
"""


def test_an_amount_that_is_not_printed_is_found(tmp_path):
    """An amount that is neither in the file nor in the original."""
    read = read_disclosure(tmp_path, TABLE)
    data = (tmp_path / "made.txt").read_bytes()
    sample = mutate.SAMPLES / "shifan_caizheng_2024.txt"
    assert unsaid(sample, data, read) == []
    assert len(unsaid(sample, data.replace(b"3.00", b"8.00"), read)) == 2


@pytest.mark.parametrize(("target", "runs"), [(fuzz_amounts, 3000), (fuzz_tables, 60)], ids=["amounts", "tables"])
def test_the_fuzz_targets_have_no_finding(target, runs):
    dice = Random(1)
    findings = Findings(target.check)
    for _ in range(runs):
        findings(dice.randbytes(dice.randrange(40)))
    assert findings.known == set() and findings.runs == runs


def test_a_fuzzer_notes_a_finding_once(capsys):
    def fails(data: bytes) -> None:
        raise Broken("always")

    findings = Findings(fails)
    findings(b"a"), findings(b"b")
    assert len(findings.known) == 1
    assert capsys.readouterr().out.count("finding 1: Broken('always') in fails") == 1


@pytest.mark.parametrize(("value", "printed"), [("1234", "12.34"), ("12.3", "12.30"), ("12.34", "-12.34")])
def test_the_fuzz_target_of_amounts_finds_a_wrong_value(value, printed):
    assert not fuzz_amounts.is_said(Decimal(value), printed)
    assert fuzz_amounts.is_said(Decimal(printed), f" {printed} ")
