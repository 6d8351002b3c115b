-- Searching and sorting the list of runs.

-- The words of a run. ASCII punctuation separates words, so that "lr-sweep", "xor_adam" and "0.001" are found by their parts; the service splits
-- what people look for in the same way. Immutable as far as it is used here: every argument is text.
create function run_words(name text, experiment text, notes text, tags text[], dataset text, optimizer text) returns tsvector
language sql immutable parallel safe as $$
    select to_tsvector('simple', translate(
        concat_ws(' ', name, experiment, notes, array_to_string(tags, ' '), dataset, optimizer),
        '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
$$;

alter table runs add column search tsvector not null generated always as (
    run_words(name, experiment, notes, tags, spec #>> '{data,dataset,name}', spec #>> '{training,optimizer,name}')) stored;

create index runs_by_search on runs using gin (search);
create index runs_by_tag on runs using gin (tags);

-- Both columns in one direction: read forwards and backwards with the id as the tie-breaker.
drop index runs_by_state;
create index runs_by_state on runs (state, id);
create index runs_by_name on runs (lower(name), id);
create index runs_by_epoch on runs (epoch, id);
create index runs_by_elapsed on runs (elapsed_seconds, id);
create index metric_summaries_by_latest on metric_summaries (metric, latest, run_id);

-- The two parameters that are compared most. Another one is sorted by reading every run.
create index runs_by_learning_rate on runs ((spec #> '{training,optimizer,learningRate}'), id);
create index runs_by_batch_size on runs ((spec #> '{training,batchSize}'), id);
