-- A lesson may ask several labs. The attempts before had one; their final verdicts stay.

alter table lesson_attempts drop column lab_id;
alter table lesson_attempts drop column lab;
alter table lesson_attempts add column labs jsonb not null default '{}';        -- request of each lab, a row of lab_results, by its id in the lesson
alter table lesson_attempts add column lab_results jsonb not null default '{}'; -- result of each that is there, by its id in the lesson: answers are removed
