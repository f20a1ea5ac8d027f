-- Fiscal years of loaded documents. Grain: one year.
create view staging.fiscal_year as
select
    fiscal_year
from warehouse.fiscal_year;

comment on view staging.fiscal_year is '年度维度。粒度：已入库文件涉及的每个年度一行';
comment on column staging.fiscal_year.fiscal_year is '决算所属年度（公历年），例如 2024';
