import { useEffect } from 'react';
import { Icon } from '../design/Icon';
import { setPresenting, usePresenting } from '../navigation/presentation';
import { useShortcuts } from '../navigation/useKeyDown';
import { text } from '../text/text';

/** What an audience looks at: a run and its forward pass, a lesson, a study, a lab, a comparison, a replay and the playground. */
export const isPresentable = (path: string): boolean =>
  /^\/(?:(?:runs|lessons|studies|labs)\/[^/]+|runs\/[^/]+\/forward|compare|replay|playground)\/?$/.test(path);

/** Starts the presentation: a button, and the key p; Esc ends it, and so does leaving the page. */
export function Presentation({ path }: { path: string }) {
  const isOn = usePresenting();
  const isPossible = isPresentable(path);
  useShortcuts((event) => {
    if (event.key === 'p' && isPossible) {
      setPresenting(!isOn);
    } else if (event.key === 'Escape' && isOn) {
      setPresenting(false);
    }
  });
  useEffect(() => {
    // Esc in full screen is the browser's: it sends no key.
    const left = () => (document.fullscreenElement ?? null) === null && setPresenting(false);
    document.addEventListener('fullscreenchange', left);
    return () => document.removeEventListener('fullscreenchange', left);
  }, []);
  useEffect(() => {
    if (!isPossible) {
      setPresenting(false);
    }
  }, [isPossible]);
  return isPossible ? (
    <button
      type="button"
      className="switch row muted presentation"
      aria-pressed={isOn}
      aria-label={text.presentation.label}
      aria-keyshortcuts="p"
      title={text.presentation.title}
      onClick={() => setPresenting(!isOn)}
    >
      <Icon shape="screen" />
    </button>
  ) : null;
}
