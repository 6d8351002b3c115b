-- The metrics that a run has no value of. An index finds the runs that have a value; those that have none, which "not accuracy > 0.9" and the end of an order
-- by accuracy include, were found only by taking the others from all.

-- The metrics of every run, as the service knows them (MetricNames).
create function run_metrics() returns text[] language sql immutable parallel safe as $$
    select array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']
$$;

-- A run has a row for each of them from its submission to the first value. No foreign key, as in run_parameters: the key begins with the metric.
create table metric_gaps (
    metric text not null,
    run_id uuid not null,
    primary key (metric, run_id)
);

create function open_metric_gaps() returns trigger language plpgsql as $$
begin
    insert into metric_gaps select metric, added.id from added, unnest(run_metrics()) as metric;
    return null;
end
$$;

create function close_metric_gap() returns trigger language plpgsql as $$
begin
    delete from metric_gaps where metric = new.metric and run_id = new.run_id;
    return null;
end
$$;

create function remove_metric_gaps() returns trigger language plpgsql as $$
begin
    delete from metric_gaps where metric = any (run_metrics()) and run_id = old.id;
    return null;
end
$$;

create function forget_metric_gaps() returns trigger language plpgsql as $$
begin
    truncate metric_gaps;
    return null;
end
$$;

create trigger runs_open_gaps after insert on runs referencing new table as added for each statement execute function open_metric_gaps();
create trigger runs_remove_gaps after delete on runs for each row execute function remove_metric_gaps();
create trigger runs_forget_gaps after truncate on runs for each statement execute function forget_metric_gaps();
-- Only a metric's first value of a run is an insert; a summary goes with its run. So this is no part of the later epochs.
create trigger metric_summaries_close_gap after insert on metric_summaries for each row execute function close_metric_gap();

insert into metric_gaps select known.metric, runs.id from runs, unnest(run_metrics()) as known (metric)
    where not exists (select from metric_summaries as summary where summary.run_id = runs.id and summary.metric = known.metric);
