"""The command `juesuan`: its output, its effects and its exit status."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from psycopg.pq import TransactionStatus
from sqlalchemy import make_url

from ingest.cli import output
from ingest.cli.main import STAGES as SHOWN_STAGES
from ingest.cli.main import main
from ingest.cli.stages import STAGES
from ingest.cli.terminal import Console
from ingest.nightly import batch
from ingest.nightly.read_files import IN_THIS_PROCESS
from ingest.pipeline import extract
from ingest.version import parser_version
from tests.ingest.pdfs import with_pages
from tests.ingest.truth import BAD, SAMPLES, extraction_of, in_wan
from tests.long import first_short
from tests.scratch import folder_of_server
from tests.warehouse.factory import extraction, profile
from warehouse.base.database import connect, without_password
from warehouse.load.document import load
from warehouse.schema.this_version import newest_revision, require_this_version
from warehouse.work import runs
from warehouse.work.jobs import File, enqueue

SOUND, OTHER = SAMPLES / "pingdingshan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2023.txt"
PDF = SAMPLES / "foshan_guidao_2019.pdf"
ROOT = SAMPLES.parent
DUMP = "select * from warehouse.amount"


def commands(group: click.Group = main, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*prefix, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))


every_command = pytest.mark.parametrize("command", [(), *commands()], ids=" ".join)


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@every_command
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_of_every_command_begins_with_a_sentence(command, option):
    result = run(*command, option)
    assert result.exit_code == 0
    usage, *rest = result.output.split("\n\n")
    assert usage.startswith("Usage: ") and rest
    assert rest[0].strip()[0].isupper() or rest[0].strip().startswith("juesuan")
    assert rest[0].strip().endswith((".", ":"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest",),
        ("show",),
        ("show", SOUND, "--stage", "guesses"),
        ("show", SOUND, OTHER),
        ("db", "restart"),
        ("nothing",),
        ("ingest", "--fast", SOUND),
        ("reference", "load", "now"),
        ("reference", "series", "now.csv"),
    ],
)
def test_wrong_usage_exits_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr and "Error: " in result.stderr


def test_the_first_ingest_prints_what_was_found(juesuan):
    result = juesuan("ingest", SOUND)
    assert result.exit_code == 0
    heading, line = (line.split() for line in result.stdout.splitlines() if line.strip())
    assert heading == ["file", "department", "place", "year", "tables", "amounts", "repaired", "doubts", "outcome"]
    assert line[:2] == [SOUND.name, "平顶山市工业和信息化局"] and "2023" in line
    assert "831" in line  # amounts


def test_a_second_ingest_changes_nothing(juesuan, connection):
    assert juesuan("ingest", SOUND, PDF).exit_code == 0
    first = sorted(connection.execute(DUMP).fetchall(), key=str)
    connection.commit()
    again = juesuan("ingest", SOUND, PDF)
    assert again.exit_code == 0
    assert [line.split()[-1] for line in again.stdout.splitlines()[1:]] == ["unchanged", "unchanged"]
    assert sorted(connection.execute(DUMP).fetchall(), key=str) == first


def test_a_file_that_reads_worse_than_the_public_one_is_held_with_a_reason(juesuan, connection, tmp_path):
    cut = tmp_path / "cut.txt"
    text = SOUND.read_text("utf-8")
    cut.write_text(text[: 2 * len(text) // 5], "utf-8")
    assert juesuan("ingest", SOUND).exit_code == 0
    public = connection.execute("select count(*) from mart.amount where is_current").fetchall()
    connection.commit()
    result = juesuan("ingest", cut, OTHER)
    assert result.exit_code == 1
    assert [line.split()[-1] for line in result.stdout.splitlines()[1:]] == ["held", "document"]
    assert result.stderr.startswith("juesuan: cut.txt: is stored but not public (`juesuan gate`): ")
    assert "public tables would go: " in result.stderr
    asked = "select count(*) from mart.amount where is_current and department = '平顶山市工业和信息化局'"
    assert connection.execute(asked).fetchall() == public


def test_accounts_of_a_year_that_has_not_ended_are_held_and_may_be_published(juesuan, connection, tmp_path):
    year = connection.execute("select extract(year from now() at time zone 'Asia/Shanghai')::int").fetchone()[0]
    early = tmp_path / "early.txt"
    early.write_text(SOUND.read_text("utf-8").replace("2023年", f"{year}年"), "utf-8")
    connection.commit()
    bulk = juesuan("ingest", "--bulk", early)
    assert (bulk.exit_code, bulk.stdout) == (1, "0 documents, 0 amounts; 0 files came twice\n")
    assert bulk.stderr.startswith("juesuan: early.txt: was read, but is not loaded in bulk: ")
    single = juesuan("ingest", early)
    assert (single.exit_code, f"fiscal year {year} has not ended: it has no accounts yet" in single.stderr) == (1, True)
    assert connection.execute("select count(*) from mart.disclosure").fetchone() == (0,)
    connection.commit()
    assert juesuan("gate", "publish", "--all").exit_code == 0
    assert connection.execute("select fiscal_year from mart.disclosure").fetchall() == [(year,)]


def test_a_file_named_twice_is_loaded_once(juesuan, connection):
    assert juesuan("ingest", SOUND, SOUND).exit_code == 0
    assert connection.execute("select count(*) from mart.disclosure").fetchone() == (1,)


def test_the_values_in_the_database_are_those_that_were_read(juesuan, connection):
    juesuan("ingest", PDF)
    read = {(a.table_code, a.row_key, a.measure): (in_wan(a), a.printed) for a in extraction_of(PDF).amounts}
    stored = connection.execute("select table_code, row_key, measure, amount_wan, printed from mart.amount").fetchall()
    assert {row[:3]: row[3:] for row in stored} == read


def test_an_error_is_one_line_without_debug(juesuan):
    result = juesuan("show", BAD / "empty.pdf")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "juesuan: empty.pdf: the file is empty (0 bytes)\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_read_permission_stops_no_other_file(juesuan, connection, tmp_path):
    locked = tmp_path / "locked.txt"
    locked.write_bytes(SOUND.read_bytes())
    locked.chmod(0)
    result = juesuan("ingest", locked, SOUND)
    assert result.exit_code == 1
    assert "juesuan: locked.txt: cannot be read: Permission denied" in result.output
    assert connection.execute("select source_name from mart.disclosure").fetchall() == [(SOUND.name,)]


@pytest.mark.takes(1)
@pytest.mark.parametrize("command", ["show", "ingest"])
def test_debug_shows_the_traceback(command, database):
    result = subprocess.run(
        [sys.executable, "-m", "ingest.cli", "--debug", command, BAD / "empty.pdf"],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"JUESUAN_DATABASE_URL": database},
    )  # fmt: skip
    assert result.returncode == 1
    assert "Traceback" in result.stderr and "EmptyFile" in result.stderr


def test_a_database_without_a_warehouse_gives_a_message(empty_database, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", empty_database)
    result = run("ingest", SOUND)
    assert result.exit_code == 1
    assert result.stderr.strip().endswith("the database has no warehouse yet: run `juesuan db upgrade`")


def test_a_database_that_does_not_answer_gives_a_message(monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    result = run("ingest", SOUND)
    assert result.exit_code == 1
    assert result.stderr.startswith("juesuan: the database does not answer: ")
    assert len(result.stderr.splitlines()) == 1


def test_workers_are_not_started_on_an_address_that_is_none(monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", "nonsense")
    result = run("work", "--until-empty")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "is not of the form postgresql://" in result.stderr


def test_workers_are_not_started_on_a_database_without_tables(empty_database, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", empty_database)
    result = run("work", "--until-empty")
    assert (result.exit_code, result.stderr) == (
        1,
        "juesuan: the database has no warehouse yet: run `juesuan db upgrade`\n",
    )


def test_workers_say_that_they_wait_for_the_database_and_that_they_gave_up(monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", "postgresql://u@127.0.0.1:1/x")
    monkeypatch.setenv("JUESUAN_DATABASE_WAIT_SECONDS", "0")
    result = run("work", "--jobs", "1", "--until-empty")
    waits, gave_up = result.stderr.splitlines()
    assert waits.startswith("juesuan: the database does not answer: ") and "the workers wait for it" in waits
    assert (result.exit_code, gave_up.startswith("juesuan: a worker gave up: the database did not come back")) == (
        5,
        True,
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update warehouse.alembic_version set version_num = '0001'", "of revision 0001, this version needs "),
        ("update warehouse.alembic_version set version_num = '9999'", "of revision 9999, this version knows "),
        (
            "comment on table warehouse.alembic_version is 'of another day'",
            "views or declarations are those ",
        ),
    ],
)
def test_nothing_is_loaded_into_a_warehouse_of_another_version(juesuan, database, tmp_path, statement, said):
    with connect(database) as connection:
        connection.execute(statement)
    listed = tmp_path / "m.toml"
    listed.write_text(f"[[source]]\nfolder = '{SAMPLES}'\n")
    for status, *command in ((1, "ingest", SOUND), (1, "sync", listed), (5, "nightly", listed), (1, "work")):
        result = juesuan(*command)
        assert (result.exit_code, said in result.stderr, result.stdout) == (status, True, ""), command
    with connect(database) as connection:
        counted = "select (select count(*) from warehouse.document), (select count(*) from warehouse.run)"
        assert connection.execute(counted).fetchone() == (0, 0)


def test_the_question_for_the_version_leaves_no_transaction_open(connection):
    require_this_version(connection)
    assert connection.info.transaction_status is TransactionStatus.IDLE


def test_the_newest_revision_is_the_one_that_alembic_upgrades_to(connection):
    assert connection.execute("select version_num from warehouse.alembic_version").fetchone() == (newest_revision(),)


def test_reference_load_is_safe_to_repeat(juesuan):
    first, second = juesuan("reference", "load"), juesuan("reference", "load")
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == second.stdout
    assert "divisions" in first.stdout and "functional subjects" in first.stdout


@pytest.mark.parametrize(
    "url",
    ["nonsense s3cret", "postgresql://u:s3cret@127.0.0.1:1/x", "postgresql://u:s3cret@127.0.0.1:1/x?password=s3cret",
     "postgresql://u:a/s3cret@127.0.0.1/x", "postgresql://u:s3cret%zz@127.0.0.1:1/x", "mysql://u:s3cret@127.0.0.1/x",
     "postgresql://u:a:s3cret@127.0.0.1:s3cret/x", "host=127.0.0.1 port=1 password=s3cret"],
)  # fmt: skip
def test_no_message_of_a_failing_connection_holds_the_password(url, monkeypatch, tmp_path):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", url)
    (tmp_path / "m.toml").write_text(f"[[source]]\nfolder = '{tmp_path}'\n")
    monkeypatch.setenv("JUESUAN_DATABASE_WAIT_SECONDS", "0")
    commands = ["db start", "db status", "db upgrade", "gate", f"ingest {SOUND}", f"nightly {tmp_path / 'm.toml'}"]
    for given in commands:
        result = run(*given.split())
        assert result.output and "s3cret" not in result.output, given
        assert result.exception is None or isinstance(result.exception, SystemExit), given


def test_how_psql_connects_is_printed_without_a_password():
    printed = StringIO()
    output.print_connection("postgresql://reader:s3cret@h:5433/d", "psql service=x", Console(file=printed))
    assert "s3cret" not in printed.getvalue()
    assert "host h, port 5433, database d, user reader" in printed.getvalue()


def test_the_demo_prints_how_to_connect_and_no_password(juesuan, database, tmp_path):
    (tmp_path / "README.md").write_text("what the documents are")
    shutil.copy(SOUND, tmp_path)
    result = juesuan("demo", tmp_path)
    assert result.exit_code == 0, result.output
    assert f"psql:     psql {without_password(database)} -c" in result.stdout
    password = make_url(database).password
    assert password and password not in result.output


def test_a_second_demo_upgrades_and_reads_nothing(juesuan, database, tmp_path, monkeypatch):
    shutil.copy(SOUND, tmp_path)
    with connect(database, autocommit=True) as connection:
        load(connection, extract(SOUND))
    upgraded = []
    monkeypatch.setattr("ingest.cli.main._upgrade", upgraded.append)
    again = juesuan("demo", tmp_path)
    assert again.exit_code == 0 and not upgraded, again.output
    assert "1 of 1 files are public already" in again.stdout and "unchanged" not in again.stdout
    with connect(database, autocommit=True) as connection:
        connection.execute("comment on table warehouse.alembic_version is 'made from other files'")
    monkeypatch.setattr("ingest.cli.main.reading_version", lambda: "0+read by another version")
    assert "unchanged" in juesuan("demo", tmp_path).stdout
    assert upgraded == [database]


def test_db_commands_name_an_external_database(juesuan, database):
    shown = without_password(database)
    assert juesuan("db", "start").stdout.splitlines()[0] == shown
    assert juesuan("db", "url").stdout.strip() == database
    assert juesuan("db", "status").stdout.splitlines()[:2] == ["external database (JUESUAN_DATABASE_URL)", shown]
    assert juesuan("db", "stop").stdout.strip() == "no embedded server was running"


def test_db_status_says_what_the_database_holds(juesuan, database, monkeypatch, tmp_path):
    empty = juesuan("db", "status")
    assert (empty.exit_code, empty.stderr) == (0, "")
    assert empty.stdout.splitlines()[-1] == "last night:  none yet"
    with connect(database, autocommit=True) as connection:
        load(connection, extraction())
        load(connection, extraction("last year", profile=profile(fiscal_year=2023)))
        enqueue(connection, [File("a" * 64, "x.pdf", "file:///x.pdf")], parser_version())
        run_id = runs.start(connection, "sources.toml")
        runs.end(connection, run_id, 1, {}, ())
    monkeypatch.setenv("JUESUAN_ARCHIVE", str(tmp_path / "archive"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "y.pdf").write_bytes(b"%PDF-1.7 fetched, and not read")
    (tmp_path / "m.toml").write_text("[[source]]\nfolder = 'in'\n")
    assert juesuan("sync", tmp_path / "m.toml").exit_code == 0
    with connect(database, autocommit=True) as connection:  # as a sync that was broken off leaves it
        connection.execute("delete from warehouse.reading where source_name = 'y.pdf'")
    said = dict(re.split(r": +", line, maxsplit=1) for line in juesuan("db", "status").stdout.splitlines()[2:])
    assert re.fullmatch(r"\d+\.\d [kMG]B", said.pop("size")) and re.fullmatch(r"\d{4}", said.pop("schema"))
    assert re.fullmatch(rf"run {run_id} of sources\.toml, .* to .*, exit status 1", said.pop("last night"))
    assert said == {
        "documents": "2 public, 0 held",
        "bodies": "1",
        "years": "2023–2024",
        "amounts": said["amounts"],
        "other files": "1 waiting, 1 not queued",
    }
    assert int(said["amounts"]) > 0


def test_db_status_says_that_an_upgrade_is_needed(juesuan, database, empty_database, monkeypatch):
    with connect(database, autocommit=True) as connection:
        connection.execute("comment on table warehouse.alembic_version is 'of another day'")
        other = juesuan("db", "status")
        assert (other.exit_code, "views or declarations are those of another version" in other.stderr) == (1, True)
        connection.execute("update warehouse.alembic_version set version_num = '0001'")
    old = juesuan("db", "status")
    assert old.exit_code == 1
    assert re.search(r"of revision 0001, this version needs \d{4}: run `juesuan db upgrade`$", old.stderr)
    monkeypatch.setenv("JUESUAN_DATABASE_URL", empty_database)
    none = juesuan("db", "status")
    assert (none.exit_code, none.stderr) == (
        1,
        "juesuan: the database has no warehouse yet: run `juesuan db upgrade`\n",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "wrong"}, "the database refuses this user or password: "),
        ({"database": "nosuch"}, "the server has no such database: "),
        ({"port": 1}, "the database does not answer: "),
        ({"drivername": "nonsense"}, "The URL of the database (JUESUAN_DATABASE_URL) is not of the form postgresql://"),
    ],
)
def test_db_status_says_why_it_cannot_connect(juesuan, database, monkeypatch, change, said):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", make_url(database).set(**change).render_as_string(hide_password=False))
    result = juesuan("db", "status")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"juesuan: {said}") and len(result.stderr.splitlines()) == 1


def test_db_refresh_publishes_the_documents_of_an_interrupted_batch(juesuan, database):
    with connect(database) as connection:
        load(connection, extraction(), refresh=False)
    assert juesuan("db", "refresh").stdout == "1 slots became public\n"
    with connect(database) as connection:
        assert connection.execute("select count(*) from mart.disclosure").fetchone() == (1,)
    assert juesuan("db", "refresh").stdout == "0 slots became public\n"


def test_documents_before_the_interruption_of_a_batch_are_public(database):
    with connect(database) as connection:
        done = batch.ingest(connection, [SOUND, OTHER], jobs=IN_THIS_PROCESS)
        next(done)
        done.close()
    with connect(database) as connection:
        assert connection.execute("select source_name from mart.disclosure").fetchall() == [(SOUND.name,)]


STAGE_SAYS = {
    "document": "[table of ",
    "tables": "  | ",
    "matches": "GK05 一般公共预算财政拨款支出决算表",
    "items": "GK03 TOTAL total = ",
}


@pytest.fixture
def bare_environment(tmp_path):
    """No PostgreSQL on the path, none that runs, and a home where nothing was made yet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUESUAN_", "PG"))}
    return kept | {"PATH": "/nonexistent", "JUESUAN_HOME": str(tmp_path / "home"), "JUESUAN_POSTGRES": "/nonexistent"}


def command(environment, *arguments):
    arguments = [sys.executable, "-m", "ingest.cli", *map(str, arguments)]
    return subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)


@pytest.mark.takes(9)
@pytest.mark.parametrize("path", [PDF, SOUND], ids=["pdf", "text"])
@pytest.mark.parametrize("stage", STAGES)
def test_show_prints_the_result_of_a_stage(stage, path):
    result = run("show", path, "--stage", stage)
    assert result.exit_code == 0
    assert STAGE_SAYS.get(stage, "") in result.stdout


def test_every_stage_can_be_shown():
    assert STAGE_SAYS.keys() <= STAGES.keys()
    assert list(STAGES) == list(SHOWN_STAGES)


@pytest.mark.parametrize("stage", first_short(*STAGES))
def test_show_needs_no_database(stage, bare_environment):
    result = command(bare_environment, "show", SOUND, "--stage", stage)
    assert (result.returncode, result.stderr) == (0, "")
    assert STAGE_SAYS.get(stage, "") in result.stdout
    assert not Path(bare_environment["JUESUAN_HOME"]).exists()


def test_without_any_postgresql_the_reason_is_one_line(bare_environment):
    result = command(bare_environment, "ingest", SOUND)
    assert result.returncode == 1
    assert result.stderr.startswith("juesuan: ") and len(result.stderr.splitlines()) == 1


def test_show_ends_quietly_if_its_output_is_closed(bare_environment):
    """juesuan show … | head"""
    shell = f"{sys.executable} -m ingest.cli show {PDF} | head -n 1; exit ${{PIPESTATUS[0]}}"
    environment = bare_environment | {"PATH": os.environ["PATH"]}
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert "Traceback" not in result.stderr


def test_report_writes_one_page_without_a_database(bare_environment, tmp_path):
    if "report" not in main.commands:
        pytest.skip("no such command")
    page = tmp_path / "page.html"
    result = command(bare_environment, "report", PDF, "-o", page)
    assert result.returncode == 0, result.stderr
    assert "佛山市轨道交通局" in page.read_text("utf-8")


def test_report_into_a_missing_folder_gives_a_message(bare_environment, tmp_path):
    if "report" not in main.commands:
        pytest.skip("no such command")
    result = command(bare_environment, "report", SOUND, "-o", tmp_path / "none" / "page.html")
    assert result.returncode in (1, 2)
    assert "Traceback" not in result.stderr


@pytest.fixture
def own_server() -> Iterator[dict[str, str]]:
    """The environment of a user without database and without JUESUAN_HOME."""
    with folder_of_server() as home:
        kept = {name: value for name, value in os.environ.items() if name != "JUESUAN_DATABASE_URL"}
        environment = kept | {"JUESUAN_HOME": str(home)}
        yield environment
        command(environment, "db", "stop")


def test_start_ingest_query_and_stop_with_the_embedded_server(own_server):
    """What starts, reads or stops something is a process of its own; what only asks is called in this one."""

    def ask(*arguments):
        return CliRunner().invoke(main, arguments, env=own_server)

    def juesuan(*arguments):
        result = command(own_server, *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def told(*arguments):
        result = ask(*arguments)
        assert result.exit_code == 0, result.stderr
        return result.stdout.strip()

    not_yet = ask("db", "status")
    assert not_yet.exit_code == 1 and "`juesuan db start` starts it" in not_yet.stderr
    assert ask("db", "url").exit_code == 1
    address, psql = juesuan("db", "start").splitlines()
    url = told("db", "url")
    assert address == without_password(url) != url
    assert psql == f"PGSERVICEFILE={own_server['JUESUAN_HOME']}/pg_service.conf psql service=juesuan_reader"
    assert "views" in juesuan("db", "upgrade")
    assert "divisions" in told("reference", "load")
    assert SOUND.name in juesuan("ingest", SOUND)
    assert told("ingest", "--jobs", "0", str(SOUND)).endswith("unchanged")
    assert "juesuan_reader" in told("db", "url", "--reader")
    status = told("db", "status")
    assert "running" in status
    passwords = [make_url(told("db", "url", *option)).password for option in ((), ("--reader",))]
    assert len(set(passwords)) == 2 and not any(password in address + psql + status for password in passwords)
    assert juesuan("db", "stop") == "stopped"
    stopped = ask("db", "status")
    assert (stopped.exit_code, "stopped" in stopped.stdout) == (1, True)
    assert told("db", "stop") == "no embedded server was running"


def test_several_files_are_shown_as_one_disclosure(tmp_path):
    text = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", (1, 2, 3, 21, 22), tmp_path / "说明.pdf")
    tables = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", range(4, 21), tmp_path / "报表.pdf")
    printed = run("show", "--together", text, tables).stdout
    assert "GK01 income:总计 final = 47113400.00 元" in printed and " file 2 p. 1\n" in printed, printed[:2000]
    assert "file 2 p. 1  收入支出决算总表" in run("show", "--together", text, tables, "--stage", "document").stdout
    assert "收入支出决算总表" in run("show", "--together", text, tables, "--stage", "matches").stdout
    alone = run("show", text, tables)
    assert (alone.exit_code, "with --together the files of one disclosure" in alone.stderr) == (2, True)


def test_files_that_are_one_disclosure(juesuan, connection, tmp_path):
    text = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", (1, 2, 3, 21, 22), tmp_path / "说明.pdf")
    tables = with_pages(SAMPLES / "nanyang_gongxin_2024.pdf", range(4, 21), tmp_path / "报表.pdf")
    said = juesuan("ingest", "--together", text, tables)
    assert (said.exit_code, "说明.pdf +1" in said.stdout) == (0, True), said.output
    found = "select department, source_name, amounts_loaded from mart.disclosure"
    assert connection.execute(found).fetchall() == [("南阳市工业和信息化局", "说明.pdf", 962)]
    in_this_process = juesuan("ingest", "--together", "--jobs", "0", text, tables)
    assert "unchanged" in in_this_process.stdout


@pytest.mark.parametrize("count", [1, 2])
def test_one_file_is_not_several(juesuan, count):
    said = juesuan("ingest", "--together", *[SAMPLES / "shifan_gongxin_2024.pdf"] * count)
    assert (said.exit_code, "--together needs two different files or more" in said.stderr) == (2, True)
