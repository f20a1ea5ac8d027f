-- The Chinese and English labels of the codes in the public views. Grain: one code of one column.
-- Key: column_group, code.
create view mart.label as
select
    label.column_group,
    label.code,
    label.label_zh,
    label.label_en
from (values {labels}) as label (column_group, code, label_zh, label_en);

comment on view mart.label is '公开视图中各代码的名称。粒度：每个代码列的每个代码一行';
comment on column mart.label.column_group is '代码所在的列名；只在某一视图中有此含义的为 视图.列';
comment on column mart.label.code is '代码，例如 as_printed';
comment on column mart.label.label_zh is '中文名称';
comment on column mart.label.label_en is '英文名称';
