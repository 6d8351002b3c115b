-- What people add to a run after it was submitted, and where a run comes from.

alter table runs
    add column notes        text    not null default '',
    add column tags         text[]  not null default '{}',

    -- The run that this one was made from. No foreign key: the lineage outlives a parent that is deleted.
    add column parent_id    uuid,
    add column parent_kind  text    check (parent_kind in ('fork')),
    add column parent_epoch integer,                    -- complete epochs of the checkpoint that the weights are from
    add column weights      text,                       -- file in the run's folder that training starts from; null: drawn from the seed

    add check ((parent_id is null) = (parent_kind is null));

-- The children of a run.
create index runs_by_parent on runs (parent_id) where parent_id is not null;
