import { watchedIds } from './watched';

/** The studies that this browser waits for: those whose page was open before they ended. */
export const {
  ids: watchedStudies,
  watch: watchStudy,
  unwatch: unwatchStudy,
} = watchedIds('trainyard.watched.studies');
