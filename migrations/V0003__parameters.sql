-- Every parameter of every run in a row of its own, so that lists are sorted by any of them through an index.

-- The parameters of a canonical spec: its members by JSON pointer, without those that are null. A list of numbers or strings is one value; of a list
-- of groups (the blocks and layers of a network) each member is the list of its values, at /model/blocks/*/filters. Long values are cut: they are
-- here to be sorted, and an entry of an index is small. Three levels, as specs have, written out: a recursion takes twice the time.
create function spec_parameters(spec jsonb) returns table (pointer text, value jsonb)
language sql immutable strict parallel safe as $$
    with top as materialized (
        select '/' || member.key as at, member.value as held from jsonb_each(spec) as member where member.value <> 'null'
    ), second as materialized (
        select at || '/' || member.key as at, member.value as held from top, jsonb_each(held) as member
        where jsonb_typeof(held) = 'object' and member.value <> 'null'
    ), third as materialized (
        select at || '/' || member.key as at, member.value as held from second, jsonb_each(held) as member
        where jsonb_typeof(held) = 'object' and member.value <> 'null'
    ), place as (
        select * from top union all select * from second union all select * from third
    )
    select at, case when jsonb_typeof(held) = 'string' then to_jsonb(left(held #>> '{}', 100)) else held end
    from place where jsonb_typeof(held) not in ('object', 'array')
    union all
    select at, jsonb_path_query_array(held, '$[0 to 63]') from place
    where jsonb_typeof(held) = 'array' and jsonb_typeof(held -> 0) in ('number', 'string', 'boolean')
    union all
    select at || '/*/' || member.key, jsonb_agg(member.value order by place)
    from place, jsonb_array_elements(held) with ordinality as item (content, place), jsonb_each(content) as member
    where jsonb_typeof(held) = 'array' and jsonb_typeof(held -> 0) = 'object' and place <= 64
        and jsonb_typeof(member.value) in ('number', 'string', 'boolean')
    group by at, member.key
$$;

-- The pointers that stored specs have, by number: a number is small in the many rows of run_parameters.
create table spec_pointers (
    id      integer generated always as identity primary key,
    pointer text    not null unique
);

-- Which parameters a spec has, as a set. Specs have few different ones, so that the runs without a parameter are found by their shapes.
create table spec_shapes (
    id         integer   generated always as identity primary key,
    parameters integer[] not null unique                -- ids of pointers, ascending
);

-- The order of the list by a parameter is the primary key, and that is the only index: about 40 rows for each run. So there is no foreign key
-- either; a trigger removes the rows of a run, which it finds by the spec that they were made from.
create table run_parameters (
    parameter integer not null,                          -- id of a pointer; 0: the value is the id of the spec's shape
    value     jsonb   not null,
    run_id    uuid    not null,
    primary key (parameter, value, run_id)
);

-- Stores the parameters of a run. Two runs that bring the same new pointer wait for each other, in the order of pointers.
create function store_parameters(run uuid, spec jsonb) returns void language plpgsql as $$
declare
    pointers text[];
    contents jsonb[];
    numbers  integer[];
    shape    integer;
begin
    select coalesce(array_agg(found.pointer), '{}'), coalesce(array_agg(found.value), '{}') into pointers, contents from spec_parameters(spec) as found;
    select coalesce(array_agg(known.id order by known.id), '{}') into numbers from spec_pointers as known where known.pointer = any (pointers);
    if cardinality(numbers) <> cardinality(pointers) then
        insert into spec_pointers (pointer) select given from unnest(pointers) as given
            where not exists (select from spec_pointers as known where known.pointer = given) order by given on conflict do nothing;
        select array_agg(known.id order by known.id) into numbers from spec_pointers as known where known.pointer = any (pointers);
    end if;

    select known.id into shape from spec_shapes as known where known.parameters = numbers;
    if not found then
        insert into spec_shapes (parameters) values (numbers) on conflict do nothing;
        select known.id into shape from spec_shapes as known where known.parameters = numbers;
    end if;

    insert into run_parameters select known.id, given.value, run
        from unnest(pointers, contents) as given (pointer, value) join spec_pointers as known using (pointer)
        union all select 0, to_jsonb(shape), run;
end
$$;

create function keep_parameters() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        delete from run_parameters as row using spec_parameters(old.spec) as found join spec_pointers as known using (pointer)
            where row.parameter = known.id and row.value = found.value and row.run_id = old.id;
        delete from run_parameters as row where row.parameter = 0 and row.run_id = old.id
            and row.value = any (array(select to_jsonb(id) from spec_shapes));
    end if;

    if tg_op <> 'DELETE' then
        perform store_parameters(new.id, new.spec);
    end if;

    return null;
end
$$;

create function forget_parameters() returns trigger language plpgsql as $$
begin
    truncate run_parameters;
    return null;
end
$$;

-- A run gets its spec when it is submitted, and another one when it is extended.
create trigger runs_keep_parameters after insert or delete on runs for each row execute function keep_parameters();
create trigger runs_change_parameters after update of spec on runs for each row when (old.spec <> new.spec) execute function keep_parameters();
create trigger runs_forget_parameters after truncate on runs for each statement execute function forget_parameters();
