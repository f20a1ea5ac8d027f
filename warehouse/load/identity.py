"""Whose accounts a document holds, as far as the sources it comes from say it: place and body.

A body is its name within its place. What a document prints stands; where it names no place, that of its source is
taken, and where it names another place or another body than its source, a doubt says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psycopg import Connection

from warehouse.kinds.places import may_be_one_place, place_of_code
from warehouse.load.origin import Declared, Origin, in_force, origins, speaking_for
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, Extraction, Profile

# The places of the bodies of this name whose files were published from these addresses.
AT_ADDRESSES = """
select distinct department.division_code, file.address
from warehouse.source_file as file
join warehouse.document_version as version using (sha256)
join warehouse.document using (document_id)
join warehouse.department using (department_id)
where file.address = any(%s) and file.counts_as <> 'part' and version.published_parse_id is not null
    and department.name = %s and department.division_code is not null
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An extraction with its place completed, where it comes from, and the sources that declare its body."""

    extraction: Extraction
    origins: tuple[Origin, ...]
    speaking: tuple[Declared, ...]


def claim(connection: Connection, extraction: Extraction) -> Claim:
    """Looks up the sources of the file and completes profile and doubts by what they say."""
    found = in_force(origins(connection, [extraction.source.identity]).get(extraction.source.identity, ()))
    profile = located(connection, extraction.profile, found)
    kept = (d for d in extraction.doubts if profile is extraction.profile or d.what is not DoubtKind.PLACE_UNKNOWN)
    doubts = (*kept, *_doubts(extraction.profile, profile, found))
    completed = replace(extraction, profile=profile, doubts=doubts)
    return Claim(completed, found, speaking_for(connection, profile))


def located(connection: Connection, profile: Profile, found: Sequence[Origin]) -> Profile:
    """The profile with the place of its source, if it has none itself and its sources agree on one.

    A file whose sources are listed no more and named none, or that has no source, has the place on which all sources
    that declare its body agree. Where none names one, it has that of the files before it at its address.
    """
    body = profile.department
    if body is None or has_place(profile):
        return profile
    source = _of_one_place(body, [origin for origin in in_force(found) if origin.place_of(body)])
    if source is None and all(origin.is_retired for origin in found):
        source = _of_one_place(body, speaking_for(connection, profile))
    code = source.place_of(body) if source else None
    if source and code:
        return _in_place(profile, code, source.called_in_chinese)
    is_told = any(origin.place_of(body) for origin in found)
    return profile if is_told else _in_place_before(connection, profile, body, found)


def _in_place_before(connection: Connection, profile: Profile, body: str, found: Sequence[Origin]) -> Profile:
    """The profile with the place of the files before it at its addresses, if it is one."""
    addresses = [origin.address for origin in found]
    places: dict[str, str] = dict(connection.execute(AT_ADDRESSES, [addresses, body]).fetchall())
    if len(places) != 1:
        return profile
    code, address = places.popitem()
    return _in_place(profile, code, f"{address}先前的文件")


def _of_one_place(body: str, telling: Sequence[Declared]) -> Declared | None:
    """The first of the sources, if all of them name one and the same place for the body."""
    places = {source.place_of(body) for source in telling}
    return telling[0] if len(places) == 1 and None not in places else None


def has_place(profile: Profile) -> bool:
    """Whether the profile says where the body belongs; a central body has a level and no division."""
    return profile.division_code is not None or profile.jurisdiction_level is not None


def place_doubt(profile: Profile) -> Doubt:
    """What is stored in place of `place_unknown` for a profile whose place a source gave."""
    reason = f"文件未示所属地区,依{profile.evidence['division_code']}确定"
    return Doubt(DoubtKind.PLACE_FROM_MANIFEST, reason, printed=profile.department, taken_as=profile.division_code)


def _in_place(profile: Profile, code: str, told_by: str) -> Profile:
    place = place_of_code(code)
    said = f"{told_by}:{code}"
    return replace(
        profile,
        province=place.province,
        city=place.city,
        county=place.county,
        division_code=code,
        jurisdiction_level=place.level,
        evidence=profile.evidence | {"division_code": said},
    )


def _doubts(printed: Profile, stored: Profile, found: Sequence[Origin]) -> Iterator[Doubt]:
    if stored is not printed:
        yield place_doubt(stored)
    elif elsewhere := _other_place(printed, found):
        own, other = printed.division_code, elsewhere.division_code
        reason = f"文件示其属{own},{elsewhere.called_in_chinese}作{other},取文件所示"
        yield Doubt(DoubtKind.PLACE_DIFFERS, reason, printed=other, taken_as=own)
    body = printed.department
    declaring = [origin for origin in found if origin.departments]
    if body and declaring and not any(origin.names(body) for origin in declaring):
        expected = "、".join(declaring[0].departments)
        reason = f"文件作“{body}”,{declaring[0].called_in_chinese}作“{expected}”,取文件所印"
        yield Doubt(DoubtKind.BODY_NOT_OF_SOURCE, reason, printed=expected, taken_as=body)


def _other_place(printed: Profile, found: Sequence[Origin]) -> Origin | None:
    """A source whose place is another than the document's, unless another source of the file agrees with it."""
    placed = [origin for origin in found if origin.division_code]
    if any(may_be_one_place(origin.division_code, printed.division_code) for origin in placed):
        return None
    return placed[0] if placed and printed.division_code else None
