import { useContext } from 'react';
import type { SpecFinding } from '../../api/types';
import type { Json } from '../../json/pointer';
import { FindingLines } from '../findings/FindingLines';
import { FormContext, useForm } from '../form/FormContext';
import { emptyDraft, type StudyDraft } from './draft';
import { documentOf, StudyContext } from './StudyContext';

/** Findings about what varies; their corrections change the draft of the study. */
export function StudyFindings({ findings }: { findings: readonly SpecFinding[] }) {
  const form = useForm();
  const study = useContext(StudyContext);
  if (study === null || findings.length === 0) {
    return null;
  }
  const replace = (document: Json) => study.change(() => ({ ...emptyDraft, ...(document as unknown as StudyDraft) }));
  return (
    <FormContext value={{ ...form, document: documentOf(study.draft), replace }}>
      <FindingLines findings={findings} />
    </FormContext>
  );
}
