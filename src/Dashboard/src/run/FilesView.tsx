import { Card } from '../design/Card';
import { CopyButton } from '../design/CopyButton';
import { DataTable } from '../design/DataTable';
import { Loaded } from '../design/Loaded';
import { ScrollRegion } from '../design/ScrollRegion';
import { bytes, dateTime, integer } from '../text/format';
import { text } from '../text/text';
import type { RunTabProps } from './history/status';
import { useCheckpoints } from './queries';

const { columns } = text.files;

/** Checkpoints and other files of the run, for download. */
export default function FilesView({ run }: RunTabProps) {
  const base = `/api/v1/runs/${encodeURIComponent(run.id)}`;
  const downloads = [
    { href: `${base}/metrics.csv`, file: `${run.id}.csv`, label: text.files.metricsCsv },
    { href: `${base}/metrics`, file: `${run.id}-metrics.json`, label: text.files.metricsJson },
    { href: base, file: `${run.id}.json`, label: text.files.runJson },
    { href: `${base}/log`, file: `${run.id}.log`, label: text.files.log },
  ];
  return (
    <>
      <Card title={text.files.checkpoints}>
        <Loaded query={useCheckpoints(run.id)} errorTitle={text.files.failed} heights={[120]}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="card-note">{text.files.none}</p>
            ) : (
              <>
                <DataTable
                  label={text.files.checkpoints}
                  rows={items}
                  rowKey={({ attempt, step, file }) => `${attempt} ${step} ${file}`}
                  columns={[
                    {
                      name: columns.file,
                      cell: ({ file, available }) =>
                        available ? (
                          <a href={`${base}/checkpoints/${encodeURIComponent(file)}`} download>
                            {file}
                          </a>
                        ) : (
                          <>
                            {file} <small>({text.files.replaced})</small>
                          </>
                        ),
                      isRowHeader: true,
                      className: 'mono',
                    },
                    { name: columns.epoch, cell: ({ epoch }) => integer(epoch), isNumber: true },
                    { name: columns.step, cell: ({ step }) => integer(step), isNumber: true },
                    { name: columns.size, cell: (one) => bytes(one.bytes), isNumber: true },
                    { name: columns.written, cell: ({ at }) => dateTime(at), className: 'nowrap' },
                    {
                      name: columns.sha256,
                      cell: ({ sha256 }) => `${sha256.slice(0, 12)}…`,
                      className: 'mono',
                      title: ({ sha256 }) => sha256,
                    },
                  ]}
                />
                <LoadSnippet file={(items.find(({ available }) => available) ?? items[0])?.file ?? ''} />
              </>
            )
          }
        </Loaded>
      </Card>
      <Card title={text.files.downloads}>
        <ul className="stack tight">
          {downloads.map(({ href, file, label }) => (
            <li key={file}>
              <a href={href} download={file}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

/** How a program of one's own reads a checkpoint. */
function LoadSnippet({ file }: { file: string }) {
  const code = `from safetensors.torch import load_file\nweights = load_file("${file}")`;
  return (
    <div className="stack tight">
      <p className="card-note">{text.files.format}</p>
      <div className="row">
        <ScrollRegion className="code" label={text.files.formatCode}>
          <pre>{code}</pre>
        </ScrollRegion>
        <CopyButton label={text.files.copyCode} content={code} />
      </div>
    </div>
  );
}
