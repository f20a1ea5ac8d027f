-- All printed names of functional subjects. Grain: one subject × name × source.
create view staging.functional_subject_name as
select
    functional_subject_id,
    name,
    source,
    first_year,
    last_year
from warehouse.functional_subject_name;

comment on view staging.functional_subject_name is '支出功能分类科目印出过的全部名称。粒度：每个科目、名称、来源一行';
comment on column staging.functional_subject_name.functional_subject_id is '科目编号';
comment on column staging.functional_subject_name.name is '文件印出的名称（去除空白）';
comment on column staging.functional_subject_name.source is '来源：reference 参考表、document 已入库文件';
