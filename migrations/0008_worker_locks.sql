-- A worker holds an advisory lock on a connection of its own for as long as it lives (see QueueSql.HoldWorker), so that its death is known before its
-- leases run out. Its process id tells a process of the same machine at once whether it is still there. Null: a worker of a version without such a lock.

alter table workers add column process_id integer;
