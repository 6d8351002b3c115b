import { watchedIds } from './watched';

/** The runs that this browser waits for: those whose page was open before they ended. */
export const { ids: watchedRuns, watch: watchRun, unwatch: unwatchRun } = watchedIds('trainyard.watched');
