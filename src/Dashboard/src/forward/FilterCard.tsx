import { useMemo } from 'react';
import { Card } from '../design/Card';
import { brief } from '../text/format';
import { forwardText } from '../text/forward';
import { PixelCanvas } from './PixelCanvas';
import { filterPixels } from './pictures';
import type { FilterBank } from './types';

const t = forwardText.filters;

/** The filters of the first convolution as pictures. */
export function FilterCard({ filters }: { filters: FilterBank }) {
  const { channels, scale } = filters;
  const note = channels === 3 ? t.colour : channels === 1 ? t.grey : t.mean;
  return (
    <Card title={t.title(filters.layer)}>
      <ul className="forward-filters">
        {filters.filters.map((filter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter is its index.
          <li key={index} title={t.filter(index + 1)}>
            <Filter filters={filters} filter={filter} label={t.filter(index + 1)} />
          </li>
        ))}
      </ul>
      <p className="card-note">
        {note} {forwardText.network.scale(brief(scale))}
      </p>
    </Card>
  );
}

function Filter({ filters, filter, label }: { filters: FilterBank; filter: string; label: string }) {
  const pixels = useMemo(() => filterPixels(filters, filter), [filters, filter]);
  return (
    <div role="img" aria-label={label}>
      <PixelCanvas rows={filters.kernel} columns={filters.kernel} pixels={pixels} />
    </div>
  );
}
