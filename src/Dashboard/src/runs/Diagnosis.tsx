import type { RunDiagnosis } from '../api/types';
import { Icon } from '../design/Icon';
import { text } from '../text/text';

const counts = [
  ['problem', 'problems'],
  ['warning', 'warnings'],
  ['info', 'infos'],
] as const;

/** What the diagnosis found: an icon and a number for each severity, with the names of the rules as a tooltip. */
export function Diagnosis({ diagnosis }: { diagnosis: RunDiagnosis }) {
  const names = diagnosis.rules.map((rule) => text.findings.rules[rule] ?? rule.replaceAll('_', ' ')).join(', ');
  const shown = counts.filter(([, member]) => diagnosis[member] > 0);
  return shown.length === 0 ? (
    <span className="muted">{text.units.none}</span>
  ) : (
    <span className="diagnosis" title={names}>
      {shown.map(([severity, member]) => (
        <span key={severity} className={`diagnosis-${severity}`}>
          <Icon shape={severity} />
          {diagnosis[member]}
          <span className="visually-hidden"> {text.findings.severities[severity]}</span>
        </span>
      ))}
      <span className="visually-hidden">{names}</span>
    </span>
  );
}
