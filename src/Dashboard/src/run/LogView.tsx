import { useEffect, useRef, useState } from 'react';
import { isTerminal } from '../api/types';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { text } from '../text/text';
import type { RunViewProps } from './RunViewProps';
import { useLog } from './useMeasured';

const step = 500;

/** What the trainer wrote to its log, newest last; it stays at the end while a person is there. */
export default function LogView({ run, present }: RunViewProps) {
  const [tail, setTail] = useState(step);
  const { data, error, refetch } = useLog(run.id, tail, !isTerminal(present.state));
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to scroll.
  useEffect(() => {
    const element = box.current;
    if (element !== null && follows.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [data]);

  if (data === undefined) {
    return error === null ? (
      <Skeleton height={420} />
    ) : (
      <Problem title={text.log.failed} error={error} onRetry={() => void refetch()} />
    );
  }
  const mayHaveMore = data.split('\n').length > tail;
  return (
    <section className="card" aria-labelledby="log-title">
      <div className="card-head">
        <h2 id="log-title">{text.log.title}</h2>
        {mayHaveMore && (
          <button type="button" className="button button-small" onClick={() => setTail(tail * 4)}>
            {text.log.more}
          </button>
        )}
      </div>
      {data === '' ? (
        <p className="card-note">{isTerminal(present.state) ? text.log.never : text.log.empty}</p>
      ) : (
        <pre
          ref={box}
          className="code log"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          role="log"
          aria-labelledby="log-title"
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
            follows.current = scrollHeight - scrollTop - clientHeight < 40;
          }}
        >
          {data}
        </pre>
      )}
    </section>
  );
}
