-- The divisions bodies belong to. Grain: one division code.
create table mart.jurisdiction as select * from intermediate.jurisdiction with no data;
alter table mart.jurisdiction
    add primary key (division_code),
    add foreign key (parent_code) references mart.jurisdiction (division_code);
