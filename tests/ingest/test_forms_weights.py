"""The declared weights and wordings of forms: faults are refused with file and key; examples of what weights decide."""

from copy import deepcopy

import pytest

from ingest.document import Document
from ingest.forms import forms_of, read_forms
from ingest.forms.cells import alignment, fitness
from tests.ingest.test_forms import CENTRAL, converted
from tests.ingest.test_forms_torn import torn
from warehouse.kinds.declared import DeclarationError, checked, read_toml
from warehouse.kinds.form_declarations import FOLDER, Wordings
from warehouse.kinds.form_weights import FILE, FormWeights, form_weights


@pytest.mark.parametrize(
    ("section", "key", "value", "says"),
    [
        ("alignment", "left_out", 2.5, r"alignment\.left_out: .*less than or equal to 0"),
        ("alignment", "left_out", "-2.5", r"alignment\.left_out: "),
        ("missing", "money", {"gift": -1.0}, r"missing\.money\.gift"),
        ("missing", "goals", {"expected": 1.0}, r"missing\.goals\.expected: "),
        ("fit", "target", {}, r"fit\.target\.operator_and_number: "),
        ("torn", "cut_labels", 0, r"torn\.cut_labels: "),
        ("names", "alike", 1.5, r"names\.alike: "),
        ("proofs", "rate_envelope", 0, r"proofs\.rate_envelope: "),
        ("proofs", "colour", 1, r"proofs\.colour: "),
    ],
)
def test_a_wrong_weight_is_refused_with_file_and_key(section, key, value, says):
    declared = deepcopy(read_toml(FILE))
    declared[section][key] = value
    with pytest.raises(DeclarationError, match=rf"^weights\.toml: {says}"):
        checked(declared, FormWeights, FILE.name)


@pytest.mark.parametrize(
    ("section", "key", "value", "says"),
    [
        ("titles", "form", "(自评", r"titles\.form: "),
        ("contacts", "roles", [""], r"contacts\.roles\.0: "),
        ("operators", "before", {"≥": ["不低于"]}, r"operators\.before\.≥"),
        ("torn", "target_words", "提高", r"torn\.target_words: "),
    ],
)
def test_a_wrong_wording_is_refused_with_file_and_key(section, key, value, says):
    declared = deepcopy(read_toml(FOLDER / "wordings.toml"))
    declared[section][key] = value
    with pytest.raises(DeclarationError, match=rf"^wordings\.toml: {says}"):
        checked(declared, Wordings, "wordings.toml")


def targets_with(monkeypatch, section: str, **weights: float) -> list[str | None]:
    """The targets of the cut form, read with these weights of the alignment."""
    own = form_weights().alignment
    changed = own.model_copy(update={section: getattr(own, section).model_copy(update=weights)})
    monkeypatch.setattr(alignment, "_WEIGHTS", changed)
    fitness.fits_of.cache_clear()
    (project,), _ = read_forms(torn())
    return [one.target for one in project.indicators]


def test_the_weight_of_the_border_decides_whether_pieces_are_joined(monkeypatch):
    declared = form_weights().alignment.torn.another_piece
    assert targets_with(monkeypatch, "torn", another_piece=declared)[:2] == ["≤40万元", "≥316公里"]
    assert targets_with(monkeypatch, "torn", another_piece=-9.0)[:2] != ["≤40万元", "≥316公里"]


@pytest.mark.parametrize(("whole_forms", "is_torn"), [(0, True), (2, True), (3, False)])
def test_a_document_is_torn_if_a_third_of_its_forms_is(whole_forms, is_torn):
    table = torn().blocks[1]
    rows = [row.replace("<", "").replace("^", "") for row in CENTRAL]
    whole = [converted(*rows, line_no=100 * n) for n in range(1, whole_forms + 1)]
    forms = forms_of(Document("text", (torn().blocks[0], table, *whole)))
    assert [form.torn for form in forms] == [is_torn] * (1 + whole_forms)
