-- Processes that train runs, for as long as they are registered.

create table workers (
    id         text        primary key,
    host       text        not null,
    process_id integer     not null,                     -- on that host
    pid_namespace text,                                  -- in which the process id is unique; null where the system has none
    queues     text[]      not null,
    slots      integer     not null,
    memory_bytes bigint,                                 -- that one of its trainers may use
    started_at timestamptz not null,
    seen_at    timestamptz not null,                     -- last heartbeat
    engine     jsonb,                                    -- engine, version, devices and threads, as `trainer info` prints them
    problem    text                                      -- why it claims no runs now; null: it does
);
