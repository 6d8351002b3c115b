import { useEffect, useRef, useState } from 'react';
import { isTerminal } from '../api/types';
import { Button } from '../design/Button';
import { Card } from '../design/Card';
import { Loaded } from '../design/Loaded';
import { ScrollRegion } from '../design/ScrollRegion';
import { text } from '../text/text';
import type { RunTabProps } from './history/status';
import { useLog } from './queries';

const initialLines = 500;

/** The trainer's log, newest line last. */
export default function LogView({ run, status }: RunTabProps) {
  const [tail, setTail] = useState(initialLines);
  const hasEnded = isTerminal(status.state);
  const query = useLog(run.id, tail, !hasEnded);
  const mayHaveMore = (query.data ?? '').split('\n').length > tail;
  return (
    <Loaded query={query} errorTitle={text.log.failed} heights={[420]}>
      {(log) => (
        <Card
          title={text.log.title}
          actions={
            mayHaveMore && (
              <Button small onClick={() => setTail(tail * 4)}>
                {text.log.more}
              </Button>
            )
          }
        >
          {log === '' ? <p className="card-note">{hasEnded ? text.log.never : text.log.empty}</p> : <Lines log={log} />}
        </Card>
      )}
    </Loaded>
  );
}

/** Scrolls along with new lines while the end is visible. */
function Lines({ log }: { log: string }) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to scroll.
  useEffect(() => {
    const element = box.current;
    if (element !== null && follows.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [log]);
  return (
    <ScrollRegion
      ref={box}
      className="code log scroll"
      role="log"
      label={text.log.title}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      <pre>{log}</pre>
    </ScrollRegion>
  );
}
