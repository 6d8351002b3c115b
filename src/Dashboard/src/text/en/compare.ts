import type { ConclusionMessages, GroupLabels, NoteMessages } from '../serverMessages';

/** The comparison of runs, and their replay. */
export const compare = {
  compare: {
    title: 'Compare runs',
    errorTitle: 'Could not compare the runs',
    loading: 'Loading the comparison',
    metrics: {
      train_loss: 'Train loss',
      train_accuracy: 'Train accuracy',
      validation_loss: 'Validation loss',
      validation_accuracy: 'Validation accuracy',
      learning_rate: 'Learning rate',
      images_per_second: 'Samples per second',
    },

    selected: {
      label: 'Selected runs',
      remove: (name: string) => `Remove ${name}`,
      add: 'Add runs',
      done: 'Done',
      clear: 'Clear',
      replay: 'Race replay',
      oneMore: 'Select one more run; a comparison needs two.',
    },

    deleted: (names: string) => `Deleted and removed from the comparison: ${names}.`,

    picker: {
      title: 'Select runs',
      intro: 'Two or more. The URL contains the selection and the view, so a bookmark or link restores both.',
      search: 'Search runs',
      placeholder: 'Name, experiment, dataset, optimizer, tag',
      results: 'Matching runs',
      none: 'No matching runs.',
      loading: 'Searching',
      failed: 'Could not load the runs',
      full: (most: number) => `At most ${most} runs can be compared.`,
      more: 'Show older runs',
      empty: 'No runs yet. Start two to compare them.',
      newRun: 'New run',
    },

    notes: {
      label: 'Comparability',
      more: (count: number) => `${count} more notes`,
      severity: { problem: 'Not comparable', warning: 'Warning', info: 'Note' },
      /** By code; in English, the service's messages. */
      messages: null as NoteMessages | null,
    },
    /** Factors that are no member of the spec. */
    factors: { architecture: 'Architecture' } as Readonly<Record<string, string>>,
    /** Parts of group labels; in English, the service's labels. */
    groupParts: null as GroupLabels | null,

    conclusion: {
      label: 'Conclusion',
      /** By code; in English, the service's messages. */
      messages: null as ConclusionMessages | null,
      settings: 'All settings of both',
      interval: (confidence: string, low: string, high: string, isShare: boolean, isPaired: boolean) =>
        `${confidence} confidence interval of the difference: ${low} to ${high}${isShare ? ' percentage points' : ''} (${isPaired ? 'paired by seed' : 'Welch'})`,
    },

    export: {
      label: 'Export',
      csv: 'Table as CSV',
      json: 'All data as JSON',
      curves: 'Curves as CSV',
    },

    curves: {
      title: 'Curves',
      metric: 'Metric',
      families: { accuracy: 'Accuracy', loss: 'Loss', learning_rate: 'Learning rate', images_per_second: 'Samples/s' },
      split: 'Split',
      splits: { validation: 'Validation', train: 'Train', both: 'Both' },
      axis: 'Horizontal axis',
      axes: { epoch: 'Epoch', step: 'Step', time: 'Time' },
      timeName: 'Training time',
      log: 'Log scale',
      by: 'Group by',
      groupings: { runs: 'Each run', groups: 'Mean over seeds' },
      bothNote: 'Solid: validation. Light: train.',
      bandNote: 'Line: mean over runs with different seeds. Band: ± 1 standard deviation.',
      noGroups: 'No repeated settings: each mean is a single run.',
      empty: 'No values of this metric yet.',
      legend: 'Visible curves',
      tableRun: (name: string, metric: string) => `${name}, ${metric.toLowerCase()}`,
      describe: (chart: string, axis: string, parts: string) => `${chart} by ${axis.toLowerCase()}. ${parts}`,
      best: (name: string, value: string) => `${name}: best ${value}.`,
    },

    table: {
      title: 'Differences and results',
      note: 'Settings shared by all runs are hidden. Each metric shows its best value with the epoch, and the latest value below.',
      label: 'Differences and best values',
      run: 'Run',
      state: 'State',
      details: 'Show method-specific settings',
      elapsed: 'Training time',
      best: (metric: string) => `Best ${metric.toLowerCase()}`,
      epoch: (epoch: number) => `epoch ${epoch}`,
      latest: (value: string) => `latest ${value}`,
      top: 'best of all',
      findings: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
      same: 'All settings are the same, including the seed; the remaining differences are not caused by settings.',
    },

    groups: {
      title: 'Mean over seeds',
      label: 'Best values per setting, averaged over seeds',
      setting: 'Setting',
      runs: 'Runs',
      value: (mean: string, std: string) => `${mean} ± ${std}`,
      note: 'Mean ± standard deviation of the best values over the runs of a setting.',
    },

    parallel: {
      title: 'Parallel coordinates',
      note: 'Each line is a run. Drag along an axis, or move its handles with the mouse or the arrow keys, to filter the runs.',
      describe: (axes: number, runs: number) => `${axes} axes, ${runs} runs`,
      from: (axis: string) => `${axis}, from`,
      to: (axis: string) => `${axis}, up to`,
      selected: (selected: number, all: number) => `${selected} of ${all} runs selected`,
      clear: 'Reset filters',
      keep: 'Keep selection',
    },

    scatter: {
      title: 'Scatter',
      horizontal: 'Horizontal',
      vertical: 'Vertical',
      describe: (y: string, x: string, runs: number) => `${y} over ${x.toLowerCase()}, ${runs} runs`,
      point: (name: string, x: string, y: string) => `${name}: ${x}, ${y}`,
      empty: 'No run has both values yet.',
      elapsed: 'Training time (s)',
    },

    heat: {
      title: 'Heat map of two settings',
      note: 'Mean of the best values of the runs in each cell.',
      result: 'Result',
      needsTwo: 'Requires runs that differ in at least two settings.',
      describe: (result: string, column: string, row: string) =>
        `${result} by ${column.toLowerCase()} and ${row.toLowerCase()}`,
      cell: (row: string, column: string, value: string, runs: number) =>
        `${row}, ${column}: ${value} (${runs === 1 ? '1 run' : `${runs} runs`})`,
      none: 'no run',
      runs: (count: number) => (count === 1 ? '1 run' : `${count} runs`),
    },
  },

  replay: {
    title: 'Race replay',
    intro: 'All runs start at the same time. The clock is training time.',
    compare: 'Back to the comparison',
    play: 'Play',
    pause: 'Pause',
    restart: 'Restart',
    clock: 'Clock',
    speed: 'Speed',
    times: (speed: number) => `${speed}×`,
    inAll: (seconds: number) => `${seconds} s in all`,
    of: (now: string, end: string) => `${now} of ${end}`,
    board: 'Leaderboard by validation accuracy',
    columns: { rank: 'Rank', run: 'Run', accuracy: 'Best so far', now: 'Current', epoch: 'Epoch' },
    finished: 'finished',
    omitted: (names: string) => `Omitted, because no epoch has finished yet: ${names}.`,
    empty: 'None of these runs has finished an epoch yet.',
    unfinished: 'Runs that are still training are included with their results so far.',
    curves: 'Validation accuracy over training time',
    leader: (name: string, accuracy: string, clock: string) => `At ${clock}, ${name} leads with ${accuracy}.`,
    noLeader: (clock: string) => `At ${clock}, no run has finished an epoch.`,
  },
};
