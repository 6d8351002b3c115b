import { Loaded } from '../design/Loaded';
import { PageTitle } from '../design/PageTitle';
import { Link, useSearch } from '../navigation/navigation';
import { text } from '../text/text';
import { Lab } from './LabView';
import { asLabName, type LabName, type LabRequest, useLabs } from './useLab';
import './labs.css';

const t = text.labs;

/** A lab; its request and step are in the address. */
export function LabPage({ id }: { id: string }) {
  const name = asLabName(id);
  return name === null ? (
    <div className="message">
      <PageTitle>{text.notFound.title}</PageTitle>
      <Link className="button" href="/labs">
        {t.all}
      </Link>
    </div>
  ) : (
    <KnownLab name={name} />
  );
}

interface Example {
  readonly name: string;
  readonly request: unknown;
}

function KnownLab({ name }: { name: LabName }) {
  const query = useLabs();
  return (
    <>
      <div className="lab-head">
        <PageTitle>{t.names[name].title}</PageTitle>
        <p>{t.names[name].summary}</p>
      </div>
      <Loaded query={query} errorTitle={t.errorTitle} heights={[48, 120, 360]}>
        {({ items }) => <WithExamples name={name} examples={items.find((lab) => lab.name === name)?.examples ?? []} />}
      </Loaded>
    </>
  );
}

function WithExamples({ name, examples }: { name: LabName; examples: readonly Example[] }) {
  const [search, update] = useSearch();
  const example = examples.find((one) => one.name === search.get('example')) ?? examples[0];
  const own = parse(search.get('request'));
  const step = stepOf(search.get('step'));
  const request = (own ?? example?.request ?? {}) as LabRequest<LabName>;
  return (
    <>
      <nav className="row" aria-label={t.examples}>
        {examples.map((one, index) => (
          <Link
            key={one.name}
            className="lab-example"
            href={index === 0 ? `/labs/${name}` : `/labs/${name}?example=${one.name}`}
            aria-current={own === null && one === example ? 'true' : undefined}
          >
            {t.exampleNames[`${name}/${one.name}`] ?? one.name}
          </Link>
        ))}
      </nav>
      <Lab
        key={search.get('example')}
        name={name}
        request={request}
        onRequest={(next) =>
          update((params) => {
            params.set('request', JSON.stringify(next));
            params.delete('step');
          })
        }
        step={step}
        onStep={(next) =>
          update((params) => (next === null ? params.delete('step') : params.set('step', String(next))))
        }
      />
    </>
  );
}

const stepOf = (value: string | null): number | null =>
  value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;

/** A request of the address; null if there is none. */
function parse(value: string | null): object | null {
  try {
    const request: unknown = JSON.parse(value ?? 'null');
    return typeof request === 'object' && !Array.isArray(request) ? request : null;
  } catch {
    return null;
  }
}
