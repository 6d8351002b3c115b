-- The large parts of events (histograms, decision frames, mistakes): seldom read, and kept out of the way of the event stream. An event with
-- such a part is stored with null in its place. json, not jsonb: written and read as a whole, never searched.

create table run_details (
    run_id uuid   not null,
    seq    bigint not null,                              -- of the event that the part belongs to
    data   json   not null,
    primary key (run_id, seq),
    foreign key (run_id, seq) references run_events on delete cascade
);

-- Events of one kind, such as the findings or the checkpoints of a run. Signs of life are the many that nobody asks for by kind.
create index run_events_by_type on run_events (run_id, type, seq) where type <> 'progress';

-- Curves over time: seconds of training up to the point.
alter table metric_points add column seconds double precision;
update metric_points as point set seconds = (event.data ->> 'elapsedSeconds')::double precision
    from run_events as event
    where event.run_id = point.run_id and event.type = 'epoch' and (event.data ->> 'step')::bigint = point.step
        and (event.data ->> 'epoch')::integer = point.epoch and event.at = point.at;
