"""One sync: fetches what the sources lead to from hosts in parallel, opens archives and pages, records the results."""

import hashlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import Connection

from ingest.about.archives import Ask
from ingest.about.files import Said
from ingest.errors import MachineError, PublisherError, Scanned
from ingest.isolation import PicturesWait, said_isolated
from ingest.readers import is_archive, is_page
from ingest.sync import archives, folders, together
from ingest.sync.addresses import Network
from ingest.sync.archive import Archive
from ingest.sync.attachments import attachments
from ingest.sync.content import NO_DOCUMENT
from ingest.sync.errors import SyncRunning
from ingest.sync.fetch import Fetcher
from ingest.sync.find import Finder, Target
from ingest.sync.hosts import by_host, in_parallel
from ingest.sync.manifest import Manifest, Source, whole_at
from ingest.sync.report import SyncItem, SyncReport
from ingest.sync.results import (
    Attempt,
    Failed,
    Fetched,
    Forgotten,
    Gone,
    Got,
    NotModified,
    Page,
    Refused,
    Validators,
)
from ingest.sync.unexpected import reason_of
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.messages import N_, _
from warehouse.kinds.kind import load_kinds
from warehouse.load.tombstones import tombstones
from warehouse.records.sources import (
    CountsAs,
    FetchOutcome,
    ForgottenFile,
    KnownFile,
    Purpose,
    SeenFile,
    SourceEntry,
    SourcePart,
    SourceType,
    Try,
    Visit,
)
from warehouse.work import adoption, forgetting, readings, reopening, sources

SPLIT_UP = N_(
    "the manifest no longer says that its files are one disclosure: they are read as "
    "documents of their own, and it stays public until one of them takes its place"
)


@dataclass(frozen=True, slots=True)
class _WebPage:
    """A page in the archive; `address` and `content_type` as in `Page`."""

    path: Path
    sha256: str
    address: str
    content_type: str = ""


def sync(
    connection: Connection,
    manifest: Manifest,
    archive: Archive,
    allowed: Sequence[Network] = (),
    *,
    full: bool = False,
    said: Callable[[SyncItem], None] = lambda item: None,
    ask: Ask = said_isolated,
) -> SyncReport:
    """Visits every source, archives new and changed documents and records the results. Ingests nothing.

    The documents in an archive are archived as files of their own; `ask` says whose each of them is.

    Files loaded before without a place move to the body whose place the manifest names: see warehouse.work.adoption.
    Held files that another source brings as well are to be read again: see warehouse.work.reopening.

    `allowed` are networks that may be connected to though they are not public. `full` fetches every document, also
    unchanged ones. `said` is called with every item. The connection must not be in a transaction.
    Raises SyncRunning, ArchiveFull, ArchiveUnusable and psycopg's errors; rows recorded before stay.
    """
    with sources.only_sync(connection) as is_alone:
        if not is_alone:
            raise SyncRunning
        archive.tidy()
        forgetting.remove_files(connection, archive)
        run = _Run(connection, manifest, archive, allowed, said, ask)
        run.visit(run.find(), full)
        run.put_together()
        reopening.reopen(connection)
        adopted = adoption.adopt(connection)
        sources.finish(connection, run.run_id)
        return SyncReport(run.run_id, tuple(run.items), adopted)


def plan(
    connection: Connection, manifest: Manifest, archive: Archive, allowed: Sequence[Network] = ()
) -> tuple[list[Target], list[SyncItem]]:
    """The documents a sync would fetch, and the sources that failed. Fetches only listing pages, records nothing."""
    known = sources.known_of(connection, manifest.name)
    finder = Finder(known, manifest, Fetcher(manifest, archive, allowed, stop := threading.Event()), stop)
    return _with_held(connection, finder.find()), finder.items


class _Run(Finder):
    """A sync that records what it finds and fetches."""

    passed_on = (psycopg.Error,)

    def __init__(
        self,
        connection: Connection,
        manifest: Manifest,
        archive: Archive,
        allowed: Sequence[Network],
        said: Callable[[SyncItem], None],
        ask: Ask,
    ):
        stop = threading.Event()
        super().__init__(
            sources.known_of(connection, manifest.name), manifest, Fetcher(manifest, archive, allowed, stop), stop
        )
        self.connection, self.archive, self.said, self.ask = connection, archive, said, ask
        self._looked_at: dict[str, SyncItem] = {}
        self._forgotten = tombstones(connection)
        self._came: list[tuple[Target, _WebPage, Fetched, list[Attempt]]] = []
        self._of_pages: list[tuple[Target, list[str]]] = []  # the addresses of the files that a page announces
        self._within: dict[str, list[KnownFile]] = defaultdict(list)  # the disclosures in an archive, by its address
        for known in sources.wholes_within(connection, archives.WITHIN):
            self._within[archives.around(known.address)].append(known)
        self.run_id, self._numbers = sources.begin(connection, manifest.name, map(_entry, manifest.source))

    def listed(self, source: Source, tries: Sequence[Attempt], page: Page, reason: str | None) -> None:
        sha256 = hashlib.sha256(page.content).hexdigest()
        outcome = sources.record_listing(self.connection, self._visit(source, source.address, tries), sha256, reason)
        self.item(SyncItem(source.name, source.address, Purpose.LISTING, outcome, reason))

    def failed(self, source: Source, tries: Sequence[Attempt], reason: str) -> None:
        visit = self._visit(source, source.address, tries or [Attempt(reason=reason)])
        sources.record_failed(self.connection, visit, reason, Purpose.LISTING)
        super().failed(source, tries, reason)

    def item(self, item: SyncItem) -> None:
        super().item(item)
        self.said(item)

    def visit(self, targets: list[Target], full: bool) -> None:
        """Fetches every target, and then what pages among them attach."""
        fresh = datetime.now(UTC) - timedelta(days=0 if full else self.manifest.limits.recheck_days)
        self._fetch(targets, fresh)
        attached = (target for page in self._came for target in self._attached(*page))
        self._fetch(list({target.address: target for target in attached}.values()), fresh)

    def _fetch(self, targets: list[Target], fresh: datetime) -> None:
        """Fetches every target, hosts in parallel, and records each result as it comes in."""
        groups = by_host(_with_held(self.connection, targets), lambda target: target.host, self.manifest)
        worked = in_parallel(
            groups, lambda target: self._look(target, fresh), self.manifest.limits.hosts_at_once, self.stop
        )
        with closing(worked):  # ends the threads at once when a row cannot be written
            for target, (result, tries) in worked:
                if page := self._page(target, result):
                    self._came.append((target, page, result, tries))
                else:
                    self._taken(target, result, tries)

    def _page(self, target: Target, result: Fetched) -> _WebPage | None:
        """The web page that came, or that is still the one known."""
        if not target.may_be_page:
            return None
        if isinstance(result, Got) and is_page(result.archived.path):
            return _WebPage(result.archived.path, result.archived.sha256, result.address, result.content_type)
        if (
            isinstance(result, NotModified)
            and (held := target.held)
            and is_page(path := self.archive.file(held.sha256))
        ):
            return _WebPage(path, held.sha256, target.address)
        return None

    def _attached(self, target: Target, page: _WebPage, result: Fetched, tries: list[Attempt]) -> list[Target]:
        """What a page attaches. The page itself is read where it holds figures, and else nothing but a listing."""
        try:
            hosts = {target.host, *target.source.hosts}
            found = attachments(page.path.read_bytes(), page.address, page.content_type, hosts, load_kinds())
            holds = self._holds_figures(target, page)
        except (Refused, MachineError) as error:
            self._taken(target, Failed(str(error)), tries)
            return []
        if not found.links:
            unread = (
                _("; attaches {listed}, which is not read").format(listed=", ".join(found.unread))
                if found.unread
                else ""
            )
            self._taken(target, result if holds else Failed(f"{NO_DOCUMENT}{unread}"), tries)
            return []
        if holds:
            self._taken(replace(target, is_opened=True), result, tries)
        else:
            visit = self._visit(target.source, target.address, tries)
            reason = (
                _("left out, in formats that are not read: {listed}").format(listed=", ".join(found.unread))
                if found.unread
                else None
            )
            outcome = sources.record_listing(self.connection, visit, page.sha256, reason)
            self.item(SyncItem(target.source.name, target.address, Purpose.LISTING, outcome, reason))
        addresses = [target.address] * holds + [link.address for link in found.links]
        self._of_pages.append((target, addresses))
        return [Target(target.source, link.address, link.name, is_opened=True) for link in found.links]

    def _holds_figures(self, target: Target, page: _WebPage) -> bool:
        """A page that is recorded as a file holds some, one recorded as a listing none. Raises MachineError."""
        if target.held and target.held.sha256 == page.sha256:
            return True
        if sources.last_listing(self.connection, target.address) == page.sha256:
            return False
        try:
            return self.ask(page.path).figures > 0
        except PicturesWait:
            return True
        except PublisherError:
            return False

    def _taken(self, target: Target, result: Fetched, tries: list[Attempt]) -> None:
        """Records what came, and the disclosures in it where it is an archive.

        They are recorded before the archive: one that was not opened to its end counts as new the next time.
        """
        packed: list[SyncItem] = []
        try:
            target, packed = self._opened(target, result)
        except MachineError as error:
            result = Failed(str(error))
        self._looked_at[target.address] = self._recorded_or_refused(target, result, tries)
        for item in (self._looked_at[target.address], *packed):
            self.item(item)

    def _opened(self, target: Target, result: Fetched) -> tuple[Target, list[SyncItem]]:
        """The results for the disclosures in an archive. Raises a MachineError of asking whose they are."""
        if target.counts_as is CountsAs.PART:
            return target, []
        archived = self._to_open(target, result)
        if archived is None:
            known = self._within[target.address]
            return replace(target, is_opened=bool(known)), [self._as_its_archive(target, one, result) for one in known]
        try:
            ask, unwanted = self._ask(archived[0]), self._unwanted(target)
            found = archives.opened(self.archive, *archived, target.address, ask, unwanted)
        except (PublisherError, Refused, PicturesWait):
            # It is queued as a document. Its reader recognises the scans in it, or says why nothing of it is read.
            return target, []
        return replace(target, is_opened=True), list(self._in_archive(target, found))

    def _to_open(self, target: Target, result: Fetched) -> tuple[str, str] | None:
        """SHA-256 and name of an archive that came, or that is the same and was not opened: its scans may be recognised
        meanwhile."""
        if isinstance(result, Got):
            return (result.archived.sha256, result.name) if is_archive(result.archived.path) else None
        held = target.held
        waits = held is not None and held.counts_as is CountsAs.DOCUMENT and not self._within[target.address]
        if held and waits and isinstance(result, NotModified) and is_archive(self.archive.file(held.sha256)):
            return held.sha256, held.file_name
        return None

    def _ask(self, sha256: str) -> Ask:
        """Scans are waited for; where that came to nothing they are refused, and the rest of the archive is read."""

        def ask(path: Path) -> Said:
            try:
                return self.ask(path)
            except PicturesWait as waiting:
                if not readings.has_failed(self.connection, sha256):
                    raise
                raise Scanned(path.name, scanned=waiting.pictures, pages=waiting.pictures) from waiting

        return ask

    def _in_archive(self, target: Target, found: archives.Found) -> Iterator[SyncItem]:
        for address, parts in found.wholes:
            visit = replace(self._visit(target.source, address, ()), counts_as=CountsAs.WHOLE)
            yield self._put_together(visit, _of_whole(target.source, address), parts)
        there = {address for address, _ in found.wholes}
        gone = Gone(_("the archive no longer holds it"))
        yield from (
            self._as_its_archive(target, one, gone) for one in self._within[target.address] if one.address not in there
        )
        failed = SyncItem(target.source.name, target.address, Purpose.DOCUMENT, FetchOutcome.FAILED)
        yield from (replace(failed, reason=reason, counts_as=CountsAs.WHOLE) for reason in found.refused)

    def _as_its_archive(self, target: Target, known: KnownFile, result: Fetched) -> SyncItem:
        """What became of a disclosure, by what became of the archive that it was in."""
        visit = replace(self._visit(target.source, known.address, ()), counts_as=CountsAs.WHOLE)
        item = replace(_of_whole(target.source, known.address), outcome=FetchOutcome.UNCHANGED)
        match result:
            case Got() | Gone():
                reason = getattr(result, "reason", "the archive is replaced by a document")
                return replace(item, outcome=sources.record_gone(self.connection, visit, reason))
            case NotModified():
                return replace(item, outcome=sources.record_unmodified(self.connection, visit))
        return item

    def put_together(self) -> None:
        """Records the disclosure that the files of a source are, where all of them could be had."""
        for source, addresses in self.together.items():
            self.item(self._whole(source, source.address_of_several, addresses))
        for page, addresses in self._of_pages:
            self.item(self._whole(page.source, whole_at(page.address), addresses))
        self._split_up()

    def _split_up(self) -> None:
        """Says of which disclosures the manifest no longer says that their files are one."""
        documents = [at for at, item in self._looked_at.items() if item.counts_as is CountsAs.DOCUMENT]
        for known in sources.split_up(self.connection, documents):
            item = SyncItem(known.source, known.address, Purpose.DOCUMENT, FetchOutcome.UNCHANGED, SPLIT_UP)
            self.item(replace(item, counts_as=CountsAs.WHOLE))

    def _whole(self, source: Source, whole: str, addresses: Sequence[str]) -> SyncItem:
        """The disclosure at the address `whole`, which the files at `addresses` are."""
        try:
            return self._whole_of(source, whole, [self._looked_at[address] for address in addresses])
        except psycopg.Error:
            raise
        except Exception as error:
            item = SyncItem(source.name, whole, Purpose.DOCUMENT, FetchOutcome.FAILED, reason_of(error))
            return replace(item, counts_as=CountsAs.WHOLE)

    def _whole_of(self, source: Source, address: str, items: Sequence[SyncItem]) -> SyncItem:
        """Where a file is missing, the list that was complete before stays; where there is none, nothing is read."""
        visit = replace(self._visit(source, address, ()), counts_as=CountsAs.WHOLE)
        item = _of_whole(source, address)
        if together.is_nothing_there(items):
            return replace(item, outcome=sources.record_gone(self.connection, visit, "none of its files is there"))
        if forgotten := sum(one.outcome is FetchOutcome.FORGOTTEN for one in items):
            reason = _("{forgotten} of its {count} files were forgotten").format(forgotten=forgotten, count=len(items))
            return replace(item, outcome=FetchOutcome.FORGOTTEN, reason=reason)
        held = sources.known_at(self.connection, [address]).get(address)
        before = sources.parts_of(self.connection, held.sha256) if held else []
        try:
            parts = together.parts_of(source, list(self._with_packed(items)))
            together.require_nothing_lost(parts, before, self._looked_at)
        except together.Incomplete as incomplete:
            return replace(item, outcome=FetchOutcome.UNCHANGED if held else item.outcome, reason=str(incomplete))
        except Refused as refused:
            return replace(item, reason=str(refused))
        return self._put_together(visit, item, parts)

    def _with_packed(self, items: Iterable[SyncItem]) -> Iterator[SyncItem]:
        """The files that were looked at; in place of an archive the documents in it."""
        for item in items:
            if item.sha256 is None or not is_archive(self.archive.file(item.sha256)):
                yield item
                continue
            for part in archives.documents(self.archive, item.sha256, item.name, item.address):
                path = self.archive.path(part.sha256)
                yield replace(item, address=part.address, sha256=part.sha256, name=part.file_name, path=path)

    def _put_together(self, visit: Visit, item: SyncItem, parts: Sequence[SourcePart]) -> SyncItem:
        seen, files = together.keep(self.archive, parts), together.files(self.archive, parts)
        outcome = sources.record_seen(self.connection, visit, seen, parts)
        return replace(item, outcome=outcome, sha256=seen.sha256, path=files[0].path, name=files[0].name, parts=files)

    def _look(self, target: Target, fresh: datetime) -> tuple[Fetched, list[Attempt]]:
        """Fetches a target, in a thread. An error that nobody foresaw is the failure of this target."""
        try:
            return self._fetched(target, fresh)
        except Exception as error:
            return Failed(reason_of(error)), [Attempt(reason=reason_of(error))]

    def _fetched(self, target: Target, fresh: datetime) -> tuple[Fetched, list[Attempt]]:
        """Fetches a target. One verified before `fresh`, or not in the archive, is fetched in full."""
        held, known = target.held, self._forgotten_there(target)
        trusted = held if held and held.verified_at > fresh and self.archive.holds(held.sha256) else known
        marks = Validators(trusted.etag, trusted.last_modified) if trusted else None
        if target.path and target.base:
            mark, most = marks.etag if marks else None, self.manifest.limits.max_bytes
            return folders.read(self.archive, target.path, target.base, mark, most, self._unwanted(target))
        if known and known.checked_at > datetime.now(UTC) - timedelta(days=self.manifest.limits.recheck_days):
            return Forgotten(), []
        return self.fetcher.document(target.address, marks, target.name, self._unwanted(target), target.may_be_page)

    def _forgotten_there(self, target: Target) -> ForgottenFile | None:
        known = target.forgotten
        return known if known and known.sha256 in self._unwanted(target) else None

    def _unwanted(self, target: Target) -> set[str]:
        """The SHA-256 of content that is not to be archived for this target."""
        is_part = target.counts_as is CountsAs.PART
        return {one.sha256 for one in self._forgotten.values() if not (is_part and one.is_file_kept)}

    def _recorded_or_refused(self, target: Target, result: Fetched, tries: list[Attempt]) -> SyncItem:
        """Records a result. What the database cannot store of it is the failure of this target."""
        try:
            return self._recorded(target, result, tries)
        except psycopg.Error as error:
            if who_must_act(error) is not Actor.PUBLISHER:
                raise
            return self._recorded(
                target,
                Failed(_("cannot be recorded: {splitlines}").format(splitlines=str(error).splitlines()[0])),
                tries,
            )

    def _recorded(self, target: Target, result: Fetched, tries: list[Attempt]) -> SyncItem:
        visit = replace(self._visit(target.source, target.address, tries), counts_as=target.counts_as)
        item = SyncItem(target.source.name, target.address, Purpose.DOCUMENT, FetchOutcome.FAILED)
        item = replace(item, counts_as=target.counts_as)
        if held := target.held:
            item = replace(item, sha256=held.sha256, path=self.archive.path(held.sha256), name=held.file_name)
        match result:
            case Got(archived, name, media_type, marks):
                seen = SeenFile(archived.sha256, archived.size, name, media_type, marks.etag, marks.last_modified)
                outcome = sources.record_seen(self.connection, visit, seen)
                return replace(item, outcome=outcome, sha256=archived.sha256, path=archived.path, name=name)
            case NotModified() if not self._forgotten_there(target):
                return replace(item, outcome=sources.record_unmodified(self.connection, visit))
            case NotModified():
                return replace(item, outcome=sources.record_forgotten(self.connection, visit, None))
            case Forgotten(came):
                return replace(item, outcome=sources.record_forgotten(self.connection, visit, came))
            case Gone(reason):
                outcome = sources.record_gone(self.connection, visit, reason)
                return replace(item, outcome=outcome, reason=reason)
            case Failed(reason):
                sources.record_failed(self.connection, visit, reason, Purpose.DOCUMENT)
                return replace(item, reason=reason)

    def _visit(self, source: Source, address: str, tries: Iterable[Attempt]) -> Visit:
        noted = (Try(one.started_at, one.seconds, one.status, one.bytes, one.reason) for one in tries)
        return Visit(self.run_id, self._numbers[source.name], address, tuple(noted))


def _of_whole(source: Source, address: str) -> SyncItem:
    return SyncItem(source.name, address, Purpose.DOCUMENT, FetchOutcome.FAILED, counts_as=CountsAs.WHOLE)


def _entry(source: Source) -> SourceEntry:
    return SourceEntry(
        source.name,
        SourceType(source.type),
        source.address,
        source.department,
        source.fiscal_year,
        source.kind,
        source.scope,
        source.division_code,
        source.due_on,
    )


def _with_held(connection: Connection, targets: list[Target]) -> list[Target]:
    addresses = [target.address for target in targets]
    known, gone = sources.known_at(connection, addresses), sources.forgotten_at(connection, addresses)
    return [replace(one, held=known.get(one.address), forgotten=gone.get(one.address)) for one in targets]
