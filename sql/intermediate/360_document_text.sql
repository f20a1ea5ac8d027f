-- What the search looks through: names of projects, indicators of performance forms, and what the narrative says, of
-- current documents. Persons and telephone numbers have been left out by the readers.
-- Lateral, so that PostgreSQL reads the rows of one document and not of all.
-- Grain: one text of a current document (document × place).
create view intermediate.document_text as
select
    document.document_id,
    said.part,
    said.place,
    said.text,
    document.slot_id
from mart.published_document as document
cross join lateral (
    select
        'stated' as part,
        concat_ws('/', 'stated', stated_figure.kind, stated_figure.subject, stated_figure.measure) as place,
        -- The subject where it is a printed name and no key: the sentence may stand behind a heading that names it.
        concat_ws(
            ' ',
            case when octet_length(stated_figure.subject) > length(stated_figure.subject) then stated_figure.subject end,
            coalesce(stated_figure.text, stated_figure.printed)
        ) as text
    from staging.stated_figure
    where stated_figure.parse_id = document.parse_id
    union all
    select
        'indicator',
        concat_ws('/', 'form', indicator.form_no, indicator.seq),
        concat_ws(
            ' ', indicator.level1, indicator.level2, indicator.level3, indicator.target, indicator.actual, indicator.reason
        )
    from staging.performance_indicator as indicator
    where indicator.parse_id = document.parse_id
    union all
    -- The same name once: that of a form, since a form has more about the project than a row of the table has.
    (
        select distinct on (named.project)
            'project',
            named.place,
            named.project
        from (
            select
                concat_ws('/', 'form', performance_project.form_no) as place,
                performance_project.project,
                performance_project.form_no as number,
                0 as measure_no
            from staging.performance_project
            where performance_project.parse_id = document.parse_id
            union all
            select
                concat_ws('/', measure.table_code, amount.row_key, measure.measure),
                regexp_replace(substring(amount.row_key from '([^/]*)$'), '^project:', ''),
                1000000 + amount.row_no,
                measure.sort_order
            from staging.amount
            inner join staging.measure on measure.measure_id = amount.measure_id
            inner join staging.standard_table on standard_table.table_code = measure.table_code
            where
                amount.parse_id = document.parse_id
                and 'project' = any(string_to_array(standard_table.row_key_kind, '+'))
                and strpos(amount.row_key, 'project:') > 0
        ) as named
        order by named.project, named.number, named.measure_no, named.place
    )
) as said
where document.is_current and said.text <> '';

comment on view intermediate.document_text is '搜索所查的文字：项目名称、绩效指标、情况说明的语句（人名与电话已略去），供 juesuan serve 搜索。粒度：现行文件的每段文字一行';
comment on column intermediate.document_text.part is '哪一类：project 项目名称、indicator 绩效指标、stated 情况说明';
comment on column intermediate.document_text.place is '印在何处：stated/…、form/…，或表/行/指标，同网址中的写法';
comment on column intermediate.document_text.text is '文字：情况说明的语句或原因及所说的科目，指标的名称、指标值、完成值与原因，或项目名称';
