"""Counts the changes on last year that a document states, and those that `juesuan trend` and the page of a comparison
show."""

import re
from typing import NamedTuple

from click.testing import CliRunner
from lxml import html

from ingest.cli.main import main
from ingest.pages.comparison import render
from warehouse.base.database import snapshot
from warehouse.comparison.choices import question
from warehouse.comparison.queries import overview

STATED = "select count(*) from mart.stated_figure where is_current and measure ~ '^change' and value is not null"
BODY = "select distinct department, department_kind, fiscal_year from mart.published_document"
ON_PAGE = "//article[h3[starts-with(., '各文件自己所述的增减')]]//tbody"
IN_TREND = "changes on last year that the documents state"
CHANGE = re.compile(r"(?<![\w.])[+-]\d[\d,]*(?:\.\d+)? (?=\S)")  # as both show it


class Counted(NamedTuple):
    stated: int
    in_trend: int
    on_page: int


def counted(url: str) -> Counted:
    """In a warehouse whose documents are all of one body, kind of body and year."""
    with snapshot(url) as connection:
        ((department, kind, year),) = connection.execute(BODY).fetchall()
        stated = connection.execute(STATED).fetchone()[0]
        page = html.document_fromstring(render(overview(connection, question(connection, kind, year))))
    trend = CliRunner(env={"JUESUAN_DATABASE_URL": url}).invoke(main, ["trend", department])
    assert trend.exit_code == 0, trend.output
    told = [block for block in trend.stdout.split("\n\n") if block.lstrip().startswith(IN_TREND)]
    shown = [" ".join(body.itertext()) for body in page.xpath(ON_PAGE)]
    return Counted(stated, *(len(CHANGE.findall(" ".join(texts))) for texts in (told, shown)))
