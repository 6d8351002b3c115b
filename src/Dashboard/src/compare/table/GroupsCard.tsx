import { ScrollRegion } from '../../design/ScrollRegion';
import { text } from '../../text/text';
import { type Comparison, inTableOrder } from '../comparison';
import { labelOfGroup } from '../noteWords';
import { formatMetric, formatSpread, labelOfMetric } from '../words';

const words = text.compare.groups;

/** Each setting with its best values, averaged over the runs that differ in the seed only. Nothing to say when there are none. */
export function GroupsCard({ comparison: { groups, metrics: unordered } }: { comparison: Comparison }) {
  const metrics = inTableOrder(unordered);
  if (groups.every(({ runs }) => runs.length < 2)) {
    return null;
  }
  return (
    <section className="card" aria-labelledby="groups-title">
      <div className="card-head">
        <h2 id="groups-title">{words.title}</h2>
      </div>
      <ScrollRegion className="table-scroll" label={words.label}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
              <th scope="col" className="num">
                {words.runs}
              </th>
              {metrics.map(({ metric }) => (
                <th key={metric} scope="col" className="num">
                  {text.compare.table.best(labelOfMetric(metric))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group.key}>
                <th scope="row" className="setting">
                  {labelOfGroup(group)}
                </th>
                <td className="num">{group.runs.length}</td>
                {metrics.map(({ metric, perGroup }) => {
                  const score = perGroup.find((one) => one.group === group.key);
                  const mean = formatMetric(metric, score?.mean);
                  return (
                    <td key={metric} className="num">
                      {score?.std == null ? mean : words.value(mean, formatSpread(metric, score.std))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="card-note">{words.note}</p>
    </section>
  );
}
