"""Two nightly runs over a web site on loopback in which sources contradict each other, from a warehouse that holds a
file ingested by hand: `python -m tests.work.contested_nights`.

Before the first night a person ingested the accounts of a bureau whose name does not tell its place. The second night
brings a body of the same name in another city, a file of a source for 洛阳市财政局 that names itself 平顶山市…局 with
nine times its amounts, a corrected file in which only the tables have another total, and one that lost half of its
pages. Each run is the real command; its report is printed.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.ingest.truth import SAMPLES
from tests.ingest.web_site import Site, serving
from tests.work.three_nights import Report, empty_warehouse
from warehouse import server
from warehouse.base.database import connect

COMMON = """\
contact = "tests of fetching"

[politeness]
interval_seconds = 0

[defaults]
fiscal_year = 2023

[[source]]
name = "changchun"
url = "{site}/changchun/2023.txt"
department = "朝阳区教育局"
division_code = "220104"

[[source]]
name = "pingdingshan"
url = "{site}/pingdingshan/2023.txt"
department = "平顶山市工业和信息化局"

[[source]]
name = "caizheng"
url = "{site}/caizheng/2024.txt"
department = "示范市财政局"
fiscal_year = 2024

[[source]]
name = "gongxin"
url = "{site}/gongxin/2023.txt"
department = "示范市工业和信息化局"

[[source]]                                  # nothing there: 404
name = "jiaoyu"
url = "{site}/jiaoyu/2023.txt"
department = "示范市教育局"
due_on = 2024-09-30
"""
SECOND = """
[[source]]
name = "beijing"
url = "{site}/beijing/2023.txt"
department = "朝阳区教育局"
division_code = "110105"

[[source]]
name = "impostor"
url = "{site}/impostor/2023.txt"
department = "洛阳市财政局"
"""
NAMESAKE = "朝阳区教育局"
AMOUNT = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,?[0-9]{3})*\.[0-9]{2}(?![0-9%])")
CURRENT = """
select department, division_code, fiscal_year, version, source_name,
    (select amount_wan from mart.metric_value where metric = 'expenditure' and document_id = disclosure.document_id)
from mart.disclosure where is_current order by 1, 2, 3
"""


def text(name: str, encoding: str = "utf-8") -> str:
    return (SAMPLES / name).read_text(encoding)


def times(factor: int, accounts: str) -> str:
    """The accounts with every amount multiplied; percentages stay."""
    return AMOUNT.sub(lambda found: f"{Decimal(found[0].replace(',', '')) * factor:,.2f}", accounts)


GONGXIN = text("shifan_gongxin_2023.txt", "gb18030")
PINGDINGSHAN, CAIZHENG = text("pingdingshan_gongxin_2023.txt"), text("shifan_caizheng_2024.txt")


def namesake(factor: int) -> str:
    return times(factor, GONGXIN.replace("示范市工业和信息化局", NAMESAKE))


def total_moved() -> str:
    """The accounts with all amounts of the tables multiplied, and the narrative as before."""
    tables, title, narrative = GONGXIN.rpartition("第三部分 2023年度部门决算情况说明")
    assert title
    return times(3, tables) + title + narrative


def half(accounts: str) -> str:
    lines = accounts.splitlines(keepends=True)
    return "".join(lines[: len(lines) // 2])


def publish(site: Site, **documents: str) -> None:
    for source, accounts in documents.items():
        year = 2024 if source == "caizheng" else 2023
        site.publish(f"/{source}/{year}.txt", accounts.encode(), content_type="text/plain; charset=utf-8")


def by_hand(folder: Path, surroundings: dict[str, str]) -> None:
    """Ingests the accounts of 2022 and 2023 of the bureau in Changchun."""
    paths = [folder / f"{year}.txt" for year in (2022, 2023)]
    for path in paths:
        path.write_text(namesake(2).replace("2023", path.stem), "utf-8")
    command = [sys.executable, "-m", "ingest.cli", "ingest", *map(str, paths)]
    subprocess.run(command, env=surroundings, check=True, capture_output=True, timeout=300)


def nights(site: Site, folder: Path, surroundings: dict[str, str]) -> Iterator[Report]:
    """Ingests by hand, then runs `juesuan nightly` twice."""
    surroundings = surroundings | {"JUESUAN_ALLOW_NETWORKS": "127.0.0.0/8"}
    by_hand(folder, surroundings)
    publish(site, changchun=namesake(3), pingdingshan=PINGDINGSHAN, caizheng=CAIZHENG, gongxin=GONGXIN)
    yield _night(site, folder, surroundings, COMMON)
    publish(site, beijing=namesake(14), impostor=times(9, PINGDINGSHAN), caizheng=half(CAIZHENG), gongxin=total_moved())
    yield _night(site, folder, surroundings, COMMON + SECOND)


def _night(site: Site, folder: Path, surroundings: dict[str, str], manifest: str) -> Report:
    path = folder / "sources.toml"
    path.write_text(manifest.format(site=site.url("").rstrip("/")), "utf-8")
    command = [sys.executable, "-m", "ingest.cli", "nightly", str(path), "--jobs", "2"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300)
    return Report(done.stdout + done.stderr, done.returncode)


def main() -> None:
    with empty_warehouse() as settings, serving() as site:
        surroundings = os.environ | {"JUESUAN_HOME": str(settings.home), "JUESUAN_DATABASE_URL": ""}
        for report in nights(site, settings.home, surroundings):
            print(f"$ juesuan nightly sources.toml\n{report.printed}$ echo $?\n{report.status}\n", flush=True)
        with connect(server.start(settings)) as connection:
            for department, code, year, version, file, wan in connection.execute(CURRENT):
                print(f"{department} {code or '–'} {year} version {version} ({file}): {wan:,.2f} 万元")


if __name__ == "__main__":
    main()
