"""Where a file comes from: the sources of the manifests at whose addresses a sync found it.

What the manifest says of a source (department, place) is evidence beside what a document prints. A file that was only
ingested by hand has no origin.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base.messages import _
from warehouse.kinds.body_names import bare_name, is_same_body
from warehouse.kinds.places import may_be_one_place, place_of
from warehouse.kinds.wordings import body_words
from warehouse.records.reading import Profile

SHOWN = 3  # departments of a source that a sentence names
TAIL = 2  # characters; two names of one body end in the same two
SOURCE_COLUMNS = """
source.source_id, source.manifest, source.name, source.address as location, source.departments, source.division_code,
    source.fiscal_year, source.retired_at is not null as is_retired
"""
# A part of a disclosure of several files says nothing: the disclosure as a whole is read.
ORIGINS = f"""
select file.sha256, file.address, file.first_seen_at, {SOURCE_COLUMNS}
from warehouse.source_file as file
join warehouse.source using (source_id)
where file.sha256 = any(%s) and file.counts_as <> 'part'
order by file.first_seen_at, file.source_file_id
"""
NAMING = f"""
select {SOURCE_COLUMNS}
from warehouse.source
where retired_at is null
    and exists (select from unnest(departments) as department (name) where strpos(name, %s) > 0)
order by source_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """An entry of a manifest. `location`: the address, page, folder or pattern that it names."""

    source_id: int
    manifest: str
    name: str
    location: str
    departments: Sequence[str]
    division_code: str | None
    fiscal_year: int | None
    is_retired: bool

    @property
    def called(self) -> str:
        """`source one of sources.toml, which is for 甲市财政局`."""
        more = (
            _(" and {value} more").format(value=len(self.departments) - SHOWN) if len(self.departments) > SHOWN else ""
        )
        is_for = (
            _(", which is for {listed}{more}").format(listed="、".join(self.departments[:SHOWN]), more=more)
            if self.departments
            else ""
        )
        return _("source {name} of {manifest}{is_for}").format(name=self.name, manifest=self.manifest, is_for=is_for)

    @property
    def called_in_chinese(self) -> str:
        return f"来源清单{self.manifest}的“{self.name}”"

    @property
    def hosts(self) -> set[str]:
        """Hosts with ports of its web addresses; empty for files of this machine."""
        return {_host(self.location)} - {""}

    def names(self, body: str) -> bool:
        return any(is_same_body(department, body) for department in self.departments)

    def place_of(self, body: str) -> str | None:
        """The division code it gives the body: its own, else that of the place the department's name begins with."""
        named = (place_of(department, "").code for department in self.departments if is_same_body(department, body))
        return self.division_code or next(named, None)

    def speaks_for(self, profile: Profile) -> bool:
        """Whether it declares this body, in a place that is not another than the document's."""
        body = profile.department
        return (
            body is not None
            and self.names(body)
            and may_be_one_place(self.place_of(body), profile.division_code)
            and not self._means_another_level(body)
        )

    def _means_another_level(self, body: str) -> bool:
        """教育局 in 410300 is the bureau of the city and not 乙区教育局, whose district lies in the city."""
        if self.division_code is None or any(_begins_with_place(department) for department in self.departments):
            return False
        printed = place_of(body, body).code
        return printed is not None and printed != self.division_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Declared):
    """One source with an address of it at which the file was found."""

    sha256: str
    address: str
    first_seen_at: datetime

    @property
    def hosts(self) -> set[str]:
        return {_host(self.location), _host(self.address)} - {""}


def origins(connection: Connection, identities: Iterable[str]) -> dict[str, tuple[Origin, ...]]:
    """The origins of each file or disclosure of several, those found first in front; all of them where several are."""
    found: defaultdict[str, list[Origin]] = defaultdict(list)
    with connection.cursor(row_factory=class_row(Origin)) as cursor:
        for origin in cursor.execute(ORIGINS, [list(identities)]):
            found[origin.sha256].append(origin)
    return {sha256: tuple(one) for sha256, one in found.items()}


def speaking_for(connection: Connection, profile: Profile) -> tuple[Declared, ...]:
    """The sources that the manifests list now and that declare the body of a document."""
    if profile.department is None:
        return ()
    with connection.cursor(row_factory=class_row(Declared)) as cursor:
        naming = cursor.execute(NAMING, [bare_name(profile.department)[-TAIL:]]).fetchall()
    return tuple(source for source in naming if source.speaks_for(profile))


def in_force(found: Sequence[Origin]) -> tuple[Origin, ...]:
    """The origins that the manifests still list; where none is, those that they listed before."""
    return tuple(origin for origin in found if not origin.is_retired) or tuple(found)


def is_one_publisher(one: Origin, other: Declared) -> bool:
    """The same entry, address, page or folder, or a common web host unless the entries are for other bodies."""
    same_place = one.source_id == other.source_id or one.location == other.location
    same_file = isinstance(other, Origin) and one.address == other.address
    return same_place or same_file or (bool(one.hosts & other.hosts) and not _are_for_other_bodies(one, other))


def _begins_with_place(department: str) -> bool:
    """Whether a name may have a place in front, also one that the list of divisions has not: 高新区教育局."""
    return any(ending in department[1:] for ending in body_words().place_endings)


def _host(address: str) -> str:
    """Empty for a path, and for what is no address."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _are_for_other_bodies(one: Declared, other: Declared) -> bool:
    if not may_be_one_place(one.division_code, other.division_code):
        return True
    both = bool(one.departments and other.departments)
    return both and not any(other.names(department) for department in one.departments)
