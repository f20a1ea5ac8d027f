"""What explanations call things, and the words of publishers that checks look for: `words.toml` of a kind."""

import re
from functools import cache

from pydantic import Field

from warehouse.kinds.declared import Declared, read_declaration
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.labels import labels_of

Names = dict[str, str]
NOTHING = re.compile("(?!)")  # matches nowhere


class Said(Declared):
    """Regular expressions over the words that a figure of the narrative was read from."""

    more: re.Pattern[str] = NOTHING
    less: re.Pattern[str] = NOTHING
    no_budget: re.Pattern[str] = NOTHING
    completed: re.Pattern[str] = NOTHING
    used_for: re.Pattern[str] = NOTHING
    between_names: re.Pattern[str] = NOTHING


class Words(Declared):
    of_which: tuple[str, ...] = ()
    form: str = "自评表"  # what explanations call a performance form
    subjects_named_in: tuple[str, ...] = ()  # codes of tables
    measures: Names = Field(default_factory=dict)
    subjects: Names = Field(default_factory=dict)
    kinds: Names = Field(default_factory=dict)
    restated: Names = Field(default_factory=dict)  # kind of figure → table whose columns or items its subject names
    budgets: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # measure → what sentences call that budget
    of_subjects: tuple[str, ...] = ()  # kinds of figure whose subject is one of the document's codes
    of_forms: tuple[str, ...] = ()  # kinds of figure whose subject is a self-evaluation form
    said: Said = Said()


@cache  # made once per kind
def words_of(kind: DocumentKind) -> Words:
    """Measures that it does not name are called as on a page. Raises DeclarationError naming file and key."""
    path = kind.folder / "words.toml"
    words = read_declaration(path, Words) if path.exists() else Words()
    return words.model_copy(update={"measures": {**labels_of("stated_figure", "measure"), **words.measures}})
