-- Functional subjects with the years in which they are valid. Grain: one code × period.
create view intermediate.functional_subject as
with

subject as (
    select * from staging.functional_subject
),

subject_name as (
    select * from staging.functional_subject_name
)

select
    subject.functional_subject_id,
    subject.code as functional_code,
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
        where subject_name.functional_subject_id = subject.functional_subject_id
        order by subject_name.name
    ) as names_printed
from subject;

comment on view intermediate.functional_subject is '支出功能分类科目维度：代码须与年度同看。粒度：每个代码在每段适用年度一行';
comment on column intermediate.functional_subject.functional_subject_id is '科目编号';
comment on column intermediate.functional_subject.functional_code is '支出功能分类科目代码';
comment on column intermediate.functional_subject.name is '科目名称';
comment on column intermediate.functional_subject.level is '层级：class 类、category 款、item 项';
comment on column intermediate.functional_subject.valid_from_year is '适用的首个年度；空表示自始适用';
comment on column intermediate.functional_subject.valid_to_year is '适用的末个年度；空表示至今适用';
comment on column intermediate.functional_subject.status is '依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出';
