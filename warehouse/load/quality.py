"""How well a document was read, in counts, so that two readings of one slot can be compared.

A corrected file usually changes some figures. If it loses tables, a fifth of the amounts or of the self-evaluation
forms, or if many more identities fail, the file was probably converted badly or is only a part of the document, and a
person decides about it. So does a person where an identity is broken that was not, and no fewer are broken in all: a
correction mends sums. Rules that only warn, and doubts inside self-evaluation forms, are not counted: a department may
spend more than its budget.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base.database import one_row
from warehouse.base.messages import _
from warehouse.records.reading import CheckOutcome, Extraction, TableStatus

# A corrected file prints every table again, so one lost table counts. For the same file read anew it takes two: a newer
# parser version may rightly refuse a table that an older one misread.
TABLES_LOST, TABLES_LOST_OF_SAME_FILE = 1, 2
READ = frozenset({TableStatus.PRESENT, TableStatus.PARTIAL})
UNSOUND = frozenset({CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED})
# A correction may leave out a row or a class. A fifth of all amounts is more than any one table of a small body has,
# and less than a bad conversion loses.
AMOUNTS_LOST = 0.2
# One form may have been moved to a file of its own; where several are missing, a part of the document is.
FORMS_FEWER, FORMS_LOST = 3, 0.2
# One misprinted number breaks the sums of its row and of two levels above it, and two or three equalities with other
# tables. Ten more broken identities mean several such numbers; one in twenty means that a table was misread.
UNSOUND_MORE, UNSOUND_SHARE = 10, 0.05
# A doubt is about a cell, a row or a table. A correction adds few.
DOUBTS_MORE, DOUBTS_SHARE = 20, 0.1
EXAMPLES = 3
Identity = tuple[str, str | None, str | None, str | None]  # rule, table, row, measure
OF_PARSE = """
select
    array(
        select table_code from warehouse.parse_table
        where parse_id = %(parse_id)s and status = any(%(read)s)
    ),
    (select count(*) from warehouse.amount where parse_id = %(parse_id)s and value is not null),
    (
        select count(*) from warehouse.check_result
        where parse_id = %(parse_id)s and outcome = any(%(unsound)s) and rule_id !~ '^P'
    ),
    (select count(*) from warehouse.doubt where parse_id = %(parse_id)s and what !~ '^form_'),
    (select count(*) from warehouse.performance_project where parse_id = %(parse_id)s)
"""
WARNINGS = "select rule_id from warehouse.check_rule where severity = 'warning'"
BROKEN = """
select rule_id, table_code, row_key, measure from warehouse.check_result
where parse_id = %s and outcome = 'broken' and rule_id !~ '^P'
"""


@dataclass(frozen=True, slots=True)
class Quality:
    """`tables`: codes of tables read; `stated_empty`: those that the publisher declares empty; `broken`: identities of
    tables and narrative that do not hold; the rest are counts."""

    tables: frozenset[str]
    amounts: int
    unsound: int  # identities of tables and narrative, broken or undetermined
    doubts: int  # except those about cells of self-evaluation forms
    forms: int = 0
    checks: int = 0
    stated_empty: frozenset[str] = frozenset()
    broken: frozenset[Identity] = frozenset()


def of_parse(connection: Connection, parse_id: int) -> Quality:
    asked = {"parse_id": parse_id, "read": sorted(READ), "unsound": sorted(UNSOUND)}
    tables, *counts = one_row(connection.execute(OF_PARSE, asked))
    broken = frozenset(connection.execute(BROKEN, [parse_id]))
    amounts, unsound, doubts, forms = counts
    return Quality(frozenset(tables), amounts, unsound, doubts, forms, broken=broken)


def of_extraction(extraction: Extraction) -> Quality:
    return Quality(
        tables=frozenset(table.table_code for table in extraction.tables if table.status in READ),
        amounts=sum(amount.value is not None for amount in extraction.amounts),
        unsound=sum(check.outcome in UNSOUND for check in extraction.checks if not check.rule_id.startswith("P")),
        doubts=sum(not doubt.what.startswith("form_") for doubt in extraction.doubts),
        forms=len(extraction.projects),
        checks=len(extraction.checks),
        stated_empty=frozenset(
            table.table_code for table in extraction.tables if table.status is TableStatus.EMPTY_WITH_STATEMENT
        ),
        broken=frozenset(
            (check.rule_id, check.table_code, check.row_key, check.measure)
            for check in extraction.checks
            if check.outcome is CheckOutcome.BROKEN and not check.rule_id.startswith("P")
        ),
    )


def warnings(connection: Connection) -> frozenset[str]:
    """The rules that warn of a fact worth knowing, and do not say that a number is wrong."""
    return frozenset(rule_id for (rule_id,) in connection.execute(WARNINGS))


def markedly_worse(public: Quality, read: Quality, warnings: Set[str], is_same_file: bool = False) -> Iterator[str]:
    """The reasons why a reading may not replace the public one without a decision; none where it may.

    Identities of the rules in `warnings` may be broken.
    """
    lost = sorted(public.tables - read.tables - read.stated_empty)
    if len(lost) >= (TABLES_LOST_OF_SAME_FILE if is_same_file else TABLES_LOST):
        yield _("{count} of {count_2} public tables would go: {listed}").format(
            count=len(lost), count_2=len(public.tables), listed=", ".join(lost)
        )
    fewer = public.amounts - read.amounts
    if fewer > AMOUNTS_LOST * public.amounts:
        yield _("{amounts} amounts were read where {amounts_2} are public").format(
            amounts=read.amounts, amounts_2=public.amounts
        )
    fewer = public.forms - read.forms
    if fewer >= FORMS_FEWER and fewer > FORMS_LOST * public.forms:
        yield _("{forms} self-evaluation forms were read where {forms_2} are public").format(
            forms=read.forms, forms_2=public.forms
        )
    more = read.unsound - public.unsound
    if more >= UNSOUND_MORE and more > UNSOUND_SHARE * read.checks:
        yield _("{unsound} identities are broken or undetermined, {unsound_2} where it is public").format(
            unsound=read.unsound, unsound_2=public.unsound
        )
    if not is_same_file:
        yield from _newly_broken(_errors(public, warnings), _errors(read, warnings))
    more = read.doubts - public.doubts
    if more >= DOUBTS_MORE and more > DOUBTS_SHARE * read.amounts:
        yield _("{doubts} doubts, {doubts_2} about what is public").format(doubts=read.doubts, doubts_2=public.doubts)


def _errors(quality: Quality, warnings: Set[str]) -> frozenset[Identity]:
    return frozenset(identity for identity in quality.broken if identity[0] not in warnings)


def _newly_broken(public: frozenset[Identity], read: frozenset[Identity]) -> Iterator[str]:
    new = read - public
    if new and len(read) >= len(public):
        named = sorted(" ".join(part for part in identity if part) for identity in new)
        yield _("identities broken here and not where it is public: {count} ({listed})").format(
            count=len(new), listed=", ".join(named[:EXAMPLES])
        )
