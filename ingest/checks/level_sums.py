"""Lists of projects and purchases: rows on several levels, which names, codes and units tell, or the figures alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.checks.document_cells import WHOLE, CellKey
from ingest.checks.figures import DocumentFigures
from ingest.checks.instances import Instance
from ingest.checks.judge import judge, undecided
from ingest.checks.outermost import MOST_ROWS, outermost
from ingest.checks.trees_of_rows import children_of_rows
from ingest.values import codes
from warehouse.kinds.checks import Rule
from warehouse.records.reading import CheckOutcome, CheckResult


def level_sum(rule: Rule, doc: DocumentFigures) -> Iterator[CheckResult]:
    """Σ rows of the next level = the row above them, for every column of money."""
    rows = doc.printed.rows.get(rule.table, {})
    lengths = sorted({length for known in codes.LENGTHS.values() for length in known}, reverse=True)
    for above, children in children_of_rows(rows, doc.printed.row_of(rule.table, WHOLE), lengths).items():
        for measure in _money(rule.table, above, doc):
            parts = [(rule.table, child, measure) for child in children]
            yield from _added(rule, (rule.table, above, measure), parts, doc)


def _money(table: str, row: str, doc: DocumentFigures) -> list[str]:
    there = sorted(doc.printed.measures.get(table, ()))
    return [name for name in there if (cell := doc.cells.get((table, row, name))) and cell.unit == "万元"]


def levels_told(instance: Instance, doc: DocumentFigures) -> Instance:
    """A sum of rows without codes, whose levels the figures may tell otherwise than their names."""
    if instance.rule.kind != "tree_sum" or all(row.isdigit() for _, (_, row, _) in instance.rights[0]):
        return instance
    told = outermost(instance.left[0][1], [key for _, key in instance.rights[0]], doc)
    return replace(instance, rights=(*instance.rights, tuple((1, key) for key in told))) if told else instance


def _added(rule: Rule, total: CellKey, parts: Sequence[CellKey], doc: DocumentFigures) -> Iterator[CheckResult]:
    rights = [tuple((1, part) for part in parts)]
    if told := outermost(total, parts, doc):
        rights.append(tuple((1, part) for part in told))
    if result := judge(Instance(rule, total, ((1, total),), tuple(rights)), doc):
        is_open = result.outcome is CheckOutcome.BROKEN and len(parts) > MOST_ROWS
        yield undecided(result, "所列各行可能互有包含") if is_open else result
