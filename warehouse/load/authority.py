"""Who may publish for a body: whether a file may replace or stand beside what is public of the body it names.

- The sources of the manifests that declare a body speak for it. Each of them, and each other source of their
  publishers, may publish for it.
- Where no source declares it, the publisher of what is public of it owns it.
- What came by hand, or from a source that no manifest lists any more, is owned by nobody.
- Where the only files of a year and kind are withdrawn, their publisher goes on owning it.

Where neither document nor manifest names a place, two publishers may mean two bodies of one name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base.messages import _
from warehouse.load.identity import Claim, has_place
from warehouse.load.origin import Declared, Origin, is_one_publisher, origins

# The current files of a body, and of slots in which nothing is public the newest withdrawn file: slot, identity,
# whether a person published one of their readings, and whether the file is withdrawn.
PUBLIC = """
select distinct on (version.document_id) version.document_id, version.sha256,
    exists (
        select from warehouse.held_parse
        join warehouse.parse using (parse_id)
        where parse.version_id = version.version_id and decision = 'published'
    ),
    published.document_id is null as is_withdrawn
from warehouse.document as slot
join warehouse.document_version as version using (document_id)
left join intermediate.published_parse as published on published.document_id = version.version_id
where slot.department_id = %s and version.published_parse_id is not null
order by version.document_id, is_withdrawn, version.version_no desc
"""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """Where a current file of a body comes from. `is_decided`: a person published it though it was held.

    `is_withdrawn`: it is not public any more, and nothing else is public in its slot.
    """

    origins: tuple[Origin, ...]
    is_decided: bool = False
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PublicBody:
    """What is public of a body: the file that a new one would replace, and those of its other years and kinds."""

    replaced: PublicFile | None = None
    others: tuple[PublicFile, ...] = ()


def public_body(connection: Connection, department_id: int | None, slot_id: int | None) -> PublicBody:
    """What is public of a body now. The caller holds the locks on the body and on the slot."""
    if department_id is None:
        return PublicBody()
    rows = connection.execute(PUBLIC, [department_id]).fetchall()
    found = origins(connection, [sha256 for _, sha256, *_ in rows])
    files = [(slot, PublicFile(found.get(sha256, ()), *how)) for slot, sha256, *how in rows]
    replaced = next((file for slot, file in files if slot == slot_id and not file.is_withdrawn), None)
    return PublicBody(replaced, tuple(file for _, file in files if file is not replaced))


def objection(claim: Claim, public: PublicBody) -> str | None:
    """Why a file may not be published for the body it names without a decision; None where it may."""
    body = claim.extraction.profile.department
    why = _objection(claim, public) if body else None
    return f"{body}: {why}" if why else None


def _objection(claim: Claim, public: PublicBody) -> str | None:
    replaced = _owner(public.replaced, claim.speaking)
    if not claim.origins:
        return (
            _("was ingested by hand, and the public version comes from {called}").format(called=replaced.called)
            if replaced
            else None
        )
    if _is_any_publisher(claim.origins, claim.speaking):
        return _of_a_namesake(claim, public, replaced)
    if public.replaced and public.replaced.is_decided and replaced:
        return _of_another(claim, replaced)
    return _of_another(claim, replaced) or _of_no_owner(claim, public, replaced)


def _of_another(claim: Claim, replaced: Origin | None) -> str | None:
    if replaced is None or any(is_one_publisher(origin, replaced) for origin in claim.origins):
        return None
    return _("{came}, and the public version comes from {called}").format(came=_came(claim), called=replaced.called)


def _of_no_owner(claim: Claim, public: PublicBody, replaced: Origin | None) -> str | None:
    """Why a source that does not speak for the body may not publish for it, though it replaces nobody's version."""
    if claim.speaking:
        return _("{came}, and {called}, speaks for the body").format(came=_came(claim), called=claim.speaking[0].called)
    owners = [owner for file in public.others if (owner := _owner(file, claim.speaking))]
    if owners and not replaced and not _is_any_publisher(claim.origins, owners):
        known = _("is public") if any(not file.is_withdrawn for file in public.others) else _("was public")
        return _("{came}, and what {known} of the body comes from {called}").format(
            came=_came(claim), known=known, called=owners[0].called
        )
    is_for_others = any(origin.departments for origin in claim.origins)
    if public.replaced and is_for_others:
        return _("{came}, and would replace the public version of a body that it is not for").format(came=_came(claim))
    return None


def _of_a_namesake(claim: Claim, public: PublicBody, replaced: Origin | None) -> str | None:
    """Why a source that declares a body of no known place may not publish beside another that declares one."""
    if has_place(claim.extraction.profile):
        return None
    shown = (file for file in public.others if not file.is_withdrawn)
    others = [owner for file in shown if (owner := _owner(file, claim.speaking))]
    for owner in _speaking([*([replaced] if replaced else []), *others], claim.speaking):
        twice = owner is replaced and any(_is_second_entry(origin, owner) for origin in claim.origins)
        if twice or not _is_any_publisher(claim.origins, [owner]):
            return _(
                "{came}, what is public comes from {called}, and nothing tells the place of either: "
                "they may be two bodies"
            ).format(came=_came(claim), called=owner.called)
    return None


def _is_second_entry(origin: Origin, owner: Origin) -> bool:
    """Whether one manifest lists both for the same year: one disclosure has one entry."""
    years = origin.fiscal_year, owner.fiscal_year
    return (
        origin.manifest == owner.manifest
        and origin.source_id != owner.source_id
        and origin.address != owner.address
        and None not in years
        and years[0] == years[1]
    )


def _owner(file: PublicFile | None, speaking: Sequence[Declared]) -> Origin | None:
    """The source that a public file belongs to: one that declares the body, else the first at which it was found.

    None where it came by hand or from sources that no manifest lists any more.
    """
    listed = [origin for origin in (file.origins if file else ()) if not origin.is_retired]
    return next(iter(_speaking(listed, speaking) or listed), None)


def _speaking(found: Iterable[Origin], speaking: Sequence[Declared]) -> list[Origin]:
    numbers = {source.source_id for source in speaking}
    return [origin for origin in found if origin.source_id in numbers]


def _is_any_publisher(found: Sequence[Origin], owners: Sequence[Declared]) -> bool:
    return any(is_one_publisher(origin, owner) for origin in found for owner in owners)


def _came(claim: Claim) -> str:
    return _("comes from {called}").format(called=claim.origins[0].called)
