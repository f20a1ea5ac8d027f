-- The headlines comparison knows, and the cell of the standard tables that holds each. Grain: one metric.
-- More than one row key: the row's name changed over the years or differs between publishers.
create view intermediate.headline as
select
    headline_no,
    metric,
    metric_name,
    metric_family,
    side,
    table_code,
    measure,
    row_keys
from (
    values
        (1, 'income', '本年收入合计', 'headline', 'income', 'GK01', 'final', array['income:本年收入合计']),
        (2, 'expenditure', '本年支出合计', 'headline', 'expenditure', 'GK03', 'total', array['TOTAL']),
        (3, 'basic', '基本支出', 'headline', 'expenditure', 'GK03', 'basic', array['TOTAL']),
        (4, 'project', '项目支出', 'headline', 'expenditure', 'GK03', 'project', array['TOTAL']),
        (5, 'total_income_and_expenditure', '收入支出总计', 'headline', null, 'GK01', 'final', array['income:总计']),
        (6, 'fiscal_appropriation_total', '财政拨款收入支出总计', 'headline', null, 'GK04', 'amount', array['income:总计']),
        (7, 'general_public_expenditure', '一般公共预算财政拨款支出', 'headline', 'expenditure', 'GK05', 'total', array['TOTAL']),
        (8, 'basic_expenditure', '一般公共预算财政拨款基本支出', 'headline', 'expenditure', 'GK05', 'basic', array['TOTAL']),
        (9, 'project_expenditure', '一般公共预算财政拨款项目支出', 'headline', 'expenditure', 'GK05', 'project', array['TOTAL']),
        (10, 'personnel', '人员经费', 'headline', 'expenditure', 'GK06', 'final', array['PERSONNEL_TOTAL']),
        (11, 'public_funds', '公用经费', 'headline', 'expenditure', 'GK06', 'final', array['PUBLIC_TOTAL']),
        (12, 'government_fund', '政府性基金预算财政拨款支出', 'headline', 'expenditure', 'GK07', 'total', array['TOTAL']),
        (13, 'state_capital', '国有资本经营预算财政拨款支出', 'headline', 'expenditure', 'GK08', 'total', array['TOTAL']),
        (14, 'opening_balance', '年初结转和结余', 'headline', null, 'GK01', 'final', array['income:年初结转和结余', 'income:年初结转与结余', 'income:年初结转结余', 'income:上年结转和结余', 'income:上年结转']),
        (15, 'closing_balance', '年末结转和结余', 'headline', null, 'GK01', 'final', array['expenditure:年末结转和结余', 'expenditure:年末结转与结余', 'expenditure:年末结转结余', 'expenditure:结转下年']),
        (16, 'three_public', '“三公”经费支出合计', 'three_public', 'expenditure', 'GK09', 'final_total', array['all']),
        (17, 'three_public_overseas', '“三公”：因公出国（境）费', 'three_public', 'expenditure', 'GK09', 'final_overseas', array['all']),
        (18, 'three_public_vehicle_total', '“三公”：公务用车购置及运行维护费', 'three_public', 'expenditure', 'GK09', 'final_vehicle_total', array['all']),
        (19, 'three_public_vehicle_purchase', '“三公”：公务用车购置费', 'three_public', 'expenditure', 'GK09', 'final_vehicle_purchase', array['all']),
        (20, 'three_public_vehicle_operation', '“三公”：公务用车运行维护费', 'three_public', 'expenditure', 'GK09', 'final_vehicle_operation', array['all']),
        (21, 'three_public_reception', '“三公”：公务接待费', 'three_public', 'expenditure', 'GK09', 'final_reception', array['all']),
        (22, 'three_public_budget', '“三公”经费预算合计', 'three_public', null, 'GK09', 'budget_total', array['all']),
        (23, 'three_public_overseas_budget', '“三公”预算：因公出国（境）费', 'three_public', null, 'GK09', 'budget_overseas', array['all']),
        (24, 'three_public_vehicle_total_budget', '“三公”预算：公务用车购置及运行维护费', 'three_public', null, 'GK09', 'budget_vehicle_total', array['all']),
        (25, 'three_public_vehicle_purchase_budget', '“三公”预算：公务用车购置费', 'three_public', null, 'GK09', 'budget_vehicle_purchase', array['all']),
        (26, 'three_public_vehicle_operation_budget', '“三公”预算：公务用车运行维护费', 'three_public', null, 'GK09', 'budget_vehicle_operation', array['all']),
        (27, 'three_public_reception_budget', '“三公”预算：公务接待费', 'three_public', null, 'GK09', 'budget_reception', array['all'])
) as listed (headline_no, metric, metric_name, metric_family, side, table_code, measure, row_keys);

comment on view intermediate.headline is '可比指标中的主要数字及其所在单元格。粒度：每个可比指标一行';
comment on column intermediate.headline.headline_no is '序号';
comment on column intermediate.headline.metric is '可比指标';
comment on column intermediate.headline.metric_family is '类别：headline 主要数字、three_public 三公经费';
comment on column intermediate.headline.side is '占比的分母：income 本年收入、expenditure 本年支出；不计占比为空';
comment on column intermediate.headline.table_code is '所在标准表编号';
comment on column intermediate.headline.measure is '所在列';
comment on column intermediate.headline.row_keys is '所在行；各年度、各文件名称不同的并列，以先印出者为准';
