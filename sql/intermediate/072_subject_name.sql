-- All names of a code in the reference lists and the subject bridges.
-- Grain: one name (classification × code × name).
create view intermediate.subject_name as
with

functional_subject as (
    select * from staging.functional_subject
),

functional_subject_name as (
    select * from staging.functional_subject_name
    where source = 'reference'
),

economic_subject as (
    select * from staging.economic_subject
),

economic_subject_name as (
    select * from staging.economic_subject_name
    where source = 'reference'
),

bridge as (
    select * from staging.subject_bridge
),

-- union, not union all: most names are in several sources.
named as (
    select 'functional' as classification, code, name from functional_subject
    union
    select 'functional', functional_subject.code, functional_subject_name.name
    from functional_subject_name
    inner join functional_subject using (functional_subject_id)
    union
    select 'economic', code, name from economic_subject
    union
    select 'economic', economic_subject.code, economic_subject_name.name
    from economic_subject_name
    inner join economic_subject using (economic_subject_id)
    union
    select classification, old_code, old_name from bridge
    union
    select classification, new_code, new_name from bridge
)

select
    classification,
    code,
    name,
    translate(name, E' \u3000\n()（）、,，。.·:：—-', '') as plain_name
from named;

comment on view intermediate.subject_name is '科目代码可以使用的名称：参考表与科目衔接表所载。粒度：每个分类、代码、名称一行';
comment on column intermediate.subject_name.classification is '分类：functional 支出功能分类、economic 支出经济分类';
comment on column intermediate.subject_name.code is '科目代码';
comment on column intermediate.subject_name.name is '科目名称';
comment on column intermediate.subject_name.plain_name is '去除空白与标点的名称';
