"""The kind of a document that is to be loaded, or the error that says why it has none that is read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest import errors
from ingest.about.document_kind import kind_of
from ingest.document import Document
from ingest.tables.recognise import TableMatch, recognise
from ingest.tables.sections import Section, title_of
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.naming import Kinds
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

KindAndDoubts = tuple[DocumentKind, tuple[Doubt, ...]]


def require_kind(document: Document, parted: Sequence[Section], path: Path, kinds: Kinds) -> KindAndDoubts:
    """What the document is, by what it says or else by its tables, and the doubts about that.

    Raises AnotherKind, GovernmentAccounts, and where nothing tells the kind an error that says what is missing.
    """
    found = kind_of(document, kinds)
    if found.government:
        raise errors.GovernmentAccounts(path.name, called=found.government.called, printed=found.printed)
    if found.kind is None:
        return _by_tables(document, parted, path, kinds, found.alike)
    if not found.kind.tables:
        raise errors.AnotherKind(path.name, called=found.kind.called, read=_read(kinds), printed=found.printed)
    return found.kind, found.doubts


def _by_tables(document: Document, parted: Sequence[Section], path: Path, kinds: Kinds, alike: Kinds) -> KindAndDoubts:
    """The only kind of which the header of any table is understood: of those named `alike`, else of all.

    Of all only where every kind has tables: one without cannot be ruled out. Where tables of several kinds are
    understood nothing is: 支出总表 with 基本支出 and 项目支出 stands in budgets and in final accounts.
    """
    asked = alike or tuple(kind for kind in kinds if kind.tables)
    found = {kind: recognise(parted, kind).matches for kind in asked}
    if not any(match.parts for matches in found.values() for match in matches.values()):
        raise nothing_found(found, document, path)
    read = {kind: sum(bool(match.parts) for match in matches.values()) for kind, matches in found.items()}
    best = [kind for kind in asked if read[kind]]
    words = "、".join(kind.label for kind in asked)
    if alike and len(best) > 1:
        raise errors.SeveralKinds(path.name, words=words)
    if not alike and (len(asked) < len(kinds) or len(best) > 1):
        raise errors.NothingSaysAccounts(path.name, read=_read(kinds), words=words)
    said = f"标题与列头作{words}之处一样多" if alike else "标题与列头均未说明文种"
    reason = f"封面未说明文种,{said},按能够辨认的{read[best[0]]}张表认定为{best[0].label}"
    return best[0], (Doubt(DoubtKind.KIND_BY_TABLES, reason, taken_as=best[0].label),)


def _read(kinds: Kinds) -> str:
    return " or ".join(kind.called for kind in kinds if kind.tables)


def nothing_found(
    asked: Mapping[DocumentKind, dict[str, TableMatch]],
    document: Document,
    path: Path,
    of_bodies: Sequence[Doubt] = (),
) -> errors.PublisherError:
    """Why no table was read of a document that may be of any of the kinds `asked`. `of_bodies`: whose tables there
    are that were left out."""
    if of_bodies:
        return errors.OtherBodysTables(path.name, reason=of_bodies[0].reason)
    matches = [match for of_kind in asked.values() for match in of_kind.values()]
    refused = dict.fromkeys(match.title for match in matches if match.refused and match.title)
    if refused:
        return errors.NotUnderstood(path.name, titles="、".join(refused))
    if document.pictures and not any(document.tables()):
        return errors.OnlyPictures(path.name, pictures=document.pictures)
    named = max(len(_tables_named(document, kind)) for kind in asked)
    if named > 2:
        return errors.NoRuledTables(path.name, titles=named)
    return errors.NotADisclosure(path.name, read=_read(tuple(asked)))


def _tables_named(document: Document, kind: DocumentKind) -> set[str]:
    """The codes of the standard tables whose titles are lines of the document."""
    return {found[0] for line in document.lines() if (found := title_of(line.text, kind.titles))}
