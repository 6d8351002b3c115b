import { useState } from 'react';
import { text } from '../text/text';
import { useRunColumns } from './ColumnPicker';
import { groupKeyTitle, maximumGroupKeys, settingKey, usualKeys } from './grouping';

const t = text.groups;

interface GroupByProps {
  keys: readonly string[];
  onChange: (keys: readonly string[]) => void;
}

/** The settings that runs are grouped by, and a list to add one. */
export function GroupBy({ keys, onChange }: GroupByProps) {
  const [isWanted, setIsWanted] = useState(false);
  const own = keys.filter((key) => key !== settingKey);
  return (
    <span className="group-by row">
      <button
        type="button"
        className="chip"
        aria-pressed={keys.includes(settingKey)}
        title={t.overSeedsHelp}
        onClick={() => onChange(keys.includes(settingKey) ? keys.filter((key) => key !== settingKey) : [settingKey])}
      >
        {t.overSeeds}
      </button>
      {own.map((key) => (
        <button
          key={key}
          type="button"
          className="chip"
          aria-pressed="true"
          aria-label={t.remove(groupKeyTitle(key))}
          onClick={() => onChange(keys.filter((other) => other !== key))}
        >
          {groupKeyTitle(key)} ×
        </button>
      ))}
      {keys.length < maximumGroupKeys && (
        <select
          className="input"
          aria-label={t.label}
          value=""
          onFocus={() => setIsWanted(true)}
          onPointerEnter={() => setIsWanted(true)}
          onChange={({ target: { value } }) => onChange([...keys, value])}
        >
          <option value="">{own.length === 0 ? `${t.label}…` : `${t.add}…`}</option>
          <Options chosen={keys} isWanted={isWanted} />
        </select>
      )}
    </span>
  );
}

function Options({ chosen, isWanted }: { chosen: readonly string[]; isWanted: boolean }) {
  const usual = usualKeys.filter((key) => !chosen.includes(key));
  return (
    <>
      {usual.map((key) => (
        <option key={key} value={key}>
          {groupKeyTitle(key)}
        </option>
      ))}
      {isWanted && <Others chosen={chosen} />}
    </>
  );
}

/** All other parameters; requested only when the list is about to open. */
function Others({ chosen }: { chosen: readonly string[] }) {
  const { data } = useRunColumns();
  const others = (data?.parameters ?? [])
    .map(({ pointer }) => `param.${pointer.slice(1).replaceAll('/', '.')}`)
    .filter((key) => !usualKeys.includes(key) && !chosen.includes(key) && key !== 'param.experiment');
  return (
    others.length > 0 && (
      <optgroup label={text.runs.columnGroups.parameters}>
        {others.map((key) => (
          <option key={key} value={key}>
            {groupKeyTitle(key)}
          </option>
        ))}
      </optgroup>
    )
  );
}
