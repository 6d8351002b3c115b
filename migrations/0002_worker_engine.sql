-- What a worker's trainer can do: engine, version, devices, threads, as `trainer info` prints it.

alter table workers add column engine jsonb;
