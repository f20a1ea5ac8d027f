"""Finds the subjects that the codes of a document mean in its year.

Codes that no reference list has are added, and every name that a document prints for a code is stored."""

from psycopg import Connection

from warehouse.records.reading import Extraction

Subjects = dict[str | None, int]  # code → id
Printed = set[tuple[str, str]]  # code, printed name
LEVELS = {
    "functional": {3: "class", 5: "category", 7: "item"},
    "economic": {3: "class", 5: "category"},
}


def subjects(connection: Connection, extraction: Extraction) -> tuple[Subjects, Subjects]:
    """Functional and economic subject ids by code, for the document."""
    year = extraction.profile.fiscal_year
    functional, economic = (resolve(connection, kind, names, year) for kind, names in printed(extraction).items())
    return functional, economic


def printed(extraction: Extraction) -> dict[str, Printed]:
    """Codes with their printed names, by classification: functional, then economic."""
    functional = {(a.functional_code, a.row_label) for a in extraction.amounts if a.functional_code}
    functional |= _referred(extraction, {code for code, _ in functional})
    economic = {(a.economic_code, a.row_label) for a in extraction.amounts if a.economic_code}
    return {"functional": functional, "economic": economic}


def _referred(extraction: Extraction, printed: set[str]) -> Printed:
    """Codes that only the narrative or a form refers to, without a name: the text there is not that of the subject."""
    codes = {figure.functional_code for figure in extraction.stated}
    codes |= {project.functional_code for project in extraction.projects}
    return {(code, "") for code in codes - printed if code}


def resolve(connection: Connection, kind: str, printed: Printed, year: int | None) -> Subjects:
    """Subject ids by code; adds missing subjects. A code whose length is that of no level gets no subject."""
    levels = LEVELS[kind]
    printed = {(code, label) for code, label in printed if code.isdigit() and len(code) in levels}
    if not printed:
        return {}
    found, unnoted = _find(connection, kind, printed, year)
    missing = {code: label for code, label in sorted(printed, reverse=True) if code not in found}
    if missing:
        _add(connection, kind, missing, levels)
        found, unnoted = _find(connection, kind, printed, year)
    if unnoted:
        _note_names(connection, kind, unnoted, year)
    return found


def _find(
    connection: Connection, kind: str, printed: Printed, year: int | None
) -> tuple[Subjects, list[tuple[int, str]]]:
    """The id of each code that is valid in `year` (the latest where the year is not known), and the printed names that
    are not stored for that year yet, with the id of their subject."""
    rows = connection.execute(
        f"select code, subject.{kind}_subject_id, label, label = '' or exists (select"
        f"  from warehouse.{kind}_subject_name as listed where listed.{kind}_subject_id = subject.{kind}_subject_id"
        "   and listed.name = label and (listed.source = 'reference' or %(year)s::smallint is null"
        "   or %(year)s between listed.first_year and listed.last_year))"
        " from unnest(%(codes)s::text[], %(labels)s::text[]) as printed (code, label)"
        f" join warehouse.{kind}_subject as subject using (code)"
        " where case when %(year)s::smallint is null then valid_to_year is null"
        "  else %(year)s between coalesce(valid_from_year, 0) and coalesce(valid_to_year, 9999) end",
        {"codes": [code for code, _ in printed], "labels": [label for _, label in printed], "year": year},
    ).fetchall()
    unnoted = sorted((id, label) for _, id, label, is_noted in rows if not is_noted)
    return {code: id for code, id, *_ in rows}, unnoted


def _add(connection: Connection, kind: str, labels: dict[str, str], levels: dict[int, str]) -> None:
    rows = [
        (code, labels[code] or code, levels[len(code)], code[:-2] if len(code) > 3 else None) for code in sorted(labels)
    ]
    connection.cursor().executemany(
        f"insert into warehouse.{kind}_subject (code, name, level, parent_code, status)"
        " values (%s, %s, %s, %s, 'as_published') on conflict do nothing",
        rows,
    )


def _note_names(connection: Connection, kind: str, names: list[tuple[int, str]], year: int | None) -> None:
    """Stores printed names that the reference lists do not have, and extends the years in which they were seen."""
    connection.execute(
        f"insert into warehouse.{kind}_subject_name as known ({kind}_subject_id, name, source, first_year, last_year)"
        " select id, name, 'document', %(year)s::smallint, %(year)s::smallint"
        " from unnest(%(ids)s::int[], %(names)s::text[]) as printed (id, name)"
        f" order by id, name on conflict ({kind}_subject_id, name, source) do update set"
        "  first_year = least(known.first_year, excluded.first_year),"
        "  last_year = greatest(known.last_year, excluded.last_year)",
        {"ids": [id for id, _ in names], "names": [name for _, name in names], "year": year},
    )
