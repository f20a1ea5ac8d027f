"""Three nightly runs over a web site: what each fetches, reads, publishes, stores and prints."""

import os
from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.ingest.web_site import Request, serving
from tests.work.nights import QUICK, asked
from tests.work.three_nights import CAIZHENG, LUOLONG, VERSIONS, YANGCHENG, Report, nights
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries

pytestmark = pytest.mark.long

TODAY = "(now() at time zone 'Asia/Shanghai')::date"
LATER = "update warehouse.publication set published_at = published_at - interval '1 day'"
SLOTS = "select department, fiscal_year, slot_status, slot_reason from mart.slot_coverage"
CURRENT = "select department, fiscal_year, version from mart.disclosure where is_current"
UNREADABLE = "2024.pdf: the PDF is truncated: its 95989 bytes end without %%EOF"
SCANNED = "2024.pdf: scanned, needs OCR (docs/scans.md): 2 of 2 pages are only images and no page holds text"
NO_DOCUMENT = "is a web page, no document (sent as text/html)"


@dataclass(frozen=True, slots=True)
class Night:
    """One run, with the rows that were public after it."""

    report: Report
    requests: tuple[Request, ...]
    current: set[tuple]
    slots: dict[tuple, tuple]
    audits: dict[str, list]


@dataclass(frozen=True, slots=True)
class Three:
    """All three runs; `site` is the address of the web site."""

    database: str
    site: str
    nights: tuple[Night, ...]

    def measures(self, number: int) -> dict[str, Decimal]:
        query = "select measure, value from warehouse.run_measure where run_id = %s"
        return dict(asked(self.database, query, [number]))


@pytest.fixture(scope="module")
def three(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Three:
    """The three runs, with a day between the second and the third."""
    folder, done = tmp_path_factory.mktemp("nights"), []
    surroundings = os.environ | QUICK
    surroundings |= {"JUESUAN_DATABASE_URL": module_database, "JUESUAN_ARCHIVE": str(folder / "archive")}
    with serving() as site:
        for report in nights(site, folder, surroundings):
            done.append(_seen(module_database, report, tuple(site.requests)))
            site.requests.clear()
            if len(done) == 2:
                with connect(module_database, autocommit=True) as connection:
                    connection.execute(LATER)
        return Three(module_database, site.url("").rstrip("/"), tuple(done))


def _seen(url: str, report: Report, requests: tuple[Request, ...]) -> Night:
    audits = {name: rows for name, query in audit_queries().items() if (rows := asked(url, query))}
    slots = {(department, year): (status, reason) for department, year, status, reason in asked(url, SLOTS)}
    return Night(report, requests, set(asked(url, CURRENT)), slots, audits)


def test_the_printed_reports(three):
    """Every figure of every report except the times."""
    first, second, third = (night.report.printed.replace(three.site, "http://site") for night in three.nights)
    assert lines(first, 6) == [
        "exit status 1: something was not fetched, not read, or not published",
        "fetched: 9 new, 2 absent, 1 failed",
        "answers: 11 × 200, 2 × 404, 1 × 503",
        "read:    7 loaded (7 new_document), 2 failed; 2 doubts about them",
        "noticed:",
        "listing http://site/czj/bmjs/: left out, on hosts the source does not name: files.example.gov.cn (1)",
    ]
    assert lines(second, 11) == [
        "exit status 1: something was not fetched, not read, or not published",
        "fetched: 9 unchanged, 2 absent, 1 failed",
        "answers: 2 × 200, 9 × 304, 2 × 404",
        "read:    nothing",
        "expected, and not public:",
        "late 示范市教育局 2024, due on 2025-09-30",
        "late 示范市登录局 2024, due on 2025-09-30",
        f"missing 示范市扫描局 2024, no due date: {SCANNED}",
        f"missing 示范市损坏局 2024, no due date: {UNREADABLE}",
        "missing 示范市财政局 2024, no due date",
        "public tonight last night change %",
    ]
    assert lines(third, 8) == [
        "exit status 1: something was not fetched, not read, or not published",
        "fetched: 1 new, 1 changed, 7 unchanged, 1 vanished, 2 absent, 1 failed",
        "answers: 4 × 200, 7 × 304, 3 × 404",
        "read:    2 loaded (1 new_document, 1 new_version); 4 doubts about them",
        "noticed:",
        "changed http://site/gxj/2023.txt",
        "vanished http://site/czj/bmjs/yangcheng.pdf",
        "listing http://site/czj/bmjs/: left out, on hosts the source does not name: files.example.gov.cn (1)",
    ]
    for line in ("documents 8 7 +1 +14.29", "amounts 5,956 5,349 +607 +11.35", "files not public 2 2 +0 +0.00"):
        assert line in lines(third)


def lines(printed: str, count: int | None = None) -> list[str]:
    """The lines with single blanks between columns; the first line without its duration."""
    first, *others = printed.splitlines()
    squeezed = [line if line.startswith("read:") else " ".join(line.split()) for line in others]
    return [first.partition(" s, ")[2], *squeezed][:count]


def test_a_failure_is_printed_with_its_reason_in_the_run_in_which_it_occurs(three):
    problems = "select run_id, kind, subject, reason from warehouse.run_problem order by run_id, problem_no"
    login, smj, shj = (f"{three.site}/{name}/2024.pdf" for name in ("dlj", "smj", "shj"))
    assert asked(three.database, problems) == [
        (1, "fetch", login, NO_DOCUMENT),
        (1, "failed", shj, UNREADABLE.partition(": ")[2]),
        (1, "failed", smj, SCANNED.partition(": ")[2]),
        (2, "fetch", login, NO_DOCUMENT),
        (3, "fetch", login, NO_DOCUMENT),
    ]
    for number, _, subject, reason in asked(three.database, problems):
        assert f" {subject}: {reason}\n" in three.nights[number - 1].report.printed


def test_the_runs_are_stored(three):
    runs = "select run_id, manifest, ended_at > started_at, exit_status from warehouse.run order by run_id"
    assert asked(three.database, runs) == [(number, "sources.toml", True, 1) for number in (1, 2, 3)]
    assert [night.report.status for night in three.nights] == [1, 1, 1]
    first, second, third = (three.measures(number) for number in (1, 2, 3))
    assert {name: value for name, value in first.items() if name.startswith(("read", "answer")) and value} == {
        "read: loaded": 7, "read: new_document": 7, "read: failed": 2, "read: doubts": 2,
        "answer: 200": 11, "answer: 404": 2, "answer: 503": 1,
    }  # fmt: skip
    changing = ("fetched", "read", "answer")
    standing = {name: value for name, value in first.items() if not name.startswith(changing)}
    assert standing == {name: value for name, value in second.items() if not name.startswith(changing)}
    assert (third["amounts"], third["documents"], third["read: new_version"]) == (5956, 8, 1)


def test_the_second_night_asks_whether_anything_changed_and_gets_no_document(three):
    asked_for = {request.path: request.headers for request in three.nights[1].requests}
    held = {path for path, headers in asked_for.items() if "If-None-Match" in headers or "If-Modified-Since" in headers}
    assert len(held) == 11  # nine documents, one of them at the end of two redirects
    assert "If-None-Match" not in asked_for["/foshan/2019.pdf"]
    assert asked_for["/gxj/2024.pdf"]["If-None-Match"].startswith('"')
    assert all(path not in held for path in ("/dlj/2024.pdf", "/jyj/2024.pdf", "/czj/bmjs/"))
    assert three.nights[1].current == three.nights[0].current


def test_the_public_documents_after_each_run(three):
    first, second, third = (night.current for night in three.nights)
    assert first == second and len(first) == 7
    assert {row[2] for row in first} == {1}
    assert third - first == {("示范市工业和信息化局", 2023, 2), ("示范市财政局", 2024, 1)}
    assert first - third == {("示范市工业和信息化局", 2023, 1)}
    assert ("阳城县工业和信息化局", 2024, 1) in third  # its file was removed from the site, the document remains
    assert [night.audits for night in three.nights] == [{}, {}, {}]


def test_a_corrected_file_is_a_new_version_and_the_old_one_stays(three):
    address = f"{three.site}/gxj/2023.txt"
    assert asked(three.database, VERSIONS) == [
        (1, False, Decimal("14.28"), address),
        (2, True, Decimal("15.28"), address),
    ]
    dated = f"""
        select amount_wan from mart.amount_as_of({TODAY} - %s)
        where department = '示范市工业和信息化局' and fiscal_year = 2023 and is_current
            and table_code = 'GK06' and row_key = '30201'
    """
    assert asked(three.database, dated, [1]) == [(Decimal("14.28"),)]
    assert asked(three.database, dated, [0]) == [(Decimal("15.28"),)]


def test_the_archive_and_the_record_keep_everything(three):
    query = """
        select is_current, vanished_at is not null, count(*) from warehouse.source_file
        where address = %s group by 1, 2 order by 1
    """
    files = {path: asked(three.database, query, [three.site + path]) for path in ("/gxj/2023.txt", YANGCHENG, LUOLONG)}
    assert files == {
        "/gxj/2023.txt": [(False, False, 1), (True, False, 1)],
        YANGCHENG: [(True, True, 1)],
        LUOLONG: [(True, False, 1)],
    }
    tried = """
        select run_id, attempt_no, http_status, outcome, reason from warehouse.fetch_attempt
        where address = %s order by fetch_id
    """
    nanyang = asked(three.database, tried, [f"{three.site}/nanyang/2024.pdf"])
    assert [row[:4] for row in nanyang] == [
        (1, 1, 503, "retried"), (1, 2, 200, "new"), (2, 1, 304, "unchanged"), (3, 1, 304, "unchanged"),
    ]  # fmt: skip
    assert asked(three.database, tried, [three.site + CAIZHENG]) == [(3, 1, 200, "new", None)]


def test_a_retry_after_header_is_obeyed(three):
    pauses = [request.at for request in three.nights[0].requests if request.path == "/nanyang/2024.pdf"]
    assert len(pauses) == 2 and pauses[1] - pauses[0] >= 1


def test_every_expected_document_has_a_state(three):
    assert three.nights[0].slots == three.nights[1].slots
    assert three.nights[2].slots == {
        ("上海市普陀区规划和自然资源局", 2024): ("published", None),
        ("佛山市轨道交通局", 2019): ("published", None),
        ("南阳市工业和信息化局", 2024): ("published", None),
        ("洛阳市洛龙区工业和信息化局", 2024): ("published", None),
        ("示范市工业和信息化局", 2023): ("late", None),
        ("示范市工业和信息化局", 2024): ("published", None),
        ("示范市扫描局", 2024): ("scan_only", SCANNED),
        ("示范市损坏局", 2024): ("unreadable", UNREADABLE),
        ("示范市教育局", 2024): ("missing", None),
        ("示范市教育局", 2098): ("not_due", None),
        ("示范市登录局", 2024): ("missing", None),
        ("示范市财政局", 2024): ("published", None),
        ("阳城县工业和信息化局", 2024): ("published", None),
    }
    before = three.nights[0].slots["示范市财政局", 2024]
    assert before in (("missing", None), ("not_due", None))  # depends on the day on which the test runs
    tables = """
        select slot_status, status, count(*) from mart.coverage
        where department in ('示范市教育局', '示范市扫描局') and fiscal_year = 2024 group by 1, 2 order by 1
    """
    assert asked(three.database, tables) == [("missing", "absent", 10), ("scan_only", "unrecognised", 10)]
