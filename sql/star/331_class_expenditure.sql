-- What BI groups by most: city × year × class, added up. Grain: one division × fiscal year × scope × class.
create table mart.class_expenditure as select * from intermediate.class_expenditure with no data;
alter table mart.class_expenditure
    add primary key (fiscal_year, division_code, scope, class_code),
    add foreign key (division_code) references mart.jurisdiction (division_code),
    add foreign key (fiscal_year) references mart.fiscal_year (fiscal_year);
create index class_expenditure_division_idx on mart.class_expenditure (division_code, fiscal_year);
