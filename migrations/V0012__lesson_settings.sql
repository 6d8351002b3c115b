-- What was set for an attempt at a lesson, beside size and seed, such as the width of its networks: [{"id": setting, "option": option}].

alter table lesson_attempts add column settings jsonb not null default '[]';
