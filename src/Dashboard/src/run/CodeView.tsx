import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { CopyButton } from '../design/CopyButton';
import { Loaded } from '../design/Loaded';
import { ScrollRegion } from '../design/ScrollRegion';
import { useParam } from '../navigation/navigation';
import { text } from '../text/text';
import type { RunTabProps } from './history/status';
import { useCode } from './queries';

const languages = {
  torchsharp: { label: 'TorchSharp (C#)', file: 'program.cs', command: 'dotnet run program.cs' },
  pytorch: { label: 'PyTorch (Python)', file: 'program.py', command: 'python3 program.py' },
} as const;
type Language = keyof typeof languages;
const options = (Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value].label }));

/** A program that reproduces the run without the service. */
export default function CodeView({ run }: RunTabProps) {
  const [value, setValue] = useParam('language');
  const language: Language = value === 'pytorch' ? 'pytorch' : 'torchsharp';
  const { label, file, command } = languages[language];
  const query = useCode(run.id, language);
  return (
    <Card
      title={text.code.title}
      actions={
        <>
          {query.data !== undefined && (
            <>
              <CopyButton key={language} label={text.code.copy} content={query.data} />
              <a
                className="button button-small"
                href={`/api/v1/runs/${encodeURIComponent(run.id)}/code?language=${language}`}
                download={file}
              >
                {text.code.download}
              </a>
            </>
          )}
          <Choice label={text.code.language} value={language} options={options} onChange={setValue} />
        </>
      }
    >
      <Loaded query={query} errorTitle={text.code.failed} heights={[420]}>
        {(program) => (
          <ScrollRegion className="code program scroll" label={label}>
            <Program program={program} />
          </ScrollRegion>
        )}
      </Loaded>
      <p className="card-note">{text.code.note}</p>
      <p className="card-note">
        {text.code.run(file)} <code>{command}</code>
      </p>
      {language === 'torchsharp' && (
        <p className="card-note">
          {text.code.targetsNote}{' '}
          <a href="/api/v1/torchsharp/Directory.Build.targets" download>
            {text.code.targets}
          </a>
        </p>
      )}
    </Card>
  );
}

/** The program, with the comment at its beginning folded: it takes the first screen. */
function Program({ program }: { program: string }) {
  const header = /^(?:(?:\/\/|#(?!:)).*\n)+/.exec(program)?.[0] ?? '';
  return (
    <>
      {header !== '' && (
        <details>
          <summary>{text.code.header}</summary>
          <pre>{header}</pre>
        </details>
      )}
      <pre>{program.slice(header.length)}</pre>
    </>
  );
}
