-- Runs and their attempts. The runs table is the only state machine: see docs/run-states.md.

-- The search terms of a run: words in lower case, so that "lr-sweep", "xor_adam" and "0.001" are found by their parts, and each symbol, such as an emoji, which
-- the parser of to_tsvector would drop. White space, punctuation and joiners separate terms; the service splits search queries in the same way
-- (RunFilter.SplitWords). A term is cut at 200 characters: a lexeme has at most 2 KB. Immutable as far as it is used here: every argument is text.
create function run_words(name text, experiment text, notes text, tags text[], dataset text, optimizer text) returns tsvector
language sql immutable parallel safe as $$
    select array_to_tsvector(array(
        select left(term, 200)
        from regexp_split_to_table(
            regexp_replace(
                lower(concat_ws(' ', name, experiment, notes, array_to_string(tags, ' '), dataset, optimizer)),
                '[\u2190-\u2bff\U0001f000-\U0001faff]', ' \& ', 'g'),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a0\u1680\u2000-\u206f\u3000-\u3003\ufe00-\ufe0f]+') as term
        where term <> ''))
$$;

create table runs (
    id                uuid primary key,                 -- version 7: the order of ids is the order of creation
    name              text        not null,
    experiment        text        not null,
    notes             text        not null default '',
    tags              text[]      not null default '{}',
    state             text        not null check (state in ('queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
    queue             text        not null check (queue in ('cpu', 'cuda')),
    spec              jsonb       not null,              -- canonical, defaults filled in
    spec_sha256       text        not null,
    seed              integer     not null,
    training_flops    double precision not null,         -- floating-point operations of training on one sample: forward and backward pass
    idempotency_key   text,
    request_sha256    text,                              -- of the request that the key belongs to; not of the spec, which changes when a run is extended
    created_at        timestamptz not null default now(),
    created_by        text,                              -- name of the token or subject of OIDC; null without authentication
    updated_at        timestamptz not null default now(), -- never goes back: the time of an event is at least the one before it
    started_at        timestamptz,                       -- first attempt
    finished_at       timestamptz,

    -- The run that this one was forked from. No foreign key: the lineage outlives a deleted parent.
    parent_id         uuid,
    parent_kind       text        check (parent_kind in ('fork')),
    parent_epoch      integer,                           -- complete epochs of the checkpoint that the weights are from
    weights           text,                              -- file in the run's folder with the initial weights; null: drawn from the seed

    attempt           integer     not null default 0,    -- fencing token: every write of a worker names it
    failed_attempts   integer     not null default 0,    -- transient failures since the last progress; bounds retries
    checkpoint_step   bigint      not null default 0,    -- highest step with a checkpoint: a higher one is progress
    worker            text,
    lease_expires_at  timestamptz,
    not_before        timestamptz not null default '-infinity',
    cancel_requested  boolean     not null default false,

    failure_class     text,
    failure_code      text,
    failure_arguments jsonb,

    last_seq          bigint      not null default 0,    -- seq of the newest event

    epochs            integer     not null,              -- of the spec
    epoch             integer     not null default 0,    -- current epoch, from 1; 0 before training
    step              bigint      not null default 0,
    total_steps       bigint      not null default 0,    -- 0: not known yet
    images_per_second double precision,
    elapsed_seconds   double precision,
    remaining_seconds double precision,

    stored_bytes      bigint      not null default 0,    -- of the files in the run's folder, measured at the end of each attempt
    archived_at       timestamptz,                       -- hidden from lists since; in any state

    -- Rules of the diagnosis that found something, the most severe first, and how many there are by their highest severity.
    findings          text[]      not null default '{}',
    problems          integer     not null default 0,
    warnings          integer     not null default 0,
    infos             integer     not null default 0,

    -- Equal for runs that differ in the seed only: a hash of all that training depends on, as FlatSpec has it.
    setting           text        not null generated always as (left(md5((
        spec - '{version,name,experiment,seed}'::text[] #- '{training,evaluateTest}' #- '{training,timeLimitSeconds}' #- '{training,observe}')::text), 12)) stored,

    search            tsvector    not null generated always as (
        run_words(
            name, experiment, notes, tags, spec #>> '{data,dataset,name}',
            (spec #>> '{training,optimizer,name}') || ' ' || coalesce(spec #>> '{model,preset,name}', spec #>> '{model,kind}', ''))) stored,

    check ((state in ('running', 'pausing')) = (worker is not null and lease_expires_at is not null)),
    check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null)),
    check ((state = 'failed') = (failure_class is not null)),
    check ((parent_id is null) = (parent_kind is null)),
    check ((idempotency_key is null) = (request_sha256 is null))
);

-- A key belongs to the person who used it.
create unique index runs_by_idempotency_key on runs (idempotency_key, coalesce(created_by, '')) where idempotency_key is not null;
-- The claim takes the oldest queued run of a queue.
create index runs_claimable on runs (queue, id) where state = 'queued';
-- Runs that become claimable at a known time.
create index runs_in_backoff on runs (not_before) where state = 'queued' and not_before > '-infinity';
-- What a person's runs take up.
create index runs_queued_by_owner on runs (created_by) where state = 'queued';
create index runs_stored_by_owner on runs (created_by, stored_bytes) where stored_bytes > 0;
-- Leases that expired.
create index runs_leased on runs (lease_expires_at) where state in ('running', 'pausing');
-- The children of a run.
create index runs_by_parent on runs (parent_id) where parent_id is not null;

-- Filters and orders of the list. Both columns in one direction: read forwards and backwards with the id as the tie-breaker.
create index runs_by_state on runs (state, id);
-- With archived_at, experiments are counted from the index alone.
create index runs_by_experiment on runs (experiment, id desc) include (archived_at);
create index runs_by_setting on runs (setting, id);
create index runs_archived on runs (id) where archived_at is not null;
create index runs_with_problems on runs (problems) where problems > 0;
create index runs_with_warnings on runs (warnings) where warnings > 0;
create index runs_by_name on runs (lower(name), id);
create index runs_by_epoch on runs (epoch, id);
create index runs_by_elapsed on runs (elapsed_seconds, id);
create index runs_by_search on runs using gin (search);
create index runs_by_tag on runs using gin (tags);

create table attempts (
    run_id     uuid        not null references runs on delete cascade,
    attempt    integer     not null,
    worker     text        not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    outcome    text,                                     -- as in 'succeeded', 'lost lease', 'crashed: exit code 139'
    code       text,                                     -- code and arguments of the message; null for an outcome that needs none
    arguments  jsonb,
    primary key (run_id, attempt)
);

-- What is known of an experiment beside its runs.
create table experiments (
    name        text        primary key,
    description text        not null,
    updated_at  timestamptz not null default now()
);

-- Deleted runs whose folder is not removed yet.
create table deleted_runs (
    id         uuid        primary key,
    deleted_at timestamptz not null default now()
);
