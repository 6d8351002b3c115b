import { formatMetric, metricLabel } from '../compare/format';
import { Card } from '../design/Card';
import { Link } from '../navigation/navigation';
import { StudyBadge } from '../studies/StudyBadge';
import { done, useStudies } from '../studies/useStudies';
import { integer } from '../text/format';
import { text } from '../text/text';

const t = text.home;
const shown = 5;

/** The latest studies, live; nothing where there are none. */
export function LatestStudies() {
  const studies = useStudies().data?.pages[0]?.items.slice(0, shown) ?? [];
  return (
    studies.length > 0 && (
      <Card title={t.studies} actions={<Link href="/studies">{t.allStudies}</Link>}>
        <ul className="home-experiments">
          {studies.map((study) => (
            <li key={study.id}>
              <div className="row spread">
                <Link href={`/studies/${study.id}`}>{study.name}</Link>
                <StudyBadge state={study.state} />
              </div>
              <small>
                {t.trials(integer(done(study)), integer(study.trials))}
                {study.best !== null && (
                  <span title={metricLabel(study.metric)}>
                    {` · ${t.best(formatMetric(study.metric, study.best.value))}`}
                  </span>
                )}
              </small>
            </li>
          ))}
        </ul>
      </Card>
    )
  );
}
