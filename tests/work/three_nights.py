"""Three nightly runs over a web site on loopback, from an empty database: `python -m tests.work.three_nights`.

The site serves samples/ as publishers do: with redirects and a listing page, with and without ETags, slowly, and after
a 503. Other files are missing, damaged, scanned, or not documents. Before the third run one file is replaced at its
address, one is added to the listing and one is removed. Each run is the real command; its report is printed.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.truth import BAD, SAMPLES
from tests.ingest.web_site import Site, drip, etag_of, serving
from tests.scratch import folder_of_server
from warehouse import server
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.load.reference import load_reference
from warehouse.schema.upgrade import upgrade

MANIFEST = """\
contact = "tests of fetching"

[politeness]
interval_seconds = 0

[limits]
attempts = 3
backoff_seconds = 0.05

[defaults]
fiscal_year = 2024

[[source]]                                  # sent slowly, the first time
url = "{site}/gxj/2024.pdf"
department = "示范市工业和信息化局"
due_on = 2025-09-30

[[source]]                                  # corrected before the third night
url = "{site}/gxj/2023.txt"
department = "示范市工业和信息化局"
fiscal_year = 2023
due_on = 2024-07-31

[[source]]                                  # moved: two redirects
url = "{site}/old/guihua.pdf"
department = "上海市普陀区规划和自然资源局"

[[source]]                                  # 503 with Retry-After, then sent
url = "{site}/nanyang/2024.pdf"
department = "南阳市工业和信息化局"

[[source]]                                  # known by Last-Modified, has no ETag
url = "{site}/foshan/2019.pdf"
fiscal_year = 2019
department = "佛山市轨道交通局"

[[source]]                                  # nothing there: 404
url = "{site}/jyj/2024.pdf"
department = "示范市教育局"
due_on = 2025-09-30

[[source]]                                  # nothing there, and not due yet
url = "{site}/jyj/2098.pdf"
department = "示范市教育局"
fiscal_year = 2098
due_on = 2099-09-30

[[source]]                                  # a scan
url = "{site}/smj/2024.pdf"
department = "示范市扫描局"

[[source]]                                  # damaged
url = "{site}/shj/2024.pdf"
department = "示范市损坏局"

[[source]]                                  # a page that says "please log in", with status 200
url = "{site}/dlj/2024.pdf"
department = "示范市登录局"
due_on = 2025-09-30

[[source]]                                  # a page that links to documents
listing = "{site}/czj/bmjs/"
department = ["洛阳市洛龙区工业和信息化局", "阳城县工业和信息化局", "示范市财政局"]
"""
LUOLONG, YANGCHENG, CAIZHENG = "/czj/bmjs/luolong.pdf", "/czj/bmjs/yangcheng.pdf", "/czj/bmjs/caizheng.txt"
ELSEWHERE = "https://files.example.gov.cn/a.pdf"  # on a host that the manifest does not name: not fetched
CORRECTED = (("办公费\t14.28", "办公费\t15.28"), ("印刷费\t2.30", "印刷费\t1.30"))
SOME_DAY = 1_700_000_000  # seconds since 1970
VERSIONS = """
select disclosure.version, amount.is_current, amount.amount_wan, disclosure.source_url
from mart.amount
join mart.disclosure using (document_id)
where amount.department = '示范市工业和信息化局' and amount.fiscal_year = 2023
    and table_code = 'GK06' and row_key = '30201'
order by version
"""
SLOTS = """
select fiscal_year, department, slot_status, slot_reason from mart.slot_coverage order by slot_status, fiscal_year, 2
"""
LOGIN = b"<!doctype html><title>please log in</title>"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def corrected() -> bytes:
    """The accounts of 2023 with other amounts of two items of office costs, and the same total."""
    text = sample("shifan_gongxin_2023.txt").decode("gb18030")
    for wrong, right in CORRECTED:
        assert text.count(wrong) == 1
        text = text.replace(wrong, right)
    return text.encode("gb18030")


def before_the_first(site: Site) -> None:
    gongxin, nanyang = sample("shifan_gongxin_2024.pdf"), "/nanyang/2024.pdf"
    site.publish("/gxj/2024.pdf", gongxin)
    site.act("/gxj/2024.pdf", drip(gongxin, seconds=1, ETag=etag_of(gongxin)), once=True)
    site.publish("/gxj/2023.txt", sample("shifan_gongxin_2023.txt"), content_type="text/plain")
    site.answer("/old/guihua.pdf", 301, headers={"Location": "/new/guihua.pdf"})
    site.answer("/new/guihua.pdf", 302, headers={"Location": site.url("/files/1.pdf")})
    site.publish("/files/1.pdf", sample("putuo_guihua_2024.pdf"))
    site.publish(nanyang, sample("nanyang_gongxin_2024.pdf"))
    site.first(nanyang, 503, headers={"Retry-After": "1"})
    site.put("/foshan/2019.pdf", sample("foshan_guidao_2019.pdf"), modified=SOME_DAY)
    site.publish("/smj/2024.pdf", (BAD / "scanned.pdf").read_bytes())
    site.publish("/shj/2024.pdf", (BAD / "truncated.pdf").read_bytes())
    site.put("/dlj/2024.pdf", LOGIN, content_type="text/html")
    site.publish(LUOLONG, sample("luolong_gongxin_2024.pdf"))
    site.publish(YANGCHENG, sample("yangcheng_gongxin_2024.pdf"))
    site.page("/czj/bmjs/", LUOLONG, YANGCHENG, ELSEWHERE)


def before_the_third(site: Site) -> None:
    """Replaces a file, adds one and removes one."""
    site.publish("/gxj/2023.txt", corrected(), content_type="text/plain")
    site.publish(CAIZHENG, sample("shifan_caizheng_2024.txt"), content_type="text/plain")
    site.remove(YANGCHENG)
    site.page("/czj/bmjs/", LUOLONG, CAIZHENG, ELSEWHERE)


def nothing_happens(site: Site) -> None:
    pass


CHANGES: tuple[Callable[[Site], None], ...] = (before_the_first, nothing_happens, before_the_third)


@dataclass(frozen=True, slots=True)
class Report:
    """The output of a run, and its exit status."""

    printed: str
    status: int


def nights(site: Site, folder: Path, surroundings: dict[str, str]) -> Iterator[Report]:
    """Runs `juesuan nightly` three times; the clock of the site goes on by a day between two runs."""
    manifest = folder / "sources.toml"
    manifest.write_text(MANIFEST.format(site=site.url("").rstrip("/")), "utf-8")
    command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest), "--jobs", "2"]
    for change in CHANGES:
        change(site)
        environment = surroundings | {"JUESUAN_ALLOW_NETWORKS": "127.0.0.0/8"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        yield Report(done.stdout + done.stderr, done.returncode)


@contextmanager
def empty_warehouse() -> Iterator[Settings]:
    """A new PostgreSQL with schema, reference lists and no document, and an empty archive."""
    with folder_of_server() as home:
        settings = Settings(home=home, database_url=None, archive=home / "archive")
        url = server.start(settings)
        try:
            upgrade(url, reader_password="reader")
            with connect(url) as connection:
                load_reference(connection)
            yield settings
        finally:
            server.stop(settings)


def main() -> None:
    with empty_warehouse() as settings, serving() as site:
        surroundings = os.environ | {"JUESUAN_HOME": str(settings.home), "JUESUAN_DATABASE_URL": ""}
        for report in nights(site, settings.home, surroundings):
            print(f"$ juesuan nightly sources.toml\n{report.printed}$ echo $?\n{report.status}\n", flush=True)
        print_what_is_public(server.start(settings))


def print_what_is_public(url: str) -> None:
    """Prints the corrected file with the one that it replaced, and the state of every expected document."""
    with connect(url) as connection:
        print("office costs (30201) of 示范市工业和信息化局 in 2023, by version of the file")
        for version, is_current, amount, source in connection.execute(VERSIONS):
            print(f"version {version} {'(current)' if is_current else '':<9} {amount:>8.2f} 万元  {source}")
        print("what was expected, and what is there")
        for year, department, status, reason in connection.execute(SLOTS):
            print(f"{year} {department} {status}{f' ({reason})' if reason else ''}")


if __name__ == "__main__":
    main()
