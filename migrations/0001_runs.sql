-- Runs and everything that a run leaves behind. The runs table is the only state machine: see docs/run-states.md.

create table runs (
    id                uuid primary key,                 -- version 7: the order of ids is the order of creation
    name              text        not null,
    experiment        text        not null,
    state             text        not null check (state in ('queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
    queue             text        not null check (queue in ('cpu', 'cuda')),
    spec              jsonb       not null,              -- canonical, defaults filled in
    spec_sha256       text        not null,
    seed              integer     not null,
    idempotency_key   text        unique,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    started_at        timestamptz,                       -- first attempt
    finished_at       timestamptz,

    attempt           integer     not null default 0,    -- fencing token: every write of a worker names it
    failed_attempts   integer     not null default 0,    -- transient failures since the last success; bounds retries
    worker            text,
    lease_expires_at  timestamptz,
    not_before        timestamptz not null default '-infinity',
    cancel_requested  boolean     not null default false,

    failure_class     text,
    failure_message   text,

    last_seq          bigint      not null default 0,    -- seq of the newest event

    epochs            integer     not null,              -- as the spec says
    epoch             integer     not null default 0,    -- in work, from 1; 0 before training
    step              bigint      not null default 0,
    total_steps       bigint      not null default 0,    -- 0: not known yet
    images_per_second double precision,
    elapsed_seconds   double precision,
    remaining_seconds double precision,

    check ((state in ('running', 'pausing')) = (worker is not null and lease_expires_at is not null)),
    check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
    check ((state = 'failed') = (failure_class is not null))
);

-- The claim takes the oldest queued run of a queue.
create index runs_claimable on runs (queue, id) where state = 'queued';
-- The rescuer looks for leases that ran out.
create index runs_leased on runs (lease_expires_at) where state in ('running', 'pausing');
-- Lists, newest first, filtered by state or experiment.
create index runs_by_state on runs (state, id desc);
create index runs_by_experiment on runs (experiment, id desc);

create table attempts (
    run_id     uuid        not null references runs on delete cascade,
    attempt    integer     not null,
    worker     text        not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    outcome    text,                                     -- as in 'succeeded', 'lost lease', 'crashed: exit code 139'
    primary key (run_id, attempt)
);

create table run_events (
    run_id  uuid        not null references runs on delete cascade,
    seq     bigint      not null,                        -- from 1, without gaps
    attempt integer     not null,
    at      timestamptz not null,
    type    text        not null,
    data    jsonb       not null,
    primary key (run_id, seq)
);

-- One value per run, metric and epoch; a repeated epoch (an attempt after a crash) replaces it.
create table metric_points (
    run_id uuid             not null references runs on delete cascade,
    metric text             not null,
    epoch  integer          not null,
    step   bigint           not null,
    value  double precision,                             -- null: not finite
    at     timestamptz      not null,
    primary key (run_id, metric, epoch)
);

-- Latest and best value per run and metric, so that lists sort without touching points.
create table metric_summaries (
    run_id     uuid             not null references runs on delete cascade,
    metric     text             not null,
    latest     double precision,
    best       double precision,
    best_epoch integer,
    primary key (run_id, metric)
);
create index metric_summaries_by_best on metric_summaries (metric, best, run_id);

create table workers (
    id         text        primary key,
    host       text        not null,
    queues     text[]      not null,
    slots      integer     not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null
);
