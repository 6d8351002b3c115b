/** Holds the place of something that is loading. */
export const Skeleton = ({ height }: { height: number }) => <div className="skeleton" style={{ height }} />;
