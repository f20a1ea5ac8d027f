"""docs/data_dictionary.md says what the comments in the database say."""

from warehouse.schema.dictionary import FILE, render


def test_the_data_dictionary_is_current(connection):
    assert FILE.read_text("utf-8") == render(connection), "python -m warehouse.schema.dictionary writes it anew"
