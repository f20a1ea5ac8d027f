"""What the search asks of schema mart: texts of current documents that have the words in them.

An index finds the texts with all pairs of neighbouring characters of the words; `strpos` then compares characters, so
none of them means anything else.
"""

from warehouse.base.mart_tables import pairs

MOST_COMPARED = 500  # texts of one part that are put in order: of a word that half of the texts have, the first ones

_BODIES = """
select
    body.department_id, body.department, body.jurisdiction as title,
    concat_ws(' ', body.department, array_to_string(body.names_printed, ' ')) as text
from mart.department as body
where
    (strpos(body.department, %(words)s) > 0 or strpos(array_to_string(body.names_printed, ' '), %(words)s) > 0)
    and exists (select from mart.published_document as shown where shown.department_id = body.department_id)
order by body.division_code, body.department
limit %(most)s
"""
# The texts of one part, those of the newest years first.
_TEXTS = f"""
with compared as (
    select document_id, place, text
    from mart.document_text
    where {pairs(("part", "text"))} @> %(pairs)s::text[] and strpos(text, %(words)s) > 0
    limit {MOST_COMPARED}
),
found as (
    select document.document_id, document.department, document.fiscal_year, document.kind, compared.place, compared.text
    from compared
    inner join mart.published_document as document on document.document_id = compared.document_id
    order by document.fiscal_year desc nulls last, document.document_id, compared.place
    limit %(most)s
)
"""
_PROJECTS = f"""
{_TEXTS}
select document_id, department, fiscal_year, kind, null as title, null as place, text
from found
order by fiscal_year desc nulls last, document_id, place
"""
_INDICATORS = f"""
{_TEXTS}
select
    found.document_id, found.department, found.fiscal_year, found.kind, indicator.project as title, found.place,
    found.text
from found
left join mart.performance_indicator as indicator
    on indicator.document_id = found.document_id
    and concat_ws('/', 'form', indicator.form_no, indicator.seq) = found.place
order by found.fiscal_year desc nulls last, found.document_id, indicator.form_no, indicator.seq
"""
_STATED = f"""
{_TEXTS}
select
    found.document_id, found.department, found.fiscal_year, found.kind,
    concat_ws(' ', figure.kind_label, figure.subject_label, figure.measure_label) as title, found.place, found.text
from found
left join mart.stated_figure as figure
    on figure.document_id = found.document_id
    and concat_ws('/', 'stated', figure.kind, figure.subject, figure.measure) = found.place
order by found.fiscal_year desc nulls last, found.document_id, found.place
"""
# Part of the page → its name in mart.document_text, and the query.
PARTS = {
    "bodies": ("", _BODIES),
    "projects": ("project", _PROJECTS),
    "indicators": ("indicator", _INDICATORS),
    "said": ("stated", _STATED),
}
