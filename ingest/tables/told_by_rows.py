"""A table with two sides that has no title of its own, told by rows that only one form has.

项目 | 金额 | 项目 | 金额 stands above every such table. 事业收入 and 经营收入 stand in 收入支出决算总表 alone.
"""

from ingest.document import RawTable
from ingest.tables.shapes.sides import find_layout
from warehouse.kinds.characters import comparable, without_numbering
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import Row, StandardTable

FEWEST = 4  # rows of one form and no other


def form_by_rows(table: RawTable, kind: DocumentKind) -> StandardTable | None:
    """The one form with sides whose header is there, and rows that no other has."""
    printed = {comparable(without_numbering(text)) for row in table.rows for text in row.texts() if text}
    forms = [form for form in kind.tables if form.shape == "sides"]
    told = [form for form in forms if len(_own_rows(form, forms, printed)) > 0]
    if len(told) != 1 or len(_own_rows(told[0], forms, printed)) < FEWEST:
        return None
    return told[0] if find_layout(told[0], table) else None


def _own_rows(form: StandardTable, forms: list[StandardTable], printed: set[str]) -> list[Row]:
    """The rows of a form that are printed, without those whose name may be one of another form."""
    of_others = set().union(*(other.item_wordings for other in forms if other is not form))
    return [row for row in form.rows if printed & (row.wordings - of_others)]
