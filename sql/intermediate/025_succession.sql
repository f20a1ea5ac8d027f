-- Which body followed which: the lines of the list, and what current documents state of their own bodies, with the
-- departments of the warehouse that are meant. The list outweighs a document that speaks of the same change.
-- Grain: one line of the list, or one statement of a current document.
create view intermediate.succession as
with

listed as (
    select * from staging.body_succession
),

document as (
    select * from mart.published_document
    where is_current
),

stated_succession as (
    select * from staging.stated_succession
),

statement as (
    select
        'list' as origin,
        null::integer as document_id,
        null::smallint as succession_no,
        nullif(division_code, '000000') as division_code,
        predecessor,
        successor,
        relation,
        effective_year,
        effective_on,
        source,
        note,
        null::text as printed,
        null::integer as page,
        null::integer as line_no,
        null::smallint as file_no
    from listed
    union all
    select
        'document',
        document.document_id,
        stated_succession.succession_no,
        document.division_code,
        stated_succession.predecessor,
        stated_succession.successor,
        stated_succession.relation,
        stated_succession.effective_year,
        stated_succession.effective_on,
        document.source_name,
        null,
        stated_succession.printed,
        stated_succession.page,
        stated_succession.line_no,
        stated_succession.file_no
    from stated_succession
    inner join document on document.parse_id = stated_succession.parse_id
)

select
    statement.*,
    predecessor_body.department_id as predecessor_id,
    successor_body.department_id as successor_id,
    outweighing.lines > 0 as is_outweighed,
    outweighing.lines > 0 and outweighing.agreeing = 0 as is_contradicted,
    outweighing.says
from statement
left join lateral (
    select department.department_id from staging.department
    where
        department.name = statement.predecessor
        and department.division_code is not distinct from statement.division_code
) as predecessor_body on true
left join lateral (
    select department.department_id from staging.department
    where
        department.name = statement.successor
        and department.division_code is not distinct from statement.division_code
) as successor_body on true
cross join lateral (
    select
        count(*) as lines,
        count(*) filter (
            where
                (line.predecessor, line.successor, line.relation)
                = (statement.predecessor, statement.successor, statement.relation)
                and coalesce(statement.effective_year = line.effective_year, true)
        ) as agreeing,
        string_agg(
            line.predecessor || ' → ' || line.successor || '（' || line.effective_year || '，' || line.relation || '）',
            '、' order by line.predecessor, line.successor
        ) as says
    from staging.body_succession as line
    cross join lateral (
        select
            line.predecessor = statement.predecessor as has_predecessor,
            line.successor = statement.successor as has_successor
    ) as same
    where
        statement.origin = 'document'
        and nullif(line.division_code, '000000') is not distinct from statement.division_code
        and (line.relation = 'transferred') = (statement.relation = 'transferred')
        and (
            (same.has_predecessor and same.has_successor)
            or (
                (same.has_predecessor or same.has_successor)
                and line.relation <> 'transferred'
                and abs(line.effective_year - statement.effective_year) <= 1
            )
        )
) as outweighing;

comment on view intermediate.succession is '机构承继：承继表所载与现行文件所述，及其所指的部门。粒度：承继表的每行，或现行文件的每项所述一行';
comment on column intermediate.succession.origin is '来源：list 承继表、document 文件所述';
comment on column intermediate.succession.document_id is '所述文件的版本编号；承继表所载为空';
comment on column intermediate.succession.succession_no is '在该次解析中的序号，自 1 起；承继表所载为空';
comment on column intermediate.succession.predecessor is '原机构名称';
comment on column intermediate.succession.successor is '新机构名称';
comment on column intermediate.succession.relation is '关系：renamed 更名、merged 合并、split 拆分、transferred 职责划转';
comment on column intermediate.succession.effective_year is '生效年度；文件未述为空';
comment on column intermediate.succession.effective_on is '生效日期；只知年度或未述为空';
comment on column intermediate.succession.source is '依据：承继表所载的依据，或所述文件的文件名';
comment on column intermediate.succession.note is '承继表的说明；没有为空';
comment on column intermediate.succession.division_code is '所属行政区划代码；中央或不明为空';
comment on column intermediate.succession.predecessor_id is '原机构的部门编号；未有文件入库为空';
comment on column intermediate.succession.successor_id is '新机构的部门编号；未有文件入库为空';
comment on column intermediate.succession.is_outweighed is '文件所述者，承继表是否载有同一变更：取表所载';
comment on column intermediate.succession.is_contradicted is '文件所述是否与承继表所载不同';
comment on column intermediate.succession.says is '承继表就同一变更所载；没有为空';
