"""docs/data_dictionary.md agrees with the comments in the database."""

from warehouse.schema.dictionary import FILE, render


def test_the_data_dictionary_is_current(connection):
    assert FILE.read_text("utf-8") == render(connection), "python -m warehouse.schema.dictionary writes it anew"
