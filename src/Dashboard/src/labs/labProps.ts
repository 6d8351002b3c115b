import type { LabName, LabRequest } from './useLab';

/** What every lab gets: its request and the step that it shows, and how to change them. */
export interface LabProps<Name extends LabName> {
  readonly request: LabRequest<Name>;
  readonly onRequest: (request: LabRequest<Name>) => void;
  /** Null: the lab's own choice. */
  readonly step: number | null;
  readonly onStep: (step: number | null) => void;
}
