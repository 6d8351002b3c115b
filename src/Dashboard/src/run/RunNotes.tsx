import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { api, unwrap } from '../api/client';
import type { RunDetail } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { errorMessage } from '../design/Problem';
import { maximumLength } from '../text/maximumLength';
import { text } from '../text/text';
import { detailKey } from './useRun';

/** Parses tags separated by commas. */
export const readTags = (typed: string): string[] => [
  ...new Set(typed.split(',').flatMap((tag) => (tag.trim() === '' ? [] : [tag.trim()]))),
];

const withoutSaved = <Fields extends Readonly<Record<string, string>>>(typed: Partial<Fields>, saved: Fields) =>
  Object.fromEntries(Object.entries(typed).filter(([name, value]) => value !== saved[name])) as Partial<Fields>;

/** Name, tags and notes of a run, saved together. */
export function RunNotes({ run }: { run: RunDetail }) {
  const id = useId();
  const queries = useQueryClient();
  const refusal = usePermissions().againstChanging([run]);
  const stored = { name: run.name, tags: run.tags.join(', '), notes: run.notes };
  const [typed, setTyped] = useState<Partial<typeof stored>>({});
  const now = { ...stored, ...typed };
  const isChanged = JSON.stringify(now) !== JSON.stringify(stored);
  const save = useMutation({
    mutationFn: (sent: typeof stored) =>
      unwrap(
        api.PATCH('/api/v1/runs/{id}', {
          params: { path: { id: run.id } },
          body: { name: sent.name, tags: readTags(sent.tags), notes: sent.notes },
        }),
      ),
    onSuccess: (edited, sent) => {
      // What was typed meanwhile is still to be saved.
      setTyped((before) => withoutSaved(before, sent));
      queries.setQueryData<RunDetail>(detailKey(run.id), edited);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal === null && isChanged && !save.isPending) {
      save.mutate(now);
    }
  };
  const field = (name: keyof typeof stored) => ({
    id: `${id}-${name}`,
    value: now[name],
    readOnly: refusal !== null,
    onChange: (event: { target: { value: string } }) =>
      setTyped((before) => ({ ...before, [name]: event.target.value })),
  });

  return (
    <Card title={text.notes.title}>
      <form className="notes" onSubmit={submit}>
        <label htmlFor={`${id}-name`}>{text.notes.name}</label>
        <input {...field('name')} className="input" maxLength={maximumLength(100)} required autoComplete="off" />
        <label htmlFor={`${id}-tags`}>{text.notes.tags}</label>
        <input {...field('tags')} className="input" placeholder={text.notes.tagsHelp} autoComplete="off" />
        <label htmlFor={`${id}-notes`}>{text.notes.notes}</label>
        <textarea {...field('notes')} className="input" rows={3} placeholder={text.notes.notesHelp} />
        <p>
          {refusal === null && (
            <Button type="submit" small aria-disabled={!isChanged || save.isPending}>
              {text.notes.save}
            </Button>
          )}{' '}
          <span role="status" className="card-note">
            {save.isSuccess && !isChanged ? text.notes.saved : ''}
          </span>
        </p>
        {save.error !== null && (
          <p role="alert" className="finding finding-error">
            {text.notes.failed}: {errorMessage(save.error)}
          </p>
        )}
      </form>
    </Card>
  );
}
