import { text } from '../text/text';
import type { GoneRun } from './useChosenRuns';

const words = text.compare.gone;

/** Says which runs left the comparison because somebody deleted them. */
export function GoneNotice({ gone, onClose }: { gone: readonly GoneRun[]; onClose: () => void }) {
  return (
    <div role="status">
      {gone.length > 0 && (
        <div className="message gone-notice">
          <p>{words.told(gone.map(({ name }) => name).join(', '))}</p>
          <button type="button" className="button button-small" onClick={onClose}>
            {words.close}
          </button>
        </div>
      )}
    </div>
  );
}
