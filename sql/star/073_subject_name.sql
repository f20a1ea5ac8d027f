-- Every name a code may carry. Grain: one name (classification × code × name).
create table mart.subject_name as select * from intermediate.subject_name with no data;
alter table mart.subject_name
    add primary key (classification, code, name);
create index subject_name_plain_idx on mart.subject_name (classification, plain_name);
