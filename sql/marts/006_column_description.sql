-- What every column of the public views and tables means, from the comments in the database and their translations.
-- Grain: one column.
-- Key: view_name, column_name.
create view mart.column_description as
select
    relation.relname::text as view_name,
    attribute.attname::text as column_name,
    attribute.attnum::integer as column_no,
    format_type(attribute.atttypid, attribute.atttypmod) as data_type,
    col_description(relation.oid, attribute.attnum) as description_zh,
    coalesce(
        translation.description_en,
        'Chinese name of ' || substring(col_description(relation.oid, attribute.attnum) from '^(.*) 的中文名称$')
    ) as description_en
from pg_class as relation
inner join pg_attribute as attribute
    on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
left join (values {descriptions}) as translation (description_zh, description_en)
    on translation.description_zh = col_description(relation.oid, attribute.attnum)
where relation.relnamespace = 'mart'::regnamespace and relation.relkind in ('r', 'v');

comment on view mart.column_description is '公开视图与表的各列说明，与 docs/data_dictionary.md 同源。粒度：每列一行';
comment on column mart.column_description.view_name is '视图或表的名称';
comment on column mart.column_description.column_name is '列名';
comment on column mart.column_description.column_no is '在视图中的列号，自 1 起，可有间断';
comment on column mart.column_description.data_type is '数据类型';
comment on column mart.column_description.description_zh is '中文说明';
comment on column mart.column_description.description_en is '英文说明';
