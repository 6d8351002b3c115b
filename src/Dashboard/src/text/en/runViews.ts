/** What can be done to a run, and the views that look into it. */
export const runViews = {
  actions: {
    label: 'Actions',
    names: {
      pause: 'Pause',
      resume: 'Resume',
      retry: 'Retry',
      extend: 'Extend',
      fork: 'Fork',
      cancel: 'Cancel run',
      delete: 'Delete',
    },
    busy: 'Asking…',
    failed: 'It was not done',
    offline: 'The service cannot be reached now.',
    notNow: 'Not possible now.',
    cancelling: 'Cancelling was asked for; the trainer stops at the next step.',
    questions: {
      cancel: {
        title: (name: string) => `Cancel “${name}”?`,
        text: 'Training stops at the next step. Curves, events and checkpoints are kept, and the run can be retried from its newest checkpoint.',
        confirm: 'Cancel the run',
        keep: 'Keep training',
      },
      delete: {
        title: (name: string) => `Delete “${name}”?`,
        text: 'Its curves, events, log and checkpoints are removed. This cannot be undone.',
        confirm: 'Delete the run',
        keep: 'Keep it',
      },
    },
    extend: {
      title: 'Train for more epochs',
      label: 'Epochs in all',
      help: (now: number, most: number) => `More than the present ${now}, at most ${most}.`,
      confirm: 'Extend',
      keep: 'Leave it',
    },
  },

  lineage: {
    parent: 'Forked from',
    parentAt: (epoch: number) => `with the weights of epoch ${epoch}`,
    parentGone: 'a run that was deleted',
    children: 'Forks',
  },

  notes: {
    title: 'Name, tags, notes',
    name: 'Name',
    tags: 'Tags',
    tagsHelp: 'separated by commas',
    notes: 'Notes',
    notesHelp: 'What you want to remember about this run',
    save: 'Save',
    saved: 'Saved',
    failed: 'It was not saved',
  },

  tabs: {
    label: 'Views of the run',
    names: {
      overview: 'Overview',
      layers: 'Layers',
      evaluation: 'Evaluation',
      boundary: 'Decision boundary',
      log: 'Log',
      files: 'Files',
      code: 'Code',
    },
  },

  findings: {
    title: 'Diagnosis',
    severities: { info: 'Note', warning: 'Warning', problem: 'Problem' },
    rules: {
      vanishing_gradient: 'Vanishing gradient',
      exploding_gradient: 'Exploding gradient',
      dead_relu: 'Dead ReLU units',
      saturated_units: 'Saturated units',
      symmetric_initialization: 'Symmetric initialisation',
      overfitting: 'Overfitting',
      underfitting: 'Underfitting',
      learning_rate_too_high: 'Learning rate too high',
      learning_rate_too_low: 'Learning rate too low',
      diverged: 'Diverged',
    } as Record<string, string>,
    atEpoch: (epoch: number) => `epoch ${epoch}`,
    evidence: 'Evidence',
    limit: 'limit',
    notFinite: 'not finite',
    fork: 'Fork with this fix',
    /** What each rule means; the service itself says it in English, with the numbers. */
    meanings: null as Readonly<Record<string, string>> | null,
    /** What was measured, by the service's name for it; English is made of the name. */
    measures: {} as Readonly<Record<string, string>>,
    /** A fix in words; the service itself says it in English. */
    suggestion: null as ((changes: readonly string[]) => string) | null,
  },

  observed: {
    title: 'Inside the layers',
    failed: 'The measurements could not be loaded',
    emptyTitle: 'No measurements',
    notYet: 'The first look into the layers comes when training begins.',
    never: 'The run was not observed: its spec turns it off, or it was trained before layers were looked into.',
    epoch: (epoch: number) => (epoch === 0 ? 'before training' : `epoch ${epoch}`),
    asMap: 'Map',
    statistic: 'Statistic',
    statistics: {
      'activation-std': 'Activations: spread',
      'activation-mean': 'Activations: mean',
      'zero-share': 'Activations: share of zeros',
      'dead-share': 'Units that never fire',
      'saturated-share': 'Saturated activations',
      'gradient-norm': 'Gradient: norm',
      'gradient-std': 'Gradient: spread',
      'activation-gradient': 'Gradient of the output: norm',
      'weight-norm': 'Weights: norm',
      'weight-std': 'Weights: spread',
      'update-ratio': 'Update to weight ratio',
      'unit-spread': 'Difference between units',
    },
    help: {
      'activation-std':
        'Standard deviation of a layer’s output. It should be of the same size in every layer; a fall from layer to layer is a vanishing signal.',
      'activation-mean': 'Mean of a layer’s output. Far from zero means that the next layer sees a constant.',
      'zero-share': 'Share of outputs that are exactly zero. About half after ReLU is usual.',
      'dead-share': 'Share of units whose output was zero for every sample that was looked at. They learn nothing.',
      'saturated-share': 'Share of outputs near the ends of sigmoid or tanh, where the gradient is near zero.',
      'gradient-norm':
        'Length of the gradient of a layer’s parameters. Early layers far below late ones: a vanishing gradient.',
      'gradient-std': 'Standard deviation of the gradient of a layer’s parameters.',
      'activation-gradient': 'Length of the gradient at a layer’s output: what arrives there from the loss.',
      'weight-norm':
        'Length of a layer’s parameters. Steady growth means that decay or the learning rate deserves a look.',
      'weight-std': 'Standard deviation of a layer’s parameters.',
      'update-ratio': 'Length of an update over the length of the weights. About one thousandth is healthy.',
      'unit-spread':
        'How far the weights of a layer’s units differ from one another. Zero: all units are the same, and stay so.',
    },
    mapLabel: (statistic: string) => `${statistic} by layer and epoch. The same numbers are in the table.`,
    hint: 'Point at a cell to read it.',
    noValues: 'No layer of this network has this statistic.',
    histograms: 'Histograms',
    tensor: 'Histograms of',
    tensors: { activation: 'Activations', gradient: 'Gradients', weight: 'Weights' },
    noHistograms: 'No histograms were kept.',
    noHistogram: (tensor: string, layer: string) => `${tensor} of ${layer}: none at this epoch`,
    histogram: (tensor: string, layer: string, low: string, high: string, count: string) =>
      `${tensor} of ${layer}: ${count} values from ${low} to ${high}`,
  },

  film: { play: 'Play', pause: 'Stop', frame: 'Frame' },

  evaluation: {
    title: 'Evaluation',
    failed: 'The evaluations could not be loaded',
    emptyTitle: 'No evaluation yet',
    notYet: 'The confusion matrix comes with the end of training.',
    never: 'The run ended without an evaluation.',
    which: 'Evaluation',
    splits: { train: 'training split', validation: 'validation split', test: 'test set' } as Record<string, string>,
    option: (split: string, epoch: number, accuracy: string) => `${split}, epoch ${epoch}: ${accuracy}`,
    samples: 'Samples',
    confusion: 'Confusion matrix',
    confusionNote: 'Rows: the true class. Columns: what the network said. The colour is the share of the row.',
    corner: 'true ↓  said →',
    cell: (truth: string, predicted: string, share: string) => `${share} of ${truth} taken for ${predicted}`,
    classes: 'Classes',
    columns: { name: 'Class', precision: 'Precision', recall: 'Recall', f1: 'F1', support: 'Samples' },
    mistakes: 'Worst mistakes',
    noMistakes: 'None: every sample was classified correctly.',
    mistakesNotKept: 'No mistakes were kept.',
    mistakeAlt: (sample: number, truth: string, predicted: string) =>
      `Sample ${sample}: ${truth}, taken for ${predicted}`,
    said: 'said',
    is: 'is',
  },

  boundary: {
    title: 'Decision boundary',
    failed: 'The frames could not be loaded',
    emptyTitle: 'No frames',
    notYet: 'The first frame comes when training begins.',
    never: 'No frame was drawn while this run was trained.',
    label: (epoch: number, classes: number) => `Which of ${classes} classes wins where on the plane, epoch ${epoch}`,
    class: (label: number) => `Class ${label}`,
    note: 'The colour of the plane is the class that the network would say there; the paler, the less sure. Dots are training samples, squares validation samples.',
  },

  copy: {
    done: 'Copied',
    refused: 'Copying was refused by the browser; select the text instead.',
  },

  code: {
    title: 'The run as a program',
    language: 'Language',
    note: 'Complete: data, network, first weights, training and validation. Its head tells what is equal to this run, and what is not.',
    failed: 'The program could not be loaded',
    copy: 'Copy program',
    download: 'Download',
  },

  log: {
    title: 'Log of the trainer',
    failed: 'The log could not be loaded',
    empty: 'The trainer has written nothing yet.',
    never: 'The trainer wrote nothing: it does when something is out of the ordinary.',
    more: 'Show more',
  },

  files: {
    checkpoints: 'Checkpoints',
    failed: 'The checkpoints could not be loaded',
    none: 'No checkpoint has been written yet.',
    replaced: 'replaced',
    columns: { file: 'File', epoch: 'Epoch', step: 'Step', size: 'Size', written: 'Written', sha256: 'SHA-256' },
    downloads: 'Downloads',
    metricsCsv: 'Metrics as CSV',
    metricsJson: 'Metrics as JSON',
    runJson: 'Run and spec as JSON',
    log: 'Log of the trainer',
  },
};
