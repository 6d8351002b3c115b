-- Lessons: what was started, by whom, and what was predicted. The lessons themselves are files.

create table lesson_attempts (
    id              uuid        primary key,             -- version 7
    lesson          text        not null,                -- id of the lesson
    created_by      text,                                -- null: without authentication
    idempotency_key text,
    request_sha256  text,
    prediction      text,                                -- id of the option that was chosen; null: none
    size            text        not null check (size in ('full', 'quick')),
    seed            integer,                             -- of its runs; null: that of the specs
    runs            jsonb       not null default '{}',   -- id of each run, by its id in the lesson
    studies         jsonb       not null default '{}',   -- id of each study, by its id in the lesson
    lab             jsonb,                               -- result of a lab
    outcome         jsonb,                               -- verdict of each claim, once all have ended; null: not yet
    created_at      timestamptz not null default now(),
    check ((idempotency_key is null) = (request_sha256 is null))
);
create unique index lesson_attempts_by_idempotency_key on lesson_attempts (idempotency_key, coalesce(created_by, '')) where idempotency_key is not null;
-- The latest one of a person for each lesson.
create index lesson_attempts_by_lesson on lesson_attempts (lesson, coalesce(created_by, ''), id);

-- Runs that were handed in for a lesson, such as the assignment.
create table lesson_hand_ins (
    lesson       text        not null,
    run_id       uuid        not null references runs on delete cascade,
    handed_in_by text,
    at           timestamptz not null default now(),
    primary key (lesson, run_id)
);

-- The lessons whose test set was opened: once, for all that were handed in.
create table lesson_openings (
    lesson    text        primary key,
    opened_by text,
    at        timestamptz not null default now()
);
