"""Several files as one disclosure: which files of a source there are tonight, and the list that says so."""

from collections.abc import Iterable, Mapping, Sequence

from ingest.readers.formats import ends_in
from ingest.readers.parts import Part, web_address
from ingest.sync.archive import Archive, Archived
from ingest.sync.archives import around
from ingest.sync.content import format_sent
from ingest.sync.manifest import Source
from ingest.sync.report import SyncItem
from ingest.sync.results import Refused
from warehouse.base.messages import _
from warehouse.records.reading import FileRole, parts_list
from warehouse.records.sources import FetchOutcome, SeenFile, SourcePart

NOT_THERE = (FetchOutcome.VANISHED, FetchOutcome.ABSENT)
NAMED = 5  # addresses that a reason names


class Incomplete(Refused):
    """A file is missing; the list that was complete before stays."""


def is_nothing_there(items: Iterable[SyncItem]) -> bool:
    return all(item.outcome in NOT_THERE for item in items)


def parts_of(source: Source, items: Sequence[SyncItem]) -> tuple[SourcePart, ...]:
    """The files that were looked at, each content once, the main one first.

    Raises Incomplete where one of them is not there or could not be fetched, and Refused where the words of the
    manifest do not name one main file.
    """
    if missing := [item.address for item in items if item.outcome in (*NOT_THERE, FetchOutcome.FAILED)]:
        raise Incomplete(
            _("{count} of its {count_2} files could not be had: {named}").format(
                count=len(missing), count_2=len(items), named=_named(missing)
            )
        )
    once: dict[str | None, SyncItem] = {}
    for item in items:
        once.setdefault(item.sha256, item)
    main = _main(source, list(once.values()))
    others = (item for item in once.values() if item is not main)
    return _part(main, FileRole.MAIN), *(_part(item, FileRole.ATTACHMENT) for item in others)


def require_nothing_lost(
    parts: Iterable[SourcePart], before: Iterable[SourcePart], looked_at: Mapping[str, SyncItem]
) -> None:
    """Raises Incomplete where files are gone since the last time and none came: they may have been lost.

    A page that no longer links to a file that is still there says by it that the file is no part.
    """
    now, were = {part.sha256 for part in parts}, {part.sha256: part.address for part in before}
    lost = [
        address for sha256, address in were.items() if sha256 not in now and _is_gone(looked_at.get(around(address)))
    ]
    if lost and now <= were.keys():
        raise Incomplete(
            _("{count} of its {count_2} files are gone and no other came: {named}").format(
                count=len(lost), count_2=len(were), named=_named(lost)
            )
        )


def keep(archive: Archive, parts: Sequence[SourcePart]) -> SeenFile:
    """Archives the list of several parts; one file is a disclosure of its own, without a list."""
    kept = _list_kept(archive, parts) if len(parts) > 1 else _archived(archive, parts[0].sha256)
    with kept.path.open("rb") as file:
        media_type = format_sent(ends_in(file)).media_types[0]
    return SeenFile(kept.sha256, kept.size, parts[0].file_name, media_type, None, None)


def files(archive: Archive, parts: Iterable[SourcePart]) -> tuple[Part, ...]:
    """The parts as they are handed to be read."""
    return tuple(Part(archive.file(part.sha256), part.file_name, web_address(part.address)) for part in parts)


def _list_kept(archive: Archive, parts: Sequence[SourcePart]) -> Archived:
    with archive.receive() as incoming:
        incoming.write(parts_list(parts))
        return incoming.keep()


def _archived(archive: Archive, sha256: str) -> Archived:
    path = archive.file(sha256)
    return Archived(sha256, path, path.stat().st_size)


def _main(source: Source, items: Sequence[SyncItem]) -> SyncItem:
    fitting = [item for item in items if source.main in item.name]
    if source.main and len(fitting) != 1:
        raise Refused(
            _("“{main}” is in the names of {count} of its files, and one must be the main file").format(
                main=source.main, count=len(fitting)
            )
        )
    return fitting[0]


def _part(item: SyncItem, role: FileRole) -> SourcePart:
    assert item.sha256, item.address  # a file that is there lies in the archive
    return SourcePart(role, item.sha256, item.name, item.address)


def _is_gone(item: SyncItem | None) -> bool:
    return item is None or item.outcome in NOT_THERE


def _named(addresses: Sequence[str]) -> str:
    more = _(" and {value} more").format(value=len(addresses) - NAMED) if len(addresses) > NAMED else ""
    return f"{', '.join(addresses[:NAMED])}{more}"
