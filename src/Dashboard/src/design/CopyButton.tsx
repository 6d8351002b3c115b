import { useState } from 'react';
import { text } from '../text/text';
import { Button } from './Button';

/** Copies a text and reports the result. */
export function CopyButton({ label, content }: { label: string; content: string }) {
  const [outcome, setOutcome] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(content);
      setOutcome(text.copy.done);
    } catch {
      // No permission, or the page is served neither from loopback nor over HTTPS.
      setOutcome(text.copy.refused);
    }
  };
  return (
    <>
      <span role="status" className="card-note">
        {outcome}
      </span>
      <Button small onClick={() => void copy()}>
        {label}
      </Button>
    </>
  );
}
