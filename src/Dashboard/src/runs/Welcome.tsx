import { usePermissions } from '../access/permissions';
import { Problem } from '../design/Problem';
import { Link } from '../navigation/navigation';
import { StartFirst } from '../templates/StartFirst';
import { TemplateCards } from '../templates/TemplateCards';
import { Terminal } from '../templates/Terminal';
import { useStart } from '../templates/useStart';
import { text } from '../text/text';

/** Shown while there are no runs: what a run is, and ways to start one. */
export function Welcome() {
  const start = useStart();
  const may = usePermissions();
  return (
    <div className="stack">
      <section className="message welcome">
        <h2>{text.welcome.title}</h2>
        <p>{text.welcome.text}</p>
        {may.submit ? (
          <p className="row">
            <StartFirst start={start} />
            <Link className="button" href="/new">
              {text.runs.newRun}
            </Link>
          </p>
        ) : (
          <p>{text.access.readOnly}</p>
        )}
        <Terminal />
      </section>
      {start.error !== null && <Problem title={text.templates.startFailed} error={start.error} />}
      {may.submit && <TemplateCards label={text.templates.label} isRow />}
    </div>
  );
}
