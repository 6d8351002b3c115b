import type { RunDetail } from '../api/types';
import type { Present } from './view/present';

/** What each view of a run is given. */
export interface RunViewProps {
  run: RunDetail;
  present: Present;
}
