import type { GroupWords, NoteWords } from '../../compare/noteWords';

/** The comparison of runs, and their replay. */
export const compare = {
  compare: {
    title: 'Compare runs',
    errorTitle: 'The runs could not be compared',
    loading: 'Loading the comparison',
    metrics: {
      train_loss: 'Train loss',
      train_accuracy: 'Train accuracy',
      validation_loss: 'Validation loss',
      validation_accuracy: 'Validation accuracy',
      learning_rate: 'Learning rate',
      images_per_second: 'Samples per second',
    },

    chosen: {
      label: 'Runs in the comparison',
      count: (count: number) => (count === 1 ? '1 run' : `${count} runs`),
      remove: (name: string) => `Take ${name} out`,
      add: 'Add runs',
      done: 'Done',
      clear: 'Take all out',
      replay: 'Replay as a race',
      oneMore: 'Choose one more run: a comparison needs two.',
    },

    gone: {
      told: (names: string) => `Deleted, so no longer in the comparison: ${names}.`,
      close: 'Close',
    },

    picker: {
      title: 'Choose runs',
      intro: 'Two or more. The address holds the choice and the whole view: a bookmark or a link shows the same again.',
      search: 'Search runs',
      placeholder: 'Name, experiment, dataset, optimizer, tag',
      results: 'Runs that match',
      none: 'No run matches.',
      loading: 'Searching',
      failed: 'The runs could not be loaded',
      full: (most: number) => `No more than ${most} runs at a time.`,
      more: 'Show older runs',
      empty: 'There are no runs yet. Start two, then compare them here.',
      newRun: 'New run',
    },

    notes: {
      label: 'Before drawing conclusions',
      more: (count: number) => `${count} more notes`,
      severity: { problem: 'Not comparable', warning: 'Be careful', info: 'Good to know' },
      /** By code; the service itself says them in English. */
      said: null as NoteWords | null,
    },
    /** Parts of specs that no single place names. */
    factors: { architecture: 'Architecture' } as Readonly<Record<string, string>>,
    /** How labels of groups are made; the service itself makes them in English. */
    groupParts: null as GroupWords | null,

    export: {
      label: 'Export',
      csv: 'Table as CSV',
      json: 'All data as JSON',
      curves: 'Curves as CSV',
      failed: (why: string) => `The curves were not saved: ${why}`,
    },

    views: { label: (chart: string) => `View of ${chart.toLowerCase()}`, chart: 'Chart', table: 'Numbers' },

    curves: {
      title: 'Curves',
      metric: 'Metric',
      families: { accuracy: 'Accuracy', loss: 'Loss', learning_rate: 'Learning rate', images_per_second: 'Samples/s' },
      split: 'Measured on',
      splits: { validation: 'Validation', train: 'Train', both: 'Both' },
      axis: 'Horizontal axis',
      axes: { epoch: 'Epoch', step: 'Step', time: 'Time' },
      timeName: 'Training time',
      log: 'Log scale',
      smoothing: 'Smoothing',
      by: 'Draw',
      groupings: { runs: 'Each run', groups: 'Mean over seeds' },
      bothNote: 'Strong: validation. Pale: train.',
      bandNote: 'Line: mean over the runs that differ in the seed only. Band: one standard deviation up and down.',
      noGroups: 'No two of these runs differ in the seed only, so each mean is of one run.',
      empty: 'None of these runs has measured this yet.',
      legend: 'Shown curves',
      tableRun: (name: string, metric: string) => `${name}, ${metric.toLowerCase()}`,
      describe: (chart: string, axis: string, parts: string) => `${chart} by ${axis.toLowerCase()}. ${parts}`,
      best: (name: string, value: string) => `${name}: best ${value}.`,
    },

    table: {
      title: 'What differs, and what came of it',
      note: 'Settings that all runs share are left out. Each metric shows its best value and the epoch of it; the latest value stands below.',
      label: 'Differences and best values',
      run: 'Run',
      state: 'State',
      details: 'Also what only some techniques have',
      elapsed: 'Training time',
      best: (metric: string) => `Best ${metric.toLowerCase()}`,
      epoch: (epoch: number) => `epoch ${epoch}`,
      latest: (value: string) => `latest ${value}`,
      top: 'best of all',
      findings: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
      same: 'These runs have the same settings, the seed included: what differs between them is chance of another kind.',
    },

    groups: {
      title: 'Mean over seeds',
      label: 'Best values of each setting, averaged over its runs',
      setting: 'Setting',
      runs: 'Runs',
      value: (mean: string, std: string) => `${mean} ± ${std}`,
      note: 'Mean of the best values ± standard deviation over the runs of a setting.',
    },

    parallel: {
      title: 'Parallel coordinates',
      note: 'Each line is a run. Drag along an axis, or move its handles by mouse or arrow keys, to see only the runs in between.',
      describe: (axes: number, runs: number) => `${axes} axes, ${runs} runs`,
      from: (axis: string) => `${axis}, from`,
      to: (axis: string) => `${axis}, up to`,
      inside: (inside: number, all: number) => `${inside} of ${all} runs inside`,
      clear: 'Clear ranges',
      keep: 'Compare only these',
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
      title: 'Two settings',
      note: 'Mean of the best values of the runs in each cell.',
      result: 'Result',
      needsTwo: 'This needs runs that differ in at least two settings.',
      describe: (result: string, column: string, row: string) =>
        `${result} by ${column.toLowerCase()} and ${row.toLowerCase()}`,
      cell: (row: string, column: string, value: string, runs: number) =>
        `${row}, ${column}: ${value} (${runs === 1 ? '1 run' : `${runs} runs`})`,
      none: 'no run',
      runs: (count: number) => (count === 1 ? '1 run' : `${count} runs`),
    },
  },

  replay: {
    title: 'Replay',
    intro: 'All runs start at the same instant. The clock is the time that each spent training.',
    compare: 'Back to the comparison',
    play: 'Play',
    pause: 'Pause',
    restart: 'From the start',
    clock: 'Clock',
    speed: 'Speed',
    times: (speed: number) => `${speed}×`,
    of: (now: string, end: string) => `${now} of ${end}`,
    board: 'Leader board by validation accuracy',
    columns: { place: 'Place', run: 'Run', accuracy: 'Best so far', now: 'Now', epoch: 'Epoch' },
    finished: 'finished',
    notStarted: 'no epoch yet',
    untimed: (names: string) => `Left out, because it is not known when their epochs ended: ${names}.`,
    empty: 'None of these runs can be replayed: it is not known when their epochs ended.',
    unfinished: 'Runs that still train take part with what they have so far.',
    curves: 'Validation accuracy over the clock',
    leader: (name: string, accuracy: string, clock: string) => `At ${clock} ${name} leads with ${accuracy}.`,
    noLeader: (clock: string) => `At ${clock} no run has finished an epoch.`,
  },
};
