-- The history of a run, and what is derived from it in the same transaction.

create table run_events (
    run_id  uuid        not null references runs on delete cascade,
    seq     bigint      not null,                        -- from 1, without gaps
    attempt integer     not null,
    at      timestamptz not null,
    type    text        not null,
    data    jsonb       not null,
    primary key (run_id, seq)
);
-- Events of one type, such as the findings or the checkpoints of a run. Progress events are the many that are never read by type.
create index run_events_by_type on run_events (run_id, type, seq) where type <> 'progress';

-- The large parts of events (histograms, decision frames, mistakes), seldom read and kept apart from the event stream. An event with such a part is
-- stored with null in its place. json, not jsonb: written and read as a whole, never searched.
create table run_details (
    run_id uuid   not null,
    seq    bigint not null,                              -- of the event that the part belongs to
    data   json   not null,
    primary key (run_id, seq),
    foreign key (run_id, seq) references run_events on delete cascade
);

-- One value per run, metric and epoch; a repeated epoch (an attempt after a crash) replaces it.
create table metric_points (
    run_id  uuid             not null references runs on delete cascade,
    metric  text             not null,
    epoch   integer          not null,
    step    bigint           not null,
    value   double precision,                            -- null: not finite
    at      timestamptz      not null,
    seconds double precision,                            -- of training up to the point
    primary key (run_id, metric, epoch)
);

-- Latest and best value per run and metric, and the shape of its curve, so that lists sort and draw without touching points.
create table metric_summaries (
    run_id     uuid             not null references runs on delete cascade,
    metric     text             not null,
    latest     double precision,
    best       double precision,
    best_epoch integer,
    trend      real[],                                   -- values of up to 32 epochs at equal distances, from the first one; null for metrics without a best
    primary key (run_id, metric)
);
create index metric_summaries_by_best on metric_summaries (metric, best, run_id);
create index metric_summaries_by_latest on metric_summaries (metric, latest, run_id);
