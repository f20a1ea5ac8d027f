-- Subject bridges: subjects that were renamed, moved, split or merged from one year to the next, with evidence.
-- Grain: one classification × year × old code × new code.
create view staging.subject_bridge as
select
    classification,
    from_year,
    old_code,
    old_name,
    new_code,
    new_name,
    relation,
    source,
    note
from warehouse.subject_bridge;

comment on view staging.subject_bridge is '科目衔接：跨年度更名、改列、拆分、合并的科目，凭依据收录。粒度：每个分类、年度、旧代码、新代码一行';
comment on column staging.subject_bridge.classification is '分类：functional 支出功能分类、economic 支出经济分类';
comment on column staging.subject_bridge.from_year is '新代码或新名称开始使用的决算年度：该年与上年比较时适用';
comment on column staging.subject_bridge.old_code is '上年科目代码';
comment on column staging.subject_bridge.old_name is '上年科目名称';
comment on column staging.subject_bridge.new_code is '本年科目代码';
comment on column staging.subject_bridge.new_name is '本年科目名称';
comment on column staging.subject_bridge.relation is '关系：same 内容相同、renamed 更名、moved 改列、split 拆分、merged 合并';
comment on column staging.subject_bridge.source is '依据';
comment on column staging.subject_bridge.note is '说明；没有为空';
