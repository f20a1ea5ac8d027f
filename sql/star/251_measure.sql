-- The amount columns of the standard tables. Grain: one standard table × measure.
create table mart.measure as select * from intermediate.measure with no data;
alter table mart.measure
    add primary key (table_code, measure),
    add foreign key (table_code) references mart.standard_table (table_code);
