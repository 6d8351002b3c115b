/** Shortcuts of a part of the dashboard: keys, and what they do. */
interface ShortcutGroup {
  readonly title: string;
  readonly keys: readonly (readonly [keys: string, action: string])[];
}

/** Texts shared by all pages: navigation, connection, states, problems, units. */
export const app = {
  locale: 'en',
  appName: 'Trainyard',
  skipToContent: 'Skip to content',
  nav: {
    label: 'Main',
    home: 'Home',
    lessons: 'Lessons',
    runs: 'Runs',
    newRun: 'New run',
    studies: 'Studies',
    playground: 'Playground',
    labs: 'Labs',
    compare: 'Compare',
    tokens: 'Tokens',
    system: 'System',
  },
  language: { label: 'Language' },

  live: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    label: 'Connection',
    reconnectingBanner: 'Connection lost. Showing the last known state; reconnecting…',
    offlineBanner: 'The service is not responding. Showing the last known state; still retrying…',
    tryNow: 'Try now',
  },

  keys: {
    title: 'Keyboard shortcuts',
    button: 'Shortcuts',
    groups: [
      {
        title: 'On every page',
        keys: [
          ['n', 'new run'],
          ['p', 'start or end the presentation of a run, lesson, study, lab, comparison, replay or the playground'],
          ['Esc', 'close a menu or dialog, end the presentation'],
          ['?', 'show shortcuts'],
        ],
      },
      {
        title: 'Runs',
        keys: [
          ['j or ↓', 'next run'],
          ['k or ↑', 'previous run'],
          ['Enter', 'open run'],
          ['x', 'select run'],
          ['/', 'search'],
          ['Esc', 'clear selection'],
        ],
      },
      {
        title: 'Filter field',
        keys: [
          ['↓ or ↑', 'choose a suggestion'],
          ['Tab', 'take over the suggestion'],
          ['Enter', 'take over the chosen suggestion, else apply the filter'],
        ],
      },
      {
        title: 'New run',
        keys: [
          ['1 … 9', 'choose a template'],
          ['F1', 'help for the setting'],
          ['Ctrl+Enter', 'start the run'],
        ],
      },
      {
        title: 'Pictures with the focus',
        keys: [
          ['← ↑ → ↓', 'move the point, the pen or the chosen unit'],
          ['Space', 'draw a point'],
          ['Home … PgDn', 'move the end of a range in the parallel-coordinates chart'],
        ],
      },
    ] as readonly ShortcutGroup[],
  },

  presentation: { label: 'Presentation mode', title: 'Presentation mode (p); Esc ends it' },

  notices: {
    best: (value: string) => `best ${value}`,
    label: 'Notify me when a run ends',
    switch: {
      off: 'Notify me when a run ends whose page I opened',
      on: 'Notifications are on',
      blocked: 'The browser blocks notifications of this site',
    },
    accuracy: (accuracy: string) => `best validation accuracy ${accuracy}`,
    /** Title of the window. */
    title: (name: string, state: string) => `${state}: ${name}`,
  },

  theme: {
    label: (theme: string) => `Theme: ${theme}`,
    names: { system: 'auto', light: 'light', dark: 'dark' },
  },

  states: {
    queued: 'Queued',
    running: 'Running',
    pausing: 'Pausing',
    paused: 'Paused',
    succeeded: 'Finished',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },

  failures: {
    diverged: 'Diverged',
    out_of_memory: 'Out of memory',
    invalid_data: 'Invalid data',
    unsupported: 'Unsupported',
    storage: 'Storage error',
    lost_worker: 'Worker lost',
    crashed: 'Crashed',
    timeout: 'Time limit',
  } as Record<string, string>,

  notFound: { title: 'Page not found', text: 'There is no page at this address.', home: 'Go to the home page' },

  problem: {
    unreachable: 'Cannot reach the service.',
    retry: 'Try again',
    moreFindings: (count: number) => (count === 1 ? 'And 1 more error.' : `And ${count} more errors.`),
    crashTitle: 'Something went wrong',
    reload: 'Reload page',
  },

  units: {
    none: '–',
    justNow: 'just now',
    milliseconds: (count: number) => `${count} ms`,
    seconds: (count: string) => `${count} s`,
    minutes: (count: number) => `${count} min`,
    hours: (count: number) => `${count} h`,
    days: (count: number) => `${count} d`,
    loading: 'Loading',
    close: 'Close',
    undo: 'Undo',
    cancel: 'Cancel',
  },
};
