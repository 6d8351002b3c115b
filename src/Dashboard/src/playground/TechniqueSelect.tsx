import type { TechniqueDefinition } from '../api/types';
import { HelpButton } from '../newRun/form/HelpButton';
import { TechniqueDetails } from '../newRun/form/TechniqueHelp';
import { Select } from './Controls';

interface TechniqueSelectProps {
  label: string;
  value: string;
  techniques: readonly TechniqueDefinition[];
  onChange: (name: string) => void;
}

/** One of the techniques of a kind, explained beside the label. */
export function TechniqueSelect({ label, value, techniques, onChange }: TechniqueSelectProps) {
  const chosen = techniques.find(({ name }) => name === value);
  return (
    <Select
      label={label}
      value={value}
      options={techniques.map(({ name, title }) => ({ value: name, label: title }))}
      help={
        chosen !== undefined && (
          <HelpButton label={label} isStop>
            <TechniqueDetails technique={chosen} hasTitle />
          </HelpButton>
        )
      }
      onChange={onChange}
    />
  );
}
