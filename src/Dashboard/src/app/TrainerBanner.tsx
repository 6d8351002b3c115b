import { useSystem } from '../system/useSystem';
import { text } from '../text/text';

/** Shown while the trainer of this server does not work. */
export function TrainerBanner() {
  const trainer = useSystem(60_000).data?.trainer;
  if (trainer?.ready !== false || trainer.reason === null) {
    return null;
  }
  return (
    <aside className="banner row" aria-label={text.system.trainer}>
      <p role="alert">{text.system.notTrained(trainer.reason)}</p>
    </aside>
  );
}
