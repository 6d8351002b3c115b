import { Choice } from '../design/Choice';
import { CopyButton } from '../design/CopyButton';
import { Problem } from '../design/Problem';
import { Skeleton } from '../design/Skeleton';
import { useSearch } from '../shell/navigation';
import { text } from '../text/text';
import type { RunViewProps } from './RunViewProps';
import { useCode } from './useMeasured';

/** The languages, and what a file in each is called. */
const languages = {
  torchsharp: { label: 'TorchSharp (C#)', ending: 'cs' },
  pytorch: { label: 'PyTorch (Python)', ending: 'py' },
} as const;
type Language = keyof typeof languages;
const options = (Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value].label }));

/** The run as a program that does the same without this service. */
export default function CodeView({ run }: RunViewProps) {
  const [search, update] = useSearch();
  const language: Language = search.get('language') === 'pytorch' ? 'pytorch' : 'torchsharp';
  const { data, error, refetch } = useCode(run.id, language);
  return (
    <section className="card" aria-labelledby="code-title">
      <div className="card-head">
        <h2 id="code-title">{text.code.title}</h2>
        <div className="card-actions">
          {data !== undefined && (
            <>
              <CopyButton key={language} label={text.code.copy} content={data} />
              <a
                className="button button-small"
                href={`/api/v1/runs/${encodeURIComponent(run.id)}/code?language=${language}`}
                download={`${run.id}.${languages[language].ending}`}
              >
                {text.code.download}
              </a>
            </>
          )}
          <Choice
            label={text.code.language}
            value={language}
            options={options}
            onChange={(next) => update((params) => params.set('language', next))}
          />
        </div>
      </div>
      {data === undefined ? (
        error === null ? (
          <Skeleton height={420} />
        ) : (
          <Problem title={text.code.failed} error={error} onRetry={() => void refetch()} />
        )
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <pre className="code program" tabIndex={0} role="group" aria-label={languages[language].label}>
          {data}
        </pre>
      )}
      <p className="card-note">{text.code.note}</p>
    </section>
  );
}
