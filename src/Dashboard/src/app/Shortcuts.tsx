import { useEffect, useState } from 'react';
import { Button } from '../design/Button';
import { Dialog } from '../design/Dialog';
import { ScrollRegion } from '../design/ScrollRegion';
import { shortcutsWanted, showShortcuts, useShortcuts } from '../navigation/useKeyDown';
import { text } from '../text/text';

/** The keyboard shortcuts of all pages, behind the key "?". */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  useShortcuts((event) => {
    if (event.key === '?') {
      event.preventDefault();
      showShortcuts();
    }
  });
  useEffect(() => {
    const open = () => setOpen(true);
    window.addEventListener(shortcutsWanted, open);
    return () => window.removeEventListener(shortcutsWanted, open);
  }, []);
  return isOpen ? <ShortcutsDialog onClose={() => setOpen(false)} /> : null;
}

const ShortcutsDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={text.keys.title} onClose={onClose}>
    <ScrollRegion className="keys" label={text.keys.title}>
      {text.keys.groups.map(({ title, keys }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl className="stack tight">
            {keys.map(([key, action]) => (
              <div key={`${key} ${action}`}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{action}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </ScrollRegion>
    <div className="dialog-actions row">
      <Button onClick={onClose}>{text.units.close}</Button>
    </div>
  </Dialog>
);
