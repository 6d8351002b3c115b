import type { ReactNode } from 'react';
import { text } from '../text/text';
import { Problem } from './Problem';

/** A placeholder for content that is loading. */
export const Skeleton = ({ height }: { height: number }) => <div className="skeleton" style={{ height }} />;

interface LoadedProps<Data> {
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  /** Heading of the message when the query fails. */
  errorTitle: string;
  /** Shown while loading: the heights of the placeholders, from top to bottom. */
  heights: readonly number[];
  /** Announced while loading. */
  label?: string;
  className?: string;
  children: (data: Data) => ReactNode;
}

/** The data of a query; placeholders before it arrives, and the error when it cannot be loaded. */
export function Loaded<Data>({
  query,
  errorTitle,
  heights,
  label = text.units.loading,
  className,
  children,
}: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) {
    return children(data);
  }
  return error === null ? (
    <div role="status" aria-label={label} className={className}>
      {heights.map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the placeholders do not move.
        <Skeleton key={index} height={height} />
      ))}
    </div>
  ) : (
    <Problem title={errorTitle} error={error} onRetry={() => void refetch()} />
  );
}
