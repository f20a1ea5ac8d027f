"""The output of the nightly commands: the queue, held readings, and the report of a nightly run."""

import time
from collections.abc import Iterator

import psycopg
from rich.cells import cell_len
from rich.markup import escape
from rich.progress import Progress

from ingest.cli.terminal import Table
from ingest.nightly.exit_statuses import MACHINE_FAILED, NOT_IN_ORDER, OK, SOME_FAILED
from ingest.nightly.night import Night
from ingest.nightly.read_files import reading_version
from warehouse import server
from warehouse.base.actors import CONNECTION_LOST
from warehouse.base.database import connect
from warehouse.base.messages import N_, _, is_chinese
from warehouse.base.retold import retold
from warehouse.work import jobs
from warehouse.work.decisions import HeldReading
from warehouse.work.runs import NotPublic
from warehouse.work.verification import Verified

SHOWN = 50  # rows shown of a list; a full queue holds thousands
ORDER = (
    N_("reading"),
    N_("waiting"),
    N_("postponed"),
    N_("quarantined"),
    N_("held"),
    N_("failed"),
    N_("loaded"),
)
WORDS = (  # kinds of problems and notices, states of expected documents, measures: shown in the language spoken
    N_("machine"),
    N_("fetch"),
    N_("audit"),
    N_("listing"),
    N_("parts"),
    N_("late"),
    N_("missing"),
    N_("documents"),
    N_("doubts in all"),
    N_("stated figures"),
    N_("files not public"),
    N_("sources"),
    N_("fetched"),
    N_("read"),
    N_("the worker reading it ended without a word {attempts} times"),  # as warehouse.work.jobs writes it
)
MEANINGS = {  # of the exit status; docs/nightly.md says what to do
    OK: N_("all good"),
    SOME_FAILED: N_("something was not fetched, not read, or not published"),
    NOT_IN_ORDER: N_("an audit query returned rows: the warehouse is not in order"),
    MACHINE_FAILED: N_("the machine failed; what was put off comes the next night"),
}
COUNTS = "select status, count(*) from warehouse.reading where parser_version = %s group by status"
LISTED = """
select sha256, source_name, attempts, reason, started_at, queued_at, recognised, pictures from warehouse.reading
where parser_version = %s and status = %s order by coalesce(started_at, queued_at), source_name limit %s
"""


def queue(connection: psycopg.Connection) -> Iterator[Table | str]:
    """The counts by status, then every file that is neither loaded nor waiting."""
    version = reading_version()
    counts: dict[str, int] = dict(connection.execute(COUNTS, [version]).fetchall())
    yield ", ".join(f"{counts[status]} {_(status)}" for status in ORDER if status in counts) or _(
        "nothing was queued yet"
    )
    for status in ("reading", "postponed", "quarantined", "held", "failed"):
        if status in counts:
            yield _listed(connection, version, status, counts[status])


def _listed(connection: psycopg.Connection, version: str, status: str, count: int) -> Table:
    title = (
        f"{_(status)} ({count})"
        if count <= SHOWN
        else _("{status} ({count}, the first {shown})").format(status=_(status), count=count, shown=SHOWN)
    )
    table = Table(title=title, title_justify="left", box=None)
    for heading in ("sha256", _("file"), _("attempts"), _("since"), _("reason")):
        table.add_column(heading, overflow="fold")
    for sha256, name, attempts, reason, started, queued, *pages in connection.execute(LISTED, [version, status, SHOWN]):
        since, why = f"{started or queued:%Y-%m-%d %H:%M}", retold(reason or "") or _pages(*pages)
        table.add_row(sha256[:12], escape(name), str(attempts), since, escape(why))
    return table


def _pages(recognised: int | None, pictures: int | None) -> str:
    if pictures is None:
        return ""
    return _("{recognised} of {pictures} pages recognised").format(recognised=recognised, pictures=pictures)


def held(readings: list[HeldReading]) -> Iterator[Table | str]:
    """One row per held reading."""
    if not readings:
        yield _("nothing is held")
        return
    table = Table(box=None)
    for heading in (_("number"), _("file"), _("department"), _("year"), _("since"), _("reason")):
        table.add_column(heading, overflow="fold")
    for one in readings:
        name = _("{name} (withdrawn)").format(name=one.source_name) if one.is_withdrawn else one.source_name
        about = (escape(name), escape(one.department or "?"), str(one.fiscal_year or "?"))
        table.add_row(str(one.parse_id), *about, f"{one.held_at:%Y-%m-%d %H:%M}", escape(retold(one.reason)))
    yield table


def night(report: Night) -> Iterator[Table | str]:
    """The report of a run: files fetched and read, what is held, late and missing, changes, problems."""
    meaning = _(MEANINGS[report.exit_status])
    yield (
        _("run {run_id} of {manifest}: {seconds:.1f} s, exit status {exit_status}: {meaning}").format(
            run_id=report.run_id,
            manifest=escape(report.manifest),
            seconds=report.seconds,
            exit_status=report.exit_status,
            meaning=meaning,
        )
    )
    yield _("fetched: {counts}").format(counts=_counts(report.fetched.counts))
    if report.fetched.answers:
        answers = ", ".join(f"{number} × {status}" for status, number in report.fetched.answers.items())
        yield _("answers: {answers}").format(answers=answers)
    yield _("read:    {read}").format(read=_read(report.read))
    if report.verified:
        yield _verified(report.verified)
    yield from _notices(report)
    yield from _held(report)
    yield from _not_public(report)
    yield _drift(report)
    yield from _problems(report)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {_outcome(name)}" for name, number in counts.items() if number) or _("nothing")


def _outcome(name: str) -> str:
    """`new_document`; the catalogue has it with a blank."""
    return _(name.replace("_", " ")) if is_chinese() else name


def _read(read: dict[str, int]) -> str:
    """`3 loaded (2 new_document, 1 new_version), 1 failed; 12 doubts about them`."""
    outcomes = {name: number for name, number in read.items() if name not in ORDER and name != "doubts"}
    parts = [f"{read[status]} {_(status)}" for status in reversed(ORDER) if read.get(status)]
    if not parts:
        return _("nothing")
    if outcomes:
        parts[0] += f" ({_counts(outcomes)})"
    return _("{listed}; {read} doubts about them").format(listed=", ".join(parts), read=read["doubts"])


def _verified(verified: Verified) -> str:
    if verified.documents == verified.of:
        return _("verified: all {of:,} stored documents").format(of=verified.of)
    return _("verified: the {documents:,} of {of:,} stored documents that changed; all of them last on {day}").format(
        documents=verified.documents, of=verified.of, day=verified.all_on
    )


def _notices(report: Night) -> Iterator[str]:
    """One line per notice. Long addresses are not cut."""
    if report.fetched.notices:
        yield _("noticed:")
    for notice in report.fetched.notices[:SHOWN]:
        yield f"  {_wide(notice.what)} {escape(retold(notice.subject))}"
    if (more := len(report.fetched.notices) - SHOWN) > 0:
        yield _("  and {more} more: see warehouse.source_file").format(more=more)


def _held(report: Night) -> Iterator[str]:
    """One line per reading held tonight, with its number for `juesuan gate publish` and `reject`."""
    if report.held:
        yield _("held: not public until `juesuan gate publish NUMBER` or `juesuan gate reject NUMBER`")
    for one in report.held[:SHOWN]:
        came = _("source {sources}").format(sources=one.sources) if one.sources else _("by hand")
        about = f"{one.department or '?'} {one.fiscal_year or '?'}, {one.file_name}, {came}"
        yield f"  {one.parse_id:<13} {escape(about)}: {escape(retold(one.reason))}"
    if (more := len(report.held) - SHOWN) > 0:
        yield _("  and {more} more: see `juesuan gate`").format(more=more)
    if report.held_before:
        yield _("held on earlier nights: {held_before}; see `juesuan gate`").format(held_before=report.held_before)


def _not_public(report: Night) -> Iterator[str]:
    """One line per document that the manifest expects and that is not public."""
    if report.not_public:
        yield _("expected, and not public:")
    for one in report.not_public[:SHOWN]:
        yield f"  {_wide(one.status)} {escape(_expected(one, report))}"
    if (more := len(report.not_public) - SHOWN) > 0:
        yield _("  and {more} more: see mart.slot_coverage").format(more=more)


def _expected(one: NotPublic, report: Night) -> str:
    """`甲市教育局 (410000) 2024, due on 2025-09-30: its file is held, 12`."""
    place = f" ({one.division_code})" if one.division_code else ""
    due = _("due on {due_on}").format(due_on=one.due_on) if one.due_on else _("no due date")
    slot = one.department, one.fiscal_year
    held = ", ".join(str(other.parse_id) for other in report.held if (other.department, other.fiscal_year) == slot)
    why = _("its file is held, {held}").format(held=held) if held else retold(one.reason or "")
    return f"{one.department}{place} {one.fiscal_year}, {due}{f': {why}' if why else ''}"


def _drift(report: Night) -> Table:
    table = Table(_("public"), box=None)
    for heading in (_("tonight"), _("last night"), _("change"), "%"):
        table.add_column(heading, justify="right")
    for measure, value in report.measures.items():
        before = report.before.get(measure)
        if before is None:
            drift = ("—", "—", "—")
        else:
            drift = (
                f"{before:,}",
                f"{value - before:+,}",
                f"{100 * (value - before) / before:+.2f}" if before else "—",
            )
        table.add_row(_(measure), f"{value:,}", *drift)
    return table


def _problems(report: Night) -> Iterator[str]:
    """One line per problem; what is held has lines of its own."""
    problems = [problem for problem in report.problems if problem.kind != "held"]
    if problems:
        yield _("problems:")
    for problem in problems[:SHOWN]:
        yield f"  {_wide(problem.kind)} {escape(problem.subject)}: {escape(retold(problem.reason))}"
    if (more := len(problems) - SHOWN) > 0:
        yield _("  and {more} more: see warehouse.run_problem").format(more=more)


def _wide(code: str) -> str:
    """A code in the language spoken, as wide as 13 columns; a Chinese character takes two."""
    said = _(code)
    return said + " " * (13 - cell_len(said))


class Watch:
    """Updates a progress bar from the length of the queue, which it queries from time to time."""

    def __init__(self, progress: Progress, seconds: float):
        self.progress, self.seconds, self.next_look, self.most = progress, seconds, 0.0, 0
        self.task = progress.add_task(_("reading"), total=None)

    def look(self) -> None:
        if time.monotonic() < self.next_look:
            return
        self.next_look = time.monotonic() + self.seconds
        left = _left()
        if left is not None:
            self.most = max(self.most, left)
            self.progress.update(self.task, total=self.most, completed=self.most - left)


def _left() -> int | None:
    """The jobs left in the queue; None while the database cannot be reached."""
    url = server.url()
    if url is None:
        return None
    try:
        with connect(url, connect_timeout=1) as connection:
            return jobs.open_jobs(connection, reading_version())
    except CONNECTION_LOST:
        return None
