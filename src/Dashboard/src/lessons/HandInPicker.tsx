import { useDeferredValue, useId, useState } from 'react';
import { usePermissions } from '../access/permissions';
import { useSession } from '../access/session';
import { Button } from '../design/Button';
import { Problem } from '../design/Problem';
import { SearchField } from '../design/SearchField';
import { useParam } from '../navigation/navigation';
import { percent } from '../text/format';
import { datasetName } from '../text/settings';
import { text } from '../text/text';
import { type HandInList, type HandInRules, useCandidates } from './useHandIns';

const t = text.lessons.handIns;

interface HandInPickerProps {
  rules: HandInRules;
  list: HandInList;
  /** Null where nothing can be handed in. */
  onHandIn: ((run: string) => void) | null;
  isPending: boolean;
}

/** A run to check by the sheet, and to hand in: of one's own, found by words. The address has the chosen one. */
export function HandInPicker({ rules, list, onHandIn, isPending }: HandInPickerProps) {
  const id = useId();
  const may = usePermissions();
  const { name } = useSession();
  const [checked, check] = useParam('run');
  const [search, setSearch] = useState('');
  const candidates = useCandidates(rules, name, useDeferredValue(search.trim()));
  const runs = candidates.data ?? [];
  const chosen = runs.find((run) => run.id === checked);
  // One of the rankings, perhaps of somebody else.
  const other = [...list.items, ...list.earlier].find(({ run }) => run === checked);
  const refusal =
    checked === null
      ? t.chooseFirst
      : chosen !== undefined
        ? may.againstChanging([chosen])
        : other === undefined
          ? null
          : may.againstChanging([{ createdBy: other.owner }]);
  return (
    <>
      <div className="lesson-hand-in">
        <SearchField label={t.search} value={search} characters={200} onChange={setSearch} />
        <label htmlFor={id}>{t.check}</label>
        <select id={id} className="input" value={checked ?? ''} onChange={(event) => check(event.target.value || null)}>
          <option value="">{t.latest}</option>
          {checked !== null && chosen === undefined && <option value={checked}>{other?.name ?? checked}</option>}
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {`${run.name} · ${datasetName(run.dataset)} · ${percent(run.validationAccuracy)}`}
            </option>
          ))}
        </select>
        {onHandIn !== null && (
          <Button
            blocked={refusal !== null || isPending}
            title={refusal ?? undefined}
            onClick={() => checked !== null && onHandIn(checked)}
          >
            {t.handIn}
          </Button>
        )}
      </div>
      {candidates.error !== null ? (
        <Problem title={t.runsFailed} error={candidates.error} onRetry={() => void candidates.refetch()} />
      ) : (
        candidates.data?.length === 0 && <p className="card-note">{search.trim() === '' ? t.noRuns : t.noMatch}</p>
      )}
    </>
  );
}
