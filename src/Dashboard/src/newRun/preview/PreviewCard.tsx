import { ApiError } from '../../api/problem';
import type { DatasetPreview } from '../../api/types';
import { Card } from '../../design/Card';
import { Skeleton } from '../../design/Loaded';
import { errorMessage } from '../../design/Problem';
import type { Json } from '../../json/pointer';
import { integer } from '../../text/format';
import { translate } from '../../text/serverMessages';
import { text } from '../../text/text';
import { PointCloud } from './PointCloud';
import { useDatasetPreview } from './useDatasetPreview';

const t = text.newRun.preview;

/** What the dataset looks like with the settings of the spec. */
export function PreviewCard({ document }: { document: Json }) {
  const { data, error, isPlaceholderData } = useDatasetPreview(document);
  // The fields of the data section show what is wrong with it.
  const isInvalid = error instanceof ApiError && error.problem.status === 422;
  return (
    <Card title={t.title} className="preview">
      <div aria-busy={isPlaceholderData || (data === undefined && error === null)}>
        {error !== null && !isInvalid ? (
          <p className="card-note" role="status">
            {messageOf(error)}
          </p>
        ) : data === undefined ? (
          isInvalid ? (
            <p className="card-note">{t.invalid}</p>
          ) : (
            <Skeleton height={160} />
          )
        ) : (
          <Samples preview={data} />
        )}
      </div>
    </Card>
  );
}

const messageOf = (error: Error): string =>
  error instanceof ApiError
    ? translate('run', error.problem, error.problem.detail ?? errorMessage(error))
    : errorMessage(error);

function Samples({ preview }: { preview: DatasetPreview }) {
  const { images, points, classNames, trainSamples, validationSamples, testSamples } = preview;
  return (
    <>
      {images.length > 0 ? (
        <ul className="preview-images" aria-label={t.images}>
          {images.map(({ png, label, trueLabel }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the samples never move.
            <li key={index} className={label === trueLabel ? undefined : 'preview-wrong'}>
              <img src={`data:image/png;base64,${png}`} alt="" width="48" height="48" />
              <span title={label === trueLabel ? undefined : t.wrong(classNames[trueLabel] ?? '')}>
                {classNames[label]}
                {label !== trueLabel && (
                  <span className="visually-hidden"> ({t.wrong(classNames[trueLabel] ?? '')})</span>
                )}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <PointCloud points={points} classNames={classNames} />
      )}
      <p className="card-note">
        {t.sizes(integer(trainSamples), integer(validationSamples), integer(testSamples), classNames.length)}
      </p>
    </>
  );
}
