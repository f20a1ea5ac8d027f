-- How the public tables and views are joined: what a column, or two together, refer to. Tables have some of these as foreign
-- keys; views can have none, and peer_position, execution_position and yearly_change have none since a load would check
-- every row it rewrites.
-- sql/joins.toml declares them, for every table and view with these columns.
-- Grain: one reference of a table or view.
-- Key: object, refers_to.
create view mart.relationship as
with

declared as (
    select
        given.columns::text[] as columns,
        given.refers_to
    from (values {joins}) as given (columns, refers_to)
),

relation as (
    select
        oid,
        relname::text as object
    from pg_catalog.pg_class
    where relnamespace = 'mart'::regnamespace and relkind in ('r', 'p', 'v', 'm')
),

shown as (
    select
        relation.oid,
        relation.object,
        array_agg(attribute.attname::text) as columns
    from relation
    inner join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = relation.oid and attribute.attnum > 0 and not attribute.attisdropped
    group by relation.oid, relation.object
)

select
    shown.object,
    declared.columns,
    declared.refers_to,
    exists (
        select from pg_catalog.pg_constraint as foreign_key
        inner join relation as target on target.oid = foreign_key.confrelid and target.object = declared.refers_to
        where foreign_key.conrelid = shown.oid and foreign_key.contype = 'f'
    ) as is_foreign_key
from shown
inner join declared on shown.columns @> declared.columns and shown.object <> declared.refers_to;

comment on view mart.relationship is '公开的表与视图如何连接：哪些列指向哪张表，供 BI 工具建立关联。粒度：每张表或视图的每个指向一行';
comment on column mart.relationship.object is '表或视图';
comment on column mart.relationship.columns is '所用的列；被指向者的列同名';
comment on column mart.relationship.refers_to is '被指向的表或视图';
comment on column mart.relationship.is_foreign_key is '数据库中是否有此外键；视图没有外键';
