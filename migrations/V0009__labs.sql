-- Labs: small experiments that answer a request. The answer to a request is kept, and found again by the hash of the canonical request.

create table lab_results (
    id                uuid        primary key,           -- version 7
    lab               text        not null,              -- its name
    request           jsonb       not null,              -- canonical
    request_sha256    text        not null,              -- of lab, version of the labs and canonical request
    created_by        text,                              -- who asked first; null: without authentication
    state             text        not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed')),
    attempt           integer     not null default 0,    -- the fencing token of a worker's writes
    lost              integer     not null default 0,    -- attempts whose worker disappeared
    worker            text,
    lease_expires_at  timestamptz,
    result            json,                              -- as the trainer wrote it
    failure_class     text,
    failure_code      text,
    failure_arguments jsonb,
    created_at        timestamptz not null default now(),
    started_at        timestamptz,
    ended_at          timestamptz,
    used_at           timestamptz not null default now(), -- when it was last asked for; those that were not for longest are removed
    check ((state in ('succeeded', 'failed')) = (ended_at is not null)),
    check ((state = 'running') = (lease_expires_at is not null))
);
-- A request that failed may be sent again.
create unique index lab_results_by_request on lab_results (request_sha256) where state <> 'failed';
create index lab_results_unfinished on lab_results (id) where ended_at is null;
create index lab_results_by_use on lab_results (used_at) where ended_at is not null;

-- The request of a lesson that asks a lab; its result is copied to the attempt, since answers are removed.
alter table lesson_attempts add column lab_id uuid;
