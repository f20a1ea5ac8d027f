-- What city_comparison adds to the numbers themselves. Grain: one metric of a document (current final accounts × metric).
create table mart.peer_position as select * from intermediate.peer_position with no data;
alter table mart.peer_position
    add primary key (document_id, metric);
create index peer_position_group_idx on mart.peer_position (department_kind, fiscal_year, metric, rank);
