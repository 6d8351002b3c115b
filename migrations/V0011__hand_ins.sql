-- Hand-ins: rounds of a lesson such as the assignment, one after the other, and what was handed in for each. The tables before had neither rounds nor figures,
-- and a ranking that moved with the runs; what they hold cannot be ranked.

drop table lesson_hand_ins;
drop table lesson_openings;

create table hand_in_rounds (
    lesson    text        not null,
    round     integer     not null check (round > 0),
    begun_by  text,                                      -- null: without authentication
    begun_at  timestamptz not null default now(),
    opened_by text,
    opened_at timestamptz,                               -- when the test set was opened for the round; null: not yet
    primary key (lesson, round)
);

-- No foreign key to runs: what was handed in outlives its run. The figures are those of the network that was handed in; only the test accuracy comes later.
create table hand_ins (
    id                  uuid        primary key,         -- version 7
    lesson              text        not null,
    round               integer     not null,
    run_id              uuid        not null,
    name                text        not null,            -- of the run
    owner               text,                            -- of the run; null: without authentication
    handed_in_by        text,
    at                  timestamptz not null default now(),
    ended_at            timestamptz,                     -- when it was replaced or withdrawn; null: it counts
    ending              text        check (ending in ('replaced', 'withdrawn')),
    dataset             text        not null,
    epochs              integer     not null,
    seconds             double precision,
    validation_accuracy double precision,                -- of the last epoch: of the weights that are tested
    checkpoint_sha256   text,                            -- of the file with these weights; null: none is known
    claims              jsonb       not null,            -- verdict of each claim
    test_seen           boolean     not null,            -- whether its test score was known before the opening
    test_accuracy       double precision,                -- null: not measured since the opening
    foreign key (lesson, round) references hand_in_rounds,
    check ((ended_at is null) = (ending is null))
);
create index hand_ins_by_round on hand_ins (lesson, round);
-- What counts: one for each person, and for each run.
create unique index hand_ins_of_owners on hand_ins (lesson, round, owner) where ended_at is null and owner is not null;
create unique index hand_ins_by_run on hand_ins (run_id, lesson, round) where ended_at is null;
