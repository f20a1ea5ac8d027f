-- Every published file with whose accounts it holds: what all other public views begin with. Grain: one document version.
create table mart.published_document as select * from intermediate.published_document with no data;
alter table mart.published_document
    add primary key (document_id),
    add unique (parse_id);
create index published_document_slot_idx on mart.published_document (slot_id);
create index published_document_department_idx on mart.published_document (department_id, fiscal_year);
create index published_document_peer_idx on mart.published_document (department_kind, fiscal_year);
create index published_document_division_idx on mart.published_document (division_code, fiscal_year);
