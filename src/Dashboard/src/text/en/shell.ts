/** What every page shares: names, the connection, states, problems, units. */
export const shell = {
  locale: 'en',
  appName: 'Trainyard',
  skipToContent: 'Skip to content',
  nav: { label: 'Main', runs: 'Runs', newRun: 'New run', compare: 'Compare', system: 'System' },
  language: { label: 'Language' },

  live: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    label: 'Connection',
    reconnectingBanner:
      'The connection was lost. What you see is what was known; it goes on by itself when the service answers.',
    offlineBanner: 'The service does not answer. What you see is what was known; the page keeps trying.',
    tryNow: 'Try now',
  },

  theme: {
    label: (theme: string) => `Theme: ${theme}`,
    names: { system: 'system', light: 'light', dark: 'dark' },
  },

  states: {
    queued: 'Queued',
    running: 'Running',
    pausing: 'Pausing',
    paused: 'Paused',
    succeeded: 'Succeeded',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },

  failures: {
    diverged: 'Diverged',
    out_of_memory: 'Out of memory',
    invalid_data: 'Invalid data',
    unsupported: 'Unsupported',
    storage: 'Storage',
    lost_worker: 'Lost worker',
    crashed: 'Crashed',
    timeout: 'Timeout',
  } as Record<string, string>,

  notFound: { title: 'No such page', text: 'The address leads nowhere in this dashboard.', home: 'Go to the runs' },

  problem: {
    unreachable: 'The service cannot be reached.',
    retry: 'Try again',
    crashTitle: 'The page ran into a fault of its own',
    reload: 'Reload the page',
  },

  units: {
    none: '–',
    justNow: 'just now',
    milliseconds: (count: number) => `${count} ms`,
    seconds: (count: string) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
    close: 'Close',
  },
};
