"""Persons and telephone numbers in a printed row, as pictures and excerpts for strangers hide them."""

import re
from collections.abc import Iterator, Sequence

from ingest.forms.form_spec import load_specs
from ingest.forms.layout.contacts import is_label, names_contact, without_contacts
from ingest.narrative import is_name, without_persons
from warehouse.kinds.characters import squeeze

HIDDEN = "＊"
_AMOUNT = re.compile(r"-?[\d,]+\.\d{1,6}%?")  # never hidden, though its digits may look like a telephone number
_EMPTY_LABEL = re.compile(r"[^:：]*[:：]?")


def without_personal(cells: Sequence[str], above: Sequence[str] = ()) -> list[str]:
    """The cells of a row, or the words of a line, in order; HIDDEN stands for what is behind a label of a person, and
    for a name below one. `above`: for each cell of a table the text above it."""
    seen = list(_shown(cells))
    for n, (text, over) in enumerate(zip(cells, above, strict=False)):
        seen[n] = HIDDEN if _is_named(text, over) else seen[n]
    return seen


def _is_named(text: str, above: str) -> bool:
    """Whether a cell is a name in the column of a label such as 项目负责人."""
    return bool(above) and is_name(squeeze(text)) and names_contact(squeeze(above), load_specs()[-1])


def _shown(cells: Sequence[str]) -> Iterator[str]:
    spec = load_specs()[-1]  # the generic form, which has the labels of persons
    is_behind_label = False
    for text in cells:
        bare = squeeze(text)
        if _AMOUNT.fullmatch(bare):
            yield text
        elif names_contact(bare, spec) and _EMPTY_LABEL.fullmatch(bare):
            is_behind_label = True
            yield text
        elif is_behind_label and bare and not is_label(bare, spec):
            is_behind_label = len(bare) == 1  # a name whose characters are set apart
            yield HIDDEN
        else:
            is_behind_label = is_behind_label and not bare
            yield without_persons(without_contacts(text))
