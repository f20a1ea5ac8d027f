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
# The texts of one part, those of the newest years first. Lateral, so that PostgreSQL reads the documents that are found
# and not all of them.
_TEXTS = f"""
with compared as (
    select document_id, place, text
    from mart.document_text
    where
        {pairs(("part", "text"))} @> %(pairs)s::text[]
        and part = %(part)s
        and strpos(text, %(words)s) > 0
    limit {MOST_COMPARED}
),
found as (
    select document.document_id, document.department, document.fiscal_year, document.kind, compared.place, compared.text
    from compared
    cross join lateral (
        select published_document.*
        from mart.published_document
        where published_document.document_id = compared.document_id
        offset 0
    ) as document
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
# Lateral, so that PostgreSQL reads the rows of one document for each hit and not those of all documents.
_INDICATORS = f"""
{_TEXTS}
select
    found.document_id, found.department, found.fiscal_year, found.kind, form.project as title, found.place, found.text
from found
left join lateral (
    select performance_project.project
    from mart.performance_project
    where
        performance_project.document_id = found.document_id
        and performance_project.form_no = split_part(found.place, '/', 2)::integer
    offset 0
) as form on true
order by
    found.fiscal_year desc nulls last, found.document_id, split_part(found.place, '/', 2)::integer,
    split_part(found.place, '/', 3)::integer
"""
_STATED = f"""
{_TEXTS}
select
    found.document_id, found.department, found.fiscal_year, found.kind, figure.title, found.place, found.text
from found
left join lateral (
    select concat_ws(' ', stated.kind_label, stated.subject_label, stated.measure_label) as title
    from mart.stated_figure as stated
    where
        stated.document_id = found.document_id
        and concat_ws('/', 'stated', stated.kind, stated.subject, stated.measure) = found.place
    offset 0
) as figure on true
order by found.fiscal_year desc nulls last, found.document_id, found.place
"""
# Part of the page → its name in mart.document_text, and the query.
PARTS = {
    "bodies": ("", _BODIES),
    "projects": ("project", _PROJECTS),
    "indicators": ("indicator", _INDICATORS),
    "said": ("stated", _STATED),
}
