"""Loads the warehouse for the queries of the cookbook: samples, documents of an invented body, generated peers."""

from dataclasses import replace
from pathlib import Path

from psycopg import Connection

from ingest.nightly.batch import ingest
from tests.warehouse.budgets import planned
from tests.warehouse.factory_statements import checked
from tests.warehouse.peers import load_all, peer, peers
from warehouse.load.document import load
from warehouse.load.series import load_series
from warehouse.records.reading import CheckOutcome, Extraction

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
DOCUMENTS = HERE / "documents"
# 0.00 + 3.60 + 4.50 is not 9.00: the first file misprints the reception, the corrected file prints 5.40.
MISPRINTED, CORRECTED = "9.00\t0.00\t3.60\t0.00\t3.60\t4.50", "9.00\t0.00\t3.60\t0.00\t3.60\t5.40"
PLANNED = (100, 97, 104, 120, 90, 102, 250, 96)  # what the first counties planned for 2024, in % of what they spent
FORMER_NAME = "子县经济和信息化委员会"


def fill(connection: Connection, scratch: Path) -> None:
    """All files are published ten days ago, except a corrected one that is published today."""
    load_files(connection, sorted([*SAMPLES.glob("*.pdf"), *SAMPLES.glob("*.txt"), *DOCUMENTS.glob("*.txt")]))
    load_peers(connection)
    load_series(connection, HERE / "series.csv")
    connection.execute("update warehouse.publication set published_at = published_at - interval '10 days'")
    load_files(connection, [corrected(scratch)])


def load_files(connection: Connection, files: list[Path]) -> None:
    failed = [outcome.error for outcome in ingest(connection, files) if outcome.error]
    assert not failed, failed


def corrected(scratch: Path) -> Path:
    first = (DOCUMENTS / "shifan_keji_2024.txt").read_text("utf-8")
    assert first.count(MISPRINTED) == 1
    file = scratch / "shifan_keji_2024_更正.txt"
    file.write_text(first.replace(MISPRINTED, CORRECTED), "utf-8")
    return file


def load_peers(connection: Connection) -> None:
    """Fourteen counties of 2024, one of them with a class that does not add up, two of 2023; eight have budgets."""
    load_all(connection, [*peers()[:8], not_adding_up(), *peers()[9:], peer(2, 2023, "900.00")])
    load_renamed(connection)
    load_all(connection, (planned(number, percent) for number, percent in enumerate(PLANNED)))


def not_adding_up() -> Extraction:
    broken = checked(
        "B4", CheckOutcome.BROKEN, cells=("GK03/TOTAL/total", "GK03/215/total"), explanation="合计比各类之和多 5.00"
    )
    return peer(8, checks=(broken,))


def load_renamed(connection: Connection) -> None:
    """The body of the first county in 2023 under a former name, which is registered as a name of this body."""
    before = peer(0, 2023, "800.00")
    load(connection, before)
    connection.execute(
        "insert into warehouse.department_alias (department_id, name, valid_from_year, valid_to_year)"
        " select department_id, %s, 2022, 2022 from warehouse.department where name = %s",
        [FORMER_NAME, before.profile.department],
    )
    earlier = peer(0, 2022, "780.00")
    load(connection, replace(earlier, profile=replace(earlier.profile, department=FORMER_NAME)))
