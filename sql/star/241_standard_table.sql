-- The standard tables of a disclosure. Grain: one standard table.
create table mart.standard_table as select * from intermediate.standard_table with no data;
alter table mart.standard_table
    add primary key (table_code);
