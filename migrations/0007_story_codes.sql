-- Why a run failed and why an attempt ended, as a code with arguments beside the English sentence. Null in rows that are there already.

alter table runs add column failure_code text, add column failure_arguments jsonb;
alter table attempts add column code text, add column arguments jsonb;
