-- A network of the catalog is found by its name, and any other by its kind. The column is made anew: PostgreSQL changes no generated column before version 17.

alter table runs drop column search;
alter table runs add column search tsvector not null generated always as (
    run_words(
        name, experiment, notes, tags, spec #>> '{data,dataset,name}',
        (spec #>> '{training,optimizer,name}') || ' ' || coalesce(spec #>> '{model,preset,name}', spec #>> '{model,kind}', ''))) stored;

create index runs_by_search on runs using gin (search);
