"""The name of a torn form, read with the help of the list of projects in the document's own narrative."""

import re
from collections.abc import Iterator

from ingest.document import Document
from ingest.values.characters import squeeze

ALIKE = 0.5  # of the characters of a listed name, in order, must be printed in the name cell
AHEAD = 0.1  # and no other listed name may come this close
SHORTEST_BODY = 5  # characters
ELSEWHERE = 3  # times
_BODIES = "局|委员会|委|厅|办公室|中心|处|院|校|会|队|部|馆|所|站|政府|街道"
_RUN = re.compile(rf"[\u4e00-\u9fff]+(?:{_BODIES})(?![\u4e00-\u9fff])")
_LISTED = re.compile(r"^\d{1,2}[.、](?=20\d\d|\D)([^。;；]{4,60}?)(?<!为)(?:\d[\d.]*万元|[,，]预算|[,，]项目)")
_FISCAL_YEAR = re.compile(r"20\d\d年度")
_YEAR = re.compile(r"^20\d\d年?")


def listed_names(document: Document) -> tuple[str, ...]:
    """The names of an enumeration such as 3.某某工作经费10.37万元,项目自评得分96.56分."""
    return tuple(dict.fromkeys(_listed(document)))


def names_in_list(printed: list[str | None], listed: tuple[str, ...]) -> list[str | None]:
    """One listed name for each damaged one; those that nothing else tells get what the others leave."""
    found = [name_in_list(name, listed) if name else None for name in printed]
    left = tuple(name for name in listed if not any(own and name.endswith(own) for own in found))
    return [own or (name_in_list(name, left) if name else None) for own, name in zip(found, printed, strict=True)]


def body_in_head(printed: list[str], prose: str) -> str | None:
    """The body that the first rows of its own form print behind a damaged label, and the document in other places."""
    for text in printed:
        for run in _RUN.findall(squeeze(text)):
            names = (run[start:] for start in range(len(run) - SHORTEST_BODY + 1))
            if name := next((name for name in names if prose.count(name) >= ELSEWHERE), None):
                return name
    return None


def _listed(document: Document) -> Iterator[str]:
    for line in document.lines():
        if found := _LISTED.match(squeeze(line.text)):
            yield found[1]


def name_in_list(printed: str, listed: tuple[str, ...]) -> str | None:
    """The listed name that the damaged cell prints; without a year that only the list adds."""
    bare = _FISCAL_YEAR.sub("", squeeze(printed))
    scored = sorted(((_alike(bare, name), name) for name in listed), reverse=True)
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[0][0] - scored[1][0] < AHEAD):
        return None
    name = scored[0][1]
    year = _YEAR.match(name)
    if year and year[0][:4] not in bare and name[year.end() : year.end() + 2] in bare:
        return name[year.end() :]
    return name


def _alike(printed: str, name: str) -> float:
    """The share of the name without its year that the text prints in order."""
    core = _YEAR.sub("", name)
    if core in printed:
        return 1.0
    return _common(printed, core) / len(core)


def _common(a: str, b: str) -> int:
    """Length of the longest common subsequence."""
    before = [0] * (len(b) + 1)
    for char in a:
        row = [0]
        for n, other in enumerate(b):
            row.append(before[n] + 1 if char == other else max(row[n], before[n + 1]))
        before = row
    return before[-1]
