-- Webhooks: who is told that a run has ended, and what is still to be told. An end is queued in the statement that ends the run, so that no crash loses it.

create table webhook_endpoints (
    url text primary key                                 -- the service writes its setting here when it starts
);

create table webhook_deliveries (
    id       uuid        primary key default gen_random_uuid(), -- the same in every attempt: a receiver knows a repetition by it
    url      text        not null references webhook_endpoints on delete cascade,
    run_id   uuid        not null references runs on delete cascade,
    state    text        not null,                       -- at the end; a retry of the run may have changed it since
    ended_at timestamptz not null,
    attempts integer     not null default 0,
    next_at  timestamptz not null default now()          -- of the next attempt; while one is under way, when it counts as lost
);
create index webhook_deliveries_by_time on webhook_deliveries (next_at);
create index webhook_deliveries_by_run on webhook_deliveries (run_id);
create index webhook_deliveries_by_url on webhook_deliveries (url);

create function queue_webhooks() returns trigger language plpgsql as $$
begin
    insert into webhook_deliveries (url, run_id, state, ended_at) select url, new.id, new.state, new.finished_at from webhook_endpoints;
    return null;
end
$$;

create trigger runs_queue_webhooks after update of state on runs for each row
    when (new.state in ('succeeded', 'failed', 'cancelled') and old.state is distinct from new.state)
    execute function queue_webhooks();
