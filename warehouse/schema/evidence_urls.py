"""The address of the evidence of a number, a column of public views: `{evidence_url(document, place)}` in sql/.

`place` names the number below its document, as docs/serve.md says. The address of the application is a setting; it is
written into the views by an upgrade, so that a query that does not ask for the column does nothing for it. Without the
setting the column is null.
"""

import re

from warehouse.base.config import Settings

PLACEHOLDER = re.compile(r"\{evidence_url\(([\w.]+), (.+?)\)\}")
# A place of other characters is written as its bytes in UTF-8, but for the slashes between its parts.
ADDRESS = """
'{base}/evidence/' || {document} || '/' || case
    when {place} ~ '^[A-Za-z0-9/:_-]+$' then {place}
    else replace(
        regexp_replace(upper(encode(convert_to({place}, 'UTF8'), 'hex')), '(..)', '%\\1', 'g'), '%2F', '/'
    )
end
"""


def with_addresses(script: str) -> str:
    """The script of a file with the expressions of the addresses in place of its placeholders."""
    if not PLACEHOLDER.search(script):
        return script
    base = Settings().evidence_url
    return PLACEHOLDER.sub(lambda found: _address(base, *found.groups()), script)


def _address(base: str | None, document: str, place: str) -> str:
    if base is None:
        return "null::text"
    return f"({ADDRESS.format(base=base, document=document, place=place).strip()})"
