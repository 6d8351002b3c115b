/** Every text of the dashboard. Another language is a second object of this shape. */
export const en = {
  locale: 'en',
  appName: 'Trainyard',
  skipToContent: 'Skip to content',
  nav: { label: 'Main', runs: 'Runs' },

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

  runs: {
    title: 'Runs',
    columns: {
      run: 'Run',
      state: 'State',
      technique: 'Data, model, optimizer',
      progress: 'Progress',
      best: 'Best val. accuracy',
      speed: 'Images/s',
      left: 'Time left',
      created: 'Created',
    },
    tableLabel: 'Runs, newest first',
    epochOf: (epoch: number, epochs: number) => `epoch ${epoch} of ${epochs}`,
    epochs: (epochs: number) => (epochs === 1 ? '1 epoch' : `${epochs} epochs`),
    progressLabel: (name: string) => `Progress of ${name}`,
    filterLabel: 'Filter runs',
    stateFilterLabel: 'State',
    experimentLabel: 'Experiment',
    experimentPlaceholder: 'Any experiment',
    clearFilters: 'Clear filters',
    more: 'Show older runs',
    loadingMore: 'Loading…',
    allShown: (count: number) => (count === 1 ? '1 run' : `All ${count} runs`),
    loading: 'Loading runs',
    noMatchTitle: 'No run matches these filters',
    noMatchText: 'Runs that come to match appear here by themselves.',
    errorTitle: 'The runs could not be loaded',
  },

  welcome: {
    title: 'No runs yet',
    text: 'A run is one experiment: data, a network, and how it is trained. Describe it in JSON, post it, and watch it learn here.',
    quickstart: 'Run the quickstart',
    quickstartBusy: 'Submitting…',
    quickstartText: (dataset: string) => `A small convolutional network on ${dataset}, a few minutes on two cores.`,
    curlTitle: 'From a terminal',
    curlQuickstart: 'the quickstart, in the folder of the sources',
    curlOwn: 'a spec of your own',
    failed: 'The quickstart was not accepted',
  },

  run: {
    back: 'All runs',
    loading: 'Loading the run',
    notFoundTitle: 'No such run',
    notFoundText: 'The address names a run that does not exist, or it was deleted.',
    errorTitle: 'The run could not be loaded',
    experiment: 'Experiment',
    seed: 'Seed',
    attempt: (attempt: number) => `attempt ${attempt}`,
    worker: (worker: string) => `on ${worker}`,
    created: 'Created',
    trainedFor: (duration: string) => `trained for ${duration}`,
    timeLeft: (duration: string) => `${duration} left`,
    progressLabel: 'Progress of the run',
    waiting: (queue: string) => `Waiting for a free worker of the queue “${queue}”.`,
    starting: 'The trainer is loading data and building the network.',
    cancelling: 'Cancelling: the trainer stops at the next step.',
  },

  cancel: {
    button: 'Cancel run',
    busy: 'Cancelling…',
    title: (name: string) => `Cancel “${name}”?`,
    text: 'Training stops at the next step. Curves, events and checkpoints are kept; the run itself cannot go on afterwards.',
    confirm: 'Cancel the run',
    keep: 'Keep training',
    failed: 'The run was not cancelled',
    why: {
      ended: (state: string) => `Nothing to cancel: the run has ${state.toLowerCase()}.`,
      wasCancelled: 'Nothing to cancel: the run was cancelled.',
      requested: 'Cancelling was asked for; the trainer stops at the next step.',
      offline: 'The service cannot be reached now.',
    },
  },

  figures: {
    label: 'Key figures',
    best: 'Best validation accuracy',
    bestAt: (epoch: number) => `in epoch ${epoch}`,
    test: 'Test accuracy',
    testOf: 'final weights, evaluated once',
    loss: 'Validation loss',
    lossAt: (epoch: number) => `after epoch ${epoch}`,
    speed: 'Images per second',
    parameters: 'Parameters',
    layers: (count: number) => `${count} layers`,
    elapsed: 'Training time',
    engine: (device: string, precision: string, threads: number) =>
      `${device}, ${precision}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
  },

  charts: {
    loss: 'Loss',
    accuracy: 'Accuracy',
    epoch: 'Epoch',
    train: 'Train',
    validation: 'Validation',
    trainSteps: 'Train, within epochs',
    logScale: 'Log scale',
    viewOf: (chart: string) => `View of ${chart.toLowerCase()}`,
    asTable: 'Numbers',
    asChart: 'Curve',
    empty: 'The first points appear when training begins.',
    emptyEnded: 'The run ended before its first point.',
    loading: 'Loading the chart',
    best: 'best',
    describe: (chart: string, parts: string) => `${chart} by epoch. ${parts}`,
    lastValue: (series: string, value: string) => `${series}: last value ${value}.`,
  },

  layers: {
    title: 'Network',
    columns: {
      name: 'Layer',
      kind: 'Kind',
      settings: 'Settings',
      output: 'Output',
      parameters: 'Parameters',
      flops: 'FLOPs',
    },
    total: 'Total',
    tableLabel: 'Layer table',
    flopsNote: 'FLOPs: floating-point operations of one forward pass of one sample.',
  },

  spec: {
    title: 'Spec',
    jsonLabel: 'Spec as JSON',
    copy: 'Copy JSON',
    copied: 'Copied',
    copyFailed: 'Copying was refused by the browser; select the text instead.',
    hash: 'SHA-256',
  },

  events: {
    title: 'Events',
    all: 'All',
    prominent: 'Notices and states',
    filterLabel: 'Which events',
    empty: 'Nothing has happened yet.',
    dropped: (count: number) => `${count} older lines are not shown; the API has them all.`,
    kinds: {
      state: 'State',
      started: 'Started',
      epoch: 'Epoch',
      checkpoint: 'Checkpoint',
      notice: 'Notice',
      finished: 'Finished',
      stopped: 'Stopped',
      failed: 'Failed',
      progress: 'Progress',
    },
    started: (engine: string, device: string, samples: string) => `${engine} on ${device}, ${samples} training samples`,
    resumed: (step: string) => `continues from step ${step}`,
    epoch: (epoch: number, train: string, validation: string, accuracy: string, seconds: string) =>
      `${epoch}: train loss ${train}, validation loss ${validation}, validation accuracy ${accuracy}, ${seconds}`,
    checkpoint: (file: string, size: string, epoch: number) =>
      `${file} (${size}) after ${epoch === 1 ? '1 epoch' : `${epoch} epochs`}`,
    finished: (epochs: number, duration: string) => `${epochs === 1 ? '1 epoch' : `${epochs} epochs`} in ${duration}`,
    stopped: (request: string, step: string) => `on request (${request}) at step ${step}`,
  },

  attempts: {
    title: 'Attempts',
    columns: { attempt: 'Attempt', worker: 'Worker', started: 'Started', duration: 'Duration', outcome: 'Outcome' },
    running: 'in work',
    tableLabel: 'Attempt table',
    none: 'No worker has claimed the run yet.',
  },

  failure: { title: (kind: string) => `Failed: ${kind}` },

  system: {
    label: 'System',
    engine: 'Engine',
    noEngine: 'no worker yet',
    version: 'Version',
    dispatcher: 'Dispatcher',
    store: 'Store',
    swagger: 'API (Swagger)',
    unknown: 'unknown',
  },

  notFound: { title: 'No such page', text: 'The address leads nowhere in this dashboard.', home: 'Go to the runs' },

  problem: {
    unreachable: 'The service cannot be reached.',
    retry: 'Try again',
    crashTitle: 'The page ran into a fault of its own',
    reload: 'Reload the page',
  },

  units: { none: '–', justNow: 'just now' },
};

export type Text = typeof en;
