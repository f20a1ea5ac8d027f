-- Economic subjects with the years in which they are valid. Grain: one code × period.
create view intermediate.economic_subject as
with

subject as (
    select * from staging.economic_subject
),

subject_name as (
    select * from staging.economic_subject_name
)

select
    subject.economic_subject_id,
    subject.code as economic_code,
    subject.name,
    subject.level,
    subject.parent_code,
    left(subject.code, 3) as class_code,
    subject.valid_from_year,
    subject.valid_to_year,
    subject.status,
    array(
        select distinct subject_name.name
        from subject_name
        where subject_name.economic_subject_id = subject.economic_subject_id
        order by subject_name.name
    ) as names_printed
from subject;

comment on view intermediate.economic_subject is '部门预算支出经济分类科目维度：代码须与年度同看。粒度：每个代码在每段适用年度一行';
comment on column intermediate.economic_subject.economic_subject_id is '科目编号';
comment on column intermediate.economic_subject.economic_code is '部门预算支出经济分类科目代码';
comment on column intermediate.economic_subject.name is '科目名称';
comment on column intermediate.economic_subject.level is '层级：class 类、category 款';
comment on column intermediate.economic_subject.valid_from_year is '适用的首个年度；空表示自始适用';
comment on column intermediate.economic_subject.valid_to_year is '适用的末个年度；空表示至今适用';
comment on column intermediate.economic_subject.status is '依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出';
