-- Studies: runs that are generated and judged together. A study is a definition and its trials; the runs of a trial, one for each seed, are rows of runs.

create table studies (
    id              uuid        primary key,             -- version 7
    name            text        not null,
    notes           text        not null default '',
    created_by      text,                                -- null: without authentication
    idempotency_key text,
    request_sha256  text,
    state           text        not null check (state in ('running', 'paused', 'stopping', 'cancelling', 'completed', 'stopped', 'cancelled', 'failed')),
    end_reason      text,                                -- why it ends or ended; null: it goes on
    waits_for       text,                                -- limit for which it proposes no trial now; null: none
    definition      jsonb       not null,                -- base spec, parameters, method, metric, budgets, seeds
    trials          integer     not null,                -- how many there are to be
    proposed        integer     not null default 0,      -- how many there are
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    ended_at        timestamptz,
    check ((idempotency_key is null) = (request_sha256 is null)),
    check ((state in ('completed', 'stopped', 'cancelled', 'failed')) = (ended_at is not null))
);
create unique index studies_by_idempotency_key on studies (idempotency_key, coalesce(created_by, '')) where idempotency_key is not null;
-- What the coordinator works on.
create index studies_unfinished on studies (id) where ended_at is null;

create table trials (
    study_id     uuid             not null references studies on delete cascade,
    number       integer          not null,              -- from 0, in the order in which they were proposed
    state        text             not null check (state in ('running', 'paused', 'completed', 'stopped', 'failed', 'infeasible')),
    assignment   jsonb            not null,              -- value of each active parameter, by name
    epochs       integer          not null,              -- of a whole run
    epoch_flops  double precision not null,              -- of all its runs together
    decided      integer          not null default 0,    -- epoch up to which early stopping has decided about it
    hold         text             check (hold in ('study', 'release')), -- study: its runs are paused with the study; release: they are being resumed
    value        double precision,                       -- mean over seeds; null: none yet, or not finite
    seed_values  jsonb,                                  -- of each seed, with its run; kept when runs are deleted
    curve        jsonb,                                  -- epochs and means over seeds, of a trial that has ended; for early stopping
    seconds      double precision,                       -- of training, of all its runs; null: not ended
    flops        double precision,
    problem      jsonb,                                  -- why it failed: code, arguments and message; findings of an infeasible one
    created_at   timestamptz      not null default now(),
    ended_at     timestamptz,
    primary key (study_id, number),
    check ((state in ('running', 'paused')) = (ended_at is null))
);
create index trials_open on trials (study_id) where ended_at is null;

-- Each time that the test set was opened for a study.
create table test_looks (
    study_id     uuid        not null references studies on delete cascade,
    number       integer     not null,                   -- from 1
    trial        integer     not null,
    requested_by text,
    at           timestamptz not null default now(),
    primary key (study_id, number)
);

-- No foreign key: a study is deleted together with its runs, by the code that also removes their folders.
alter table runs add column study_id uuid, add column trial integer, add check ((study_id is null) = (trial is null));
create index runs_by_study on runs (study_id, trial) where study_id is not null;
-- Runs of studies that have not ended.
create index runs_of_studies on runs (study_id) where study_id is not null and state in ('queued', 'running', 'pausing', 'paused');
