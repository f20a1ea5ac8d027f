-- Economic subjects: a code may have another name or meaning in other years.
-- Grain: one code × period in which it is valid; periods of a code do not overlap.
create view staging.economic_subject as
select
    economic_subject_id,
    code,
    valid_from_year,
    valid_to_year,
    name,
    level,
    parent_code,
    status
from warehouse.economic_subject;

comment on view staging.economic_subject is '部门预算支出经济分类科目：代码须与年度同看，名称会变。粒度：每个代码在每段适用年度一行，同一代码的各段互不重叠';
comment on column staging.economic_subject.economic_subject_id is '科目编号（仓库内部）';
comment on column staging.economic_subject.code is '部门预算支出经济分类科目代码';
comment on column staging.economic_subject.valid_from_year is '本行适用的首个年度；空表示自始适用';
comment on column staging.economic_subject.valid_to_year is '本行适用的末个年度；空表示至今适用';
comment on column staging.economic_subject.name is '科目名称：参考表所列名称；参考表未列的代码取文件印出的名称';
comment on column staging.economic_subject.level is '层级：class 类（3 位）、category 款（5 位）';
comment on column staging.economic_subject.status is '依据：confirmed 多份文件印证、single-document 仅一份文件、unverified-knowledge 未经文件印证、as_published 参考表未列而文件印出';
