"""Two nightly runs in which sources contradict each other: what becomes public, what is held, and what is printed."""

import os
from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.ingest.web_site import serving
from tests.work.contested_nights import CURRENT, NAMESAKE, nights
from tests.work.nights import QUICK, asked
from tests.work.three_nights import Report
from warehouse.base.sql_files import audit_queries

pytestmark = pytest.mark.long

HELD = "select subject, reason from warehouse.run_problem where run_id = %s and kind = 'held' order by subject"
MEASURES = "select measure, value from warehouse.run_measure where run_id = %s and measure ~ '^(held|expected)'"
PINGDINGSHAN, GONGXIN, CAIZHENG = "平顶山市工业和信息化局", "示范市工业和信息化局", "示范市财政局"
LATE = "late          示范市教育局 2023, due on 2024-09-30"


@dataclass(frozen=True, slots=True)
class Two:
    """Both runs, what was public after each, and the address of the web site."""

    database: str
    site: str
    reports: tuple[Report, ...]
    public: tuple[dict, ...]


@pytest.fixture(scope="module")
def two(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Two:
    folder, reports, public = tmp_path_factory.mktemp("contested"), [], []
    surroundings = os.environ | QUICK
    surroundings |= {"JUESUAN_DATABASE_URL": module_database, "JUESUAN_ARCHIVE": str(folder / "archive")}
    with serving() as site:
        for report in nights(site, folder, surroundings):
            reports.append(report)
            public.append({tuple(key): (version, wan) for *key, version, _, wan in asked(module_database, CURRENT)})
        return Two(module_database, site.url("").rstrip("/"), tuple(reports), tuple(public))


def test_a_warehouse_filled_by_hand_meets_a_manifest_and_nothing_is_held(two):
    first = two.reports[0]
    assert first.status == 0
    assert "exit status 0: all good" in first.printed and "held" not in first.printed
    assert "place         2 files now belong to the bodies that the manifest names" in first.printed
    assert two.public[0] == {
        (PINGDINGSHAN, "410400", 2023): (1, Decimal("2175.87")),
        (NAMESAKE, "220104", 2022): (1, Decimal("2885.04")),
        (NAMESAKE, "220104", 2023): (2, Decimal("4327.56")),
        (GONGXIN, None, 2023): (1, Decimal("1442.52")),
        (CAIZHENG, None, 2024): (1, Decimal("4415.98")),
    }


def test_the_second_night_adds_the_body_of_the_other_city_and_changes_nothing_else(two):
    assert two.public[1] == two.public[0] | {(NAMESAKE, "110105", 2023): (1, Decimal("20195.28"))}
    assert {name: rows for name, query in audit_queries().items() if (rows := asked(two.database, query))} == {}


def test_what_is_held_is_printed_with_body_source_reason_and_number(two):
    printed = two.reports[1].printed
    assert two.reports[1].status == 1
    numbers = [number for (number,) in asked(two.database, "select parse_id from warehouse.held_parse order by 1")]
    held = [line.strip() for line in printed.splitlines() if line.strip().split(" ")[0] in map(str, numbers)]
    assert len(held) == len(numbers) == 3
    by_source = {line.partition("source ")[2].partition(":")[0]: line for line in held}
    why = (
        f"{PINGDINGSHAN}: comes from source impostor of sources.toml, which is for 洛阳市财政局, "
        f"and the public version comes from source pingdingshan of sources.toml, which is for {PINGDINGSHAN}"
    )
    assert f" {PINGDINGSHAN} 2023, 2023.txt, source impostor: {why}" in by_source["impostor"]
    assert "of 607 amounts would go" in by_source["caizheng"]
    assert (
        "本年支出合计 would be 4,327.56 in place of 1,442.52 万元, and the narrative of the file still states"
        in (by_source["gongxin"])
    )
    stored = asked(two.database, HELD, [2])
    assert [subject.removeprefix(two.site) for subject, _ in stored] == [
        "/caizheng/2024.txt",
        "/gongxin/2023.txt",
        "/impostor/2023.txt",
    ]
    assert all(reason in printed for _, reason in stored)


def test_what_is_expected_and_not_public_is_named(two):
    assert all(LATE in report.printed for report in two.reports)
    assert "missing       洛阳市财政局 2023, no due date" in two.reports[1].printed
    assert "missing" not in two.reports[0].printed
    assert dict(asked(two.database, MEASURES, [2])) == {
        "held: tonight": 3, "held: before": 0, "expected: late": 1, "expected: missing": 1,
    }  # fmt: skip


def test_no_sum_over_years_and_scopes_is_printed(two):
    assert not any("万元  " in report.printed for report in two.reports)
