"""会议费 and 培训费 of a document whose GK09 prints them: in mart.three_public and as metrics."""

from decimal import Decimal
from pathlib import Path

import psycopg

from ingest.pipeline import extract
from tests.variants.layouts import LAYOUTS, MEETINGS
from tests.variants.text import text_of
from warehouse.load.document import load

METRICS = ("meeting", "training", "meeting_budget", "training_budget")


def printed(folder: Path) -> Path:
    path = folder / "meetings.txt"
    path.write_bytes(text_of(next(one.look for one in LAYOUTS if one.name == "meetings_beside")))
    return path


def test_meetings_and_training_are_columns_and_metrics(connection: psycopg.Connection, tmp_path: Path):
    load(connection, extract(printed(tmp_path)))
    columns = "final_meeting_wan, final_training_wan, budget_meeting_wan, budget_training_wan"
    spent = connection.execute(f"select {columns} from mart.three_public").fetchall()
    expected = [MEETINGS[name] for name in ("final_meeting", "final_training", "budget_meeting", "budget_training")]
    assert [list(row) for row in spent] == [expected]
    query = "select metric, amount_wan, is_sound from mart.metric_value where metric = any(%s)"
    found = {metric: (amount, sound) for metric, amount, sound in connection.execute(query, [list(METRICS)])}
    assert found == {name: (Decimal(value), True) for name, value in zip(METRICS, expected, strict=True)}
