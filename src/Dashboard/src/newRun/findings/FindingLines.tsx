import type { SpecFinding } from '../../api/types';
import { Button } from '../../design/Button';
import { findingFix, findingMessage } from '../../text/serverMessages';
import { text } from '../../text/text';
import { useForm } from '../form/FormContext';
import { fixesOf } from './fixes';

/** Findings, each with its corrections as buttons, or in words where no click can make them. */
export const FindingLines = ({ findings }: { findings: readonly SpecFinding[] }) =>
  findings.map((finding) => (
    <div key={finding.pointer + finding.message} className={`finding finding-${finding.severity}`}>
      <p>
        <b>{text.newRun.severities[finding.severity]}:</b> {findingMessage(finding)}
        {fixesOf(finding).length === 0 && ` ${findingFix(finding)}`}
      </p>
      <p className="finding-fixes">
        <FixButtons finding={finding} />
      </p>
    </div>
  ));

/** One click corrects the spec. */
export function FixButtons({ finding }: { finding: SpecFinding }) {
  const { document, replace } = useForm();
  const fixes = fixesOf(finding);
  return fixes.map(({ label, apply }) => (
    <Button key={label} small onClick={() => replace(apply(document))}>
      {label}
    </Button>
  ));
}
