"""The name of a torn form, read with the help of the list of projects in the document's own narrative."""

import re
from collections.abc import Iterator

from ingest.document import Document
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights

_LEAST = form_weights().names
_WORDS = wordings().names
_RUN = re.compile(rf"[\u4e00-\u9fff]+(?:{'|'.join(_WORDS.bodies)})(?![\u4e00-\u9fff])")


def listed_names(document: Document) -> tuple[str, ...]:
    """The names of an enumeration such as 3.某某工作经费10.37万元,项目自评得分96.56分."""
    return tuple(dict.fromkeys(_listed(document)))


def names_in_list(printed: list[str | None], listed: tuple[str, ...]) -> list[str | None]:
    """One listed name for each damaged one. Without one, the names that no other form took are tried."""
    found = [name_in_list(name, listed) if name else None for name in printed]
    left = tuple(name for name in listed if not any(own and name.endswith(own) for own in found))
    return [own or (name_in_list(name, left) if name else None) for own, name in zip(found, printed, strict=True)]


def body_in_head(printed: list[str], prose: str) -> str | None:
    """The body that the first rows of its own form print behind a damaged label, and the document in other places."""
    for text in printed:
        for run in _RUN.findall(squeeze(text)):
            names = (run[start:] for start in range(len(run) - _LEAST.shortest_body + 1))
            if name := next((name for name in names if prose.count(name) >= _LEAST.elsewhere), None):
                return name
    return None


def _listed(document: Document) -> Iterator[str]:
    for line in document.lines():
        if found := _WORDS.listed.match(squeeze(line.text)):
            yield found[1]


def name_in_list(printed: str, listed: tuple[str, ...]) -> str | None:
    """The listed name that the damaged cell prints; without a year that only the list adds."""
    bare = _WORDS.fiscal_year.sub("", squeeze(printed))
    scored = sorted(((_alike(bare, name), name) for name in listed), reverse=True)
    if not scored or scored[0][0] < _LEAST.alike:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAST.ahead:
        return None
    name = scored[0][1]
    year = _WORDS.year.match(name)
    if year and year[0][:4] not in bare and name[year.end() : year.end() + 2] in bare:
        return name[year.end() :]
    return name


def _alike(printed: str, name: str) -> float:
    """The share of the name without its year that the text prints in order."""
    core = _WORDS.year.sub("", name)
    if core in printed:
        return 1.0
    return common_length(printed, core) / len(core)


def common_length(a: str, b: str) -> int:
    """Length of the longest common subsequence, all characters of `b` at once as bits of a number (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for n, char in enumerate(b):
        places[char] = places.get(char, 0) | 1 << n
    every = (1 << len(b)) - 1
    open_places = every  # the bit of a place is 0 where the subsequence grows by its character
    for char in filter(places.__contains__, a):
        taken = open_places & places[char]
        open_places = (open_places + taken | open_places - taken) & every
    return len(b) - open_places.bit_count()
