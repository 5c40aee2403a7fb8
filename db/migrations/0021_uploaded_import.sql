-- An import begins with its file: it is looked at and described before its rows are checked.

alter table import.batch drop constraint batch_state_check;
alter table import.batch add constraint batch_state_check
  check (state in ('uploaded', 'checked', 'applied', 'undone', 'abandoned'));
alter table import.batch add column problems jsonb;
alter table import.batch add column job_id uuid;
comment on column import.batch.problems is 'Its bad rows by what is wrong with them.';
comment on column import.batch.job_id is 'The job that checks or checked it, where one did.';
