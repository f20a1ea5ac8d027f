"""The data dictionary agrees with the comments in the database, in both languages."""

import pytest

from warehouse.schema.descriptions import in_english, translations
from warehouse.schema.dictionary import CHINESE, ENGLISH, render

COMMENTS = """
select obj_description(oid, 'pg_class') from pg_class
where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v')
union
select description_zh from mart.column_description
"""
SAID = """
select description_en from mart.column_description where view_name = 'amount' and column_name = any(%s) order by 1
"""


@pytest.mark.parametrize("dictionary", [CHINESE, ENGLISH], ids=lambda one: one.file.name)
def test_the_data_dictionary_is_current(connection, dictionary):
    written = render(connection, dictionary)
    assert dictionary.file.read_text("utf-8") == written, "python -m warehouse.schema.dictionary writes it anew"


def test_every_comment_has_its_english_and_none_is_left_over(connection):
    comments = {comment for (comment,) in connection.execute(COMMENTS) if comment}
    assert [comment for comment in comments if not in_english(comment)] == [], "sql/descriptions_en.toml"
    assert sorted(translations().keys() - comments) == []
    assert connection.execute(SAID, [["page", "status_label"]]).fetchall() == [
        ("Chinese name of status",),
        ("Page, from 1; null for text files",),
    ]
