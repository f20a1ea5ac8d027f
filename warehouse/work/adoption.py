"""Gives files that were loaded before a manifest named their place the body that it names.

A document that names no place is loaded for a body without one, if no manifest says more. Once a source of the file, or
all sources that declare the body, name one place, the file belongs to the body there. Its readings stay as they are:
the public views show the place of the department where a reading has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

import psycopg
from psycopg import Connection

from warehouse.base import locks
from warehouse.base.actors import Actor, who_must_act
from warehouse.base.database import one_value
from warehouse.load import dimensions, identity, versions
from warehouse.load.origin import in_force, origins
from warehouse.load.versions import StoredFile
from warehouse.publish import refresh
from warehouse.records.reading import Profile
from warehouse.records.sources import Adopted

WITHOUT_PLACE = f"""
select version.sha256, published.slot_id, {versions.PROFILE_COLUMNS}
from intermediate.published_parse as published
join warehouse.document_version as version on version.version_id = published.document_id
join warehouse.parse on parse.parse_id = published.parse_id
join warehouse.department on department.department_id = published.department_id
where department.division_code is null and parse.jurisdiction_level is null
order by published.slot_id, version.version_no
"""
IS_TAKEN = "select exists (select from intermediate.published_parse where slot_id = %s)"


@dataclass(frozen=True, slots=True)
class Placed:
    """A public file that was loaded without a place, with the profile that has the one its sources name."""

    sha256: str
    slot_id: int
    profile: Profile


def adopt(connection: Connection) -> Adopted:
    """Moves every such file and makes it public there.

    One transaction for the files of a slot; where the database refuses one, the others are moved all the same. Files
    stay where they are if something is public already in the slot of the body they belong to: their order is not known.
    """
    with connection.transaction():
        placed = list(_placed(connection))
    groups = groupby(placed, key=lambda file: (file.slot_id, file.profile.division_code))
    done = [_moved(connection, list(files)) for _, files in groups]
    if any(each.moved for each in done):
        refresh.refresh_stale(connection)
    return Adopted(sum(each.moved for each in done), tuple(chain.from_iterable(each.refused for each in done)))


def _placed(connection: Connection) -> Iterator[Placed]:
    rows = connection.execute(WITHOUT_PLACE).fetchall()
    found = origins(connection, [sha256 for sha256, *_ in rows])
    for sha256, slot_id, *values in rows:
        profile = Profile(*values)
        located = identity.located(connection, profile, in_force(found.get(sha256, ())))
        if located is not profile:
            yield Placed(sha256, slot_id, located)


def _moved(connection: Connection, files: list[Placed]) -> Adopted:
    try:
        with connection.transaction():
            return Adopted(_move(connection, files))
    except psycopg.Error as error:
        if who_must_act(error) is Actor.MACHINE:
            raise
        return Adopted(refused=((files[0].sha256, str(error).splitlines()[0]),))


def _move(connection: Connection, files: list[Placed]) -> int:
    locks.take(connection, locks.FILE, *(file.sha256 for file in files))
    first, stored = files[0], [versions.stored_file(connection, file.sha256) for file in files]
    wanted = versions.locked_slot(connection, first.profile, first.sha256, stored[0])
    slot_id = dimensions.find_slot(connection, wanted)
    has_changed = any(known.slot_id != first.slot_id or known.public_parse_id is None for known in stored)
    if has_changed or (slot_id is not None and one_value(connection.execute(IS_TAKEN, [slot_id]))):
        return 0
    slot_id = slot_id or dimensions.find_or_add_slot(connection, wanted)
    for known in stored:
        _take_over(connection, known, slot_id)
    return len(files)


def _take_over(connection: Connection, known: StoredFile, slot_id: int) -> None:
    assert known.public_parse_id is not None
    versions.move_version(connection, known, slot_id)
    versions.note_publication(connection, known.document_id, known.public_parse_id)
    refresh.mark_stale(connection, refresh.Touched(known.public_parse_id, (slot_id, known.slot_id)))
