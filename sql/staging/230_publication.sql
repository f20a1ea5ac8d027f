-- When which parse became public; the as-of views read it. Grain: one publication.
create view staging.publication as
select
    publication_id,
    version_id as document_id,
    parse_id,
    slot_id,
    department_id,
    version_no as version,
    published_at
from warehouse.publication;

comment on view staging.publication is '公布记录：每次使某一解析成为公开视图所示的内容，据以回看某日所见。粒度：每次公布一行';
comment on column staging.publication.publication_id is '公布编号（仓库内部）';
comment on column staging.publication.parse_id is '公布的解析编号';
comment on column staging.publication.slot_id is '公布时所在的文件位编号';
comment on column staging.publication.department_id is '公布时所属部门编号；无法判断时为空';
comment on column staging.publication.version is '公布时在文件位中的版本序号';
comment on column staging.publication.published_at is '公布时间：自此时起公开视图显示该解析';
