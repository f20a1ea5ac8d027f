"""The functional code of a named subject, from the document's own tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.narrative.figures import SubjectTables
from ingest.values import codes
from warehouse.kinds.characters import comparable
from warehouse.records.reading import Amount


class SubjectCodes:
    """The named paths 类/款/项 that a document's tables print, and their codes."""

    def __init__(self, amounts: Sequence[Amount], of: SubjectTables):
        names = {
            amount.functional_code: amount.row_label
            for amount in amounts
            if amount.table_code in of.tables and amount.functional_code and amount.row_label
        }
        self._class_ending = of.class_ending
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._endings: dict[str, set[str]] = defaultdict(set)
        for code in names:
            if path := self._path(code, names):
                self._codes[path].add(code)
                for ending in _endings(path) if of.may_lack_class else ():
                    self._endings[ending].add(code)
        self._general = {amount.functional_code for amount in amounts if amount.table_code in of.general}
        self._fund = {amount.functional_code for amount in amounts if amount.table_code in of.fund}

    def is_of_fund(self, code: str | None) -> bool:
        """A subject that only the tables of the funds show is none of the general public budget."""
        return bool(code) and code in self._fund and code not in self._general

    @property
    def known(self) -> bool:
        return bool(self._codes)

    def code_of(self, subject: str) -> str | None:
        """The one code whose path of names is `subject`, or ends in it where the 类 may be left out; or None."""
        parts = subject.split("/")
        ending = "/".join(map(comparable, parts))
        found = self._codes.get(self._comparable_path(parts)) or self._endings.get(ending, set())
        return next(iter(found)) if len(found) == 1 else None

    def _path(self, code: str, names: Mapping[str, str]) -> str:
        """Empty where a level above is not printed in the tables."""
        parts = [names.get(code[:length], "") for length in codes.LENGTHS["functional_code"] if length <= len(code)]
        return self._comparable_path(parts) if all(parts) else ""

    def _comparable_path(self, parts: Sequence[str]) -> str:
        """教育 and 教育支出 name the same 类."""
        first, *rest = (comparable(part) for part in parts)
        return "/".join([first.removesuffix(self._class_ending), *rest])


def _endings(path: str) -> list[str]:
    """款/项 and 项 of 类/款/项."""
    parts = path.split("/")
    return ["/".join(parts[n:]) for n in range(1, len(parts))]
