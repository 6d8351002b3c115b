import { text } from '../text/text';
import { Button } from './Button';

/** Prints the page; the style sheet of the printed page leaves out what only works on a screen. */
export const PrintButton = () => (
  <span className="print-button">
    <Button small onClick={() => window.print()}>
      {text.print.label}
    </Button>
  </span>
);
