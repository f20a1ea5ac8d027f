"""Which kinds of document a text names: by their words, where these are not part of a phrase that names none."""

import re
from functools import cache

from warehouse.kinds.kind import DocumentKind, load_kinds
from warehouse.kinds.wordings import TitleWords, title_words

Kinds = tuple[DocumentKind, ...]  # those that are looked for


@cache  # made once per set of kinds
def titles(kinds: Kinds) -> TitleWords:
    """How a title says that a document is one of these kinds."""
    return title_words(tuple(word for kind in kinds for word in kind.named.words))


@cache  # read once per process
def titles_of_any() -> TitleWords:
    """How a title names any kind of the project: for what is asked before the kind of a document is known."""
    return titles(load_kinds())


@cache  # made once per set of kinds
def words(kinds: Kinds) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for kind in kinds for word in kind.named.words))


def kind_named(text: str, kinds: Kinds) -> DocumentKind | None:
    """The one kind that a text names; None where it names several. `text` is squeezed."""
    bare = _phrases(kinds).sub("", text)
    said = [kind for kind in kinds if any(word in bare for word in kind.named.words)]
    return said[0] if len(said) == 1 else None


def names_a_kind(text: str) -> bool:
    """Whether a squeezed text names any kind of the project."""
    kinds = load_kinds()
    return bool(words(kinds).search(text)) and bool(words(kinds).search(_phrases(kinds).sub("", text)))


@cache  # made once per set of kinds
def _phrases(kinds: Kinds) -> re.Pattern[str]:
    return re.compile("|".join(phrase.pattern for kind in kinds for phrase in kind.named.phrases) or "(?!)")
