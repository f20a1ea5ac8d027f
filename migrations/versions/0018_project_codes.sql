-- The code that a publisher prints of a project: it tells projects of one name apart, and follows one that is renamed.
alter table warehouse.amount add column project_code text;
comment on column warehouse.amount.project_code is '项目编码，如印出；不是项目或未印为空';
alter table warehouse.performance_project add column project_code text;
comment on column warehouse.performance_project.project_code is '项目编码，如印出；未印为空';
