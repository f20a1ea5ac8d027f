"""The documents of all sources: named one by one, linked from listing pages, lying in folders."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest.readers.parts import web_address
from ingest.sync import folders
from ingest.sync.attachments import announced_pages
from ingest.sync.fetch import Fetcher
from ingest.sync.hosts import by_host, in_parallel
from ingest.sync.links import Listing, listing
from ingest.sync.manifest import OF_SEVERAL, Manifest, Source
from ingest.sync.report import SyncItem
from ingest.sync.results import Attempt, Failed, Gone, Page, Refused, Result
from ingest.sync.unexpected import reason_of
from ingest.sync.urls import host_of, name_of, names_a_document
from warehouse.base.messages import _
from warehouse.kinds.kind import load_kinds
from warehouse.records.sources import CountsAs, FetchOutcome, ForgottenFile, KnownFile, Purpose, SourceType


@dataclass(frozen=True, slots=True)
class Target:
    """A document to fetch. `path` and `base` are set for one on this machine; `held` is its archived version.

    `forgotten` is the file there, if it is known to be one that was forgotten. `is_opened`: it is no document by
    itself, but what is in it, or what it links to. `is_announced`: a listing calls it the page of a disclosure.
    """

    source: Source
    address: str
    name: str = ""
    path: Path | None = None
    base: Path | None = None
    held: KnownFile | None = None
    forgotten: ForgottenFile | None = None
    is_opened: bool = False
    is_announced: bool = False

    @property
    def may_be_page(self) -> bool:
        """Whether a web page is taken here, which may hold the disclosure or attach it."""
        is_named = self.source.type == SourceType.URL and not names_a_document(name_of(self.address))
        return not self.is_opened and (self.is_announced or is_named)

    @property
    def host(self) -> str:
        return "" if self.path else host_of(self.address)

    @property
    def counts_as(self) -> CountsAs:
        return CountsAs.PART if self.source.is_of_several or self.is_opened else CountsAs.DOCUMENT


class Finder:
    """Finds the documents of all sources: each address once, for the first source that leads to it.

    A source that makes it a part of a disclosure goes before one that leads to it as a document.
    """

    passed_on: tuple[type[Exception], ...] = ()  # errors that are no failure of one source

    def __init__(self, known: Iterable[KnownFile], manifest: Manifest, fetcher: Fetcher, stop: threading.Event):
        self.manifest, self.fetcher, self.stop = manifest, fetcher, stop
        self.items: list[SyncItem] = []
        self.together: dict[Source, list[str]] = {}  # the addresses of its parts in their order
        self._known: dict[str, list[KnownFile]] = defaultdict(list)
        self._of_pages_before: dict[str, list[KnownFile]] = defaultdict(list)  # disclosures that pages announced
        for file in known:
            if file.vanished_at is not None:
                continue
            if file.counts_as is not CountsAs.WHOLE:
                self._known[file.source].append(file)
            elif file.address.endswith(OF_SEVERAL):
                self._of_pages_before[file.source].append(file)

    def find(self) -> list[Target]:
        targets: dict[str, Target] = {}
        for target in self._found():
            known = targets.setdefault(target.address, target)
            if target.source.is_of_several and not known.source.is_of_several:
                targets[target.address] = target
        return list(targets.values())

    def _found(self) -> Iterator[Target]:
        of_type = {
            SourceType.URL: self._of_url,
            SourceType.PARTS: self._of_parts,
            SourceType.FOLDER: self._of_folder,
            SourceType.GLOB: self._of_folder,
        }
        for source in self.manifest.source:
            if source.type != SourceType.LISTING:
                yield from self._alone(source, (), partial(of_type[SourceType(source.type)], source))
        for source, result, tries in self._pages():
            yield from self._alone(source, tries, partial(self._linked, source, result, tries))
            yield from self._linked_before(source)

    def _alone(self, source: Source, tries: Sequence[Attempt], find: Callable[[], Iterable[Target]]) -> list[Target]:
        """What a source leads to. An error that nobody foresaw is the failure of this source."""
        try:
            return list(find())
        except self.passed_on:
            raise
        except Exception as error:
            self.failed(source, tries, reason_of(error))
            return []

    def _of_url(self, source: Source) -> list[Target]:
        return [Target(source, source.address)]

    def _of_parts(self, source: Source) -> list[Target]:
        if web_address(source.address):
            targets = [Target(source, address) for address in source.addresses]
        else:
            paths = [Path(address) for address in source.addresses]
            if missing := next((path.parent for path in paths if not path.parent.is_dir()), None):
                self.failed(source, (), folders.not_there(missing))
                return []
            targets = [Target(source, folders.address_of(path), "", path, path.parent) for path in paths]
        self.together[source] = [target.address for target in targets]
        return targets

    def _of_folder(self, source: Source) -> list[Target]:
        """The files of a folder, and those it had before, so that missing ones are recorded as vanished."""
        try:
            paths = folders.found(source, lambda error: self._unlisted(source, error))
        except Refused as refused:
            self.failed(source, (), str(refused))
            return []
        base = folders.root(source)
        there = {folders.address_of(path): Target(source, folders.address_of(path), "", path, base) for path in paths}
        had = {known.address: folders.path_of(known.address) for known in self._known[source.name]}
        was = {at: Target(source, at, "", path, base) for at, path in had.items() if path and path.is_relative_to(base)}
        if source.is_of_several:
            self.together[source] = list(there)
        return list({**was, **there}.values())

    def _unlisted(self, source: Source, error: OSError) -> None:
        self.failed(
            source,
            (),
            _("the folder {printable} {reason_of}").format(
                printable=folders.printable(error.filename), reason_of=reason_of(error)
            ),
        )

    def _pages(self) -> list[tuple[Source, Result, list[Attempt]]]:
        listings = [source for source in self.manifest.source if source.type == SourceType.LISTING]
        groups = by_host(listings, lambda source: host_of(source.address), self.manifest)
        worked = in_parallel(
            groups, lambda source: self.fetcher.page(source.address), self.manifest.limits.hosts_at_once, self.stop
        )
        with closing(worked):
            came = {source.name: (source, *done) for source, done in worked}
        return [came[source.name] for source in listings]

    def _linked(self, source: Source, result: Result, tries: list[Attempt]) -> Iterator[Target]:
        """The links of a listing."""
        if isinstance(result, Page):
            found = listing(result.content, result.address, result.content_type, source.all_hosts)
            pages, most = self._announced(source, result), self.manifest.limits.pages
            if len(found.links) > self.manifest.limits.links or not found.is_whole:
                self.failed(
                    source,
                    tries,
                    _("holds more than {links} documents, or too many links").format(links=self.manifest.limits.links),
                )
            else:
                self.listed(source, tries, result, _left_out(found, pages, most))
                if source.is_of_several:
                    self.together[source] = [link.address for link in found.links]
                yield from (Target(source, link.address, link.name) for link in found.links)
                yield from (Target(source, link.address, link.name, is_announced=True) for link in pages.links[:most])
        else:
            assert isinstance(result, (Gone, Failed))  # listings are requested unconditionally
            self.failed(source, tries, result.reason)

    @staticmethod
    def _announced(source: Source, page: Page) -> Listing:
        """The pages of disclosures that a listing links to; all documents of one are a disclosure by themselves."""
        if source.is_of_several:
            return Listing((), {})
        return announced_pages(page.content, page.address, page.content_type, source, load_kinds())

    def _linked_before(self, source: Source) -> Iterator[Target]:
        """The links a listing had before, because a document may stay when its link is removed."""
        for known in self._known[source.name]:
            is_page = not names_a_document(known.file_name)
            if source.is_of_several or known.counts_as is CountsAs.DOCUMENT:
                yield Target(source, known.address, known.file_name, is_announced=is_page)
        of_pages = (one for one in self._of_pages_before[source.name] if one.address != source.address_of_several)
        for known in of_pages:
            yield Target(source, known.address.removesuffix(OF_SEVERAL), is_announced=True)

    def listed(self, source: Source, tries: Sequence[Attempt], page: Page, reason: str | None) -> None:
        self.item(SyncItem(source.name, source.address, Purpose.LISTING, FetchOutcome.UNCHANGED, reason))

    def failed(self, source: Source, tries: Sequence[Attempt], reason: str) -> None:
        self.item(SyncItem(source.name, source.address, Purpose.LISTING, FetchOutcome.FAILED, reason))

    def item(self, item: SyncItem) -> None:
        self.items.append(item)


def _left_out(found: Listing, pages: Listing, most: int) -> str | None:
    """What a listing links to and is not followed; None where that is nothing."""
    elsewhere = Counter(found.other_hosts) + Counter(pages.other_hosts)
    hosts = ", ".join(f"{host} ({count})" for host, count in sorted(elsewhere.items())[:10])
    said = [_("left out, on hosts the source does not name: {hosts}").format(hosts=hosts)] if elsewhere else []
    if len(pages.links) > most:
        said.append(
            _("left out, pages behind the first {most}: {more}").format(most=most, more=len(pages.links) - most)
        )
    return "; ".join(said) or None
