"""Names of the narrative resolved to codes and to forms of the same document."""

import re
from collections.abc import Iterable, Mapping

from ingest.values import codes
from ingest.values.class_names import bare
from warehouse.kinds.characters import comparable

_YEAR = re.compile(r"^20\d\d年?度?")


def code_of_subject(subject: str, rows: Mapping[str, Mapping[str, str]], tables: Iterable[str]) -> str | None:
    """科学技术支出/应用研究/其他应用研究支出 → 2060399, by its names from 类 to 项, or by a 项 named only once."""
    names = [bare(name) for name in subject.split("/")]
    for table in tables:
        labels = {row: bare(label) for row, label in rows.get(table, {}).items() if row.isdigit()}
        named = [row for row, label in labels.items() if label == names[-1] and _is_level(row, names)]
        along = [row for row in named if _path(row, labels) == names]
        for found in (along, named):
            if len(found) == 1:
                return found[0]
    return None


def _is_level(row: str, names: list[str]) -> bool:
    """类 is one name, 类/款 are two."""
    lengths = codes.LENGTHS["functional_code"]
    return len(names) <= len(lengths) and len(row) == lengths[len(names) - 1]


def _path(row: str, labels: Mapping[str, str]) -> list[str]:
    return [labels.get(row[:length], "") for length in codes.LENGTHS["functional_code"] if length <= len(row)]


def form_of_subject(subject: str, forms: Iterable[str]) -> str | None:
    wanted = _project_name(subject)
    found = [form for form in forms if _project_name(form) == wanted]
    return found[0] if len(found) == 1 else None


def _project_name(name: str) -> str:
    return _YEAR.sub("", comparable(name))
