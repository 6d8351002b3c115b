/** The actions on a run, and its tabs. */
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
    busy: 'Requesting…',
    failed: 'Action failed',
    offline: 'Cannot reach the service.',
    notNow: 'Not available now.',
    cancelling: 'Cancellation requested; training stops at the next step.',
    questions: {
      cancel: {
        title: (name: string) => `Stop training “${name}”?`,
        text: 'Training stops at the next step. Curves, events and checkpoints are kept, and the run can be retried from its latest checkpoint.',
        confirm: 'Stop training',
      },
      delete: {
        title: (name: string) => `Delete “${name}”?`,
        text: 'Its curves, events, log and checkpoints are deleted. This cannot be undone.',
        confirm: 'Delete run',
      },
    },
    extend: {
      title: 'Train for more epochs',
      label: 'Total epochs',
      help: (now: number, most: number) => `Greater than the current ${now}, at most ${most}.`,
      confirm: 'Extend',
    },
  },

  lineage: {
    parent: 'Forked from',
    parentAt: (epoch: number) => `with the weights of epoch ${epoch}`,
    parentGone: 'a deleted run',
    children: 'Forks',
  },

  notes: {
    title: 'Name, tags, notes',
    name: 'Name',
    tags: 'Tags',
    tagsHelp: 'comma-separated',
    notes: 'Notes',
    notesHelp: 'Notes about this run',
    save: 'Save',
    saved: 'Saved',
    failed: 'Could not save',
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
      symmetric_initialization: 'Symmetric initialization',
      overfitting: 'Overfitting',
      underfitting: 'Underfitting',
      learning_rate_too_high: 'Learning rate too high',
      learning_rate_too_low: 'Learning rate too low',
      diverged: 'Diverged',
    } as Record<string, string>,
    atEpoch: (epoch: number) => `epoch ${epoch}`,
    evidence: 'Evidence',
    limit: 'threshold',
    notFinite: 'not finite',
    fork: 'Fork with this fix',
    /** The meaning of each rule, without numbers; in English, the service's message. */
    meanings: null as Readonly<Record<string, string>> | null,
    /** Names of measured quantities; without an entry, made from the service's name. */
    measures: {
      first_total_gradient_norm: 'Gradient w.r.t. all parameters (norm), first step',
      last_finite_total_gradient_norm: 'Gradient w.r.t. all parameters (norm), last finite',
      output_gradient_norm: 'Gradient w.r.t. output (norm)',
      output_gradient_ratio_first_to_last: 'Gradient w.r.t. output, first to last layer (ratio)',
      output_gradient_ratio_per_layer: 'Gradient w.r.t. output, from layer to layer (ratio)',
      output_gradient_ratio_to_next_layer: 'Gradient w.r.t. output, to the next layer (ratio)',
      parameter_gradient_norm: 'Gradient w.r.t. parameters (norm)',
    } as Readonly<Record<string, string>>,
    /** A suggestion as a list of changes; in English, the service's message. */
    suggestion: null as ((changes: readonly string[]) => string) | null,
  },

  observed: {
    title: 'Layer statistics',
    failed: 'Could not load the layer statistics',
    emptyTitle: 'No layer statistics',
    notYet: 'The first layer statistics are recorded when training starts.',
    never: 'No layer statistics were recorded: the spec turns observation off.',
    epoch: (epoch: number) => (epoch === 0 ? 'epoch 0 (initialization)' : `epoch ${epoch}`),
    asMap: 'Heat map',
    statistic: 'Statistic',
    statistics: {
      'activation-std': 'Activation std',
      'activation-mean': 'Activation mean',
      'zero-share': 'Zero activations',
      'dead-share': 'Dead units',
      'saturated-share': 'Saturated activations',
      'gradient-norm': 'Weight-gradient norm',
      'gradient-std': 'Weight-gradient std',
      'activation-gradient': 'Gradient w.r.t. output (norm)',
      'weight-norm': 'Weight norm',
      'weight-std': 'Weight std',
      'update-ratio': 'Update/weight ratio',
      'unit-spread': 'Weight diversity (std across units)',
    },
    help: {
      'activation-std':
        'Standard deviation of the layer output. It should be similar in all layers; a decrease from layer to layer is a vanishing signal.',
      'activation-mean': 'Mean of the layer output. Far from zero, the next layer receives a nearly constant input.',
      'zero-share': 'Fraction of outputs that are exactly zero. About 50% is normal after ReLU.',
      'dead-share': 'Fraction of units whose output is zero for every observed sample. They receive no gradient.',
      'saturated-share': 'Fraction of outputs near the limits of sigmoid or tanh, where the gradient is near zero.',
      'gradient-norm':
        'L2 norm of the gradient of the layer’s parameters. Much smaller in early layers than in late ones: a vanishing gradient.',
      'gradient-std': 'Standard deviation of the gradient of the layer’s parameters.',
      'activation-gradient': 'L2 norm of the gradient with respect to the layer output.',
      'weight-norm':
        'L2 norm of the layer’s parameters. If it keeps growing, check the weight decay and the learning rate.',
      'weight-std': 'Standard deviation of the layer’s parameters.',
      'update-ratio': 'L2 norm of an update divided by the L2 norm of the weights. About 0.001 is healthy.',
      'unit-spread':
        'Standard deviation of the weights across the units of the layer. Zero: all units are identical and stay so.',
    },
    mapLabel: (statistic: string) => `${statistic} by layer and epoch. The table has the values.`,
    hint: 'Hover over a cell to see its value.',
    noValues: 'No layer of this network has this statistic.',
    histograms: 'Histograms',
    tensor: 'Histograms of',
    tensors: { activation: 'Activations', gradient: 'Gradients', weight: 'Weights' },
    noHistograms: 'No histograms were recorded.',
    noHistogram: (tensor: string, layer: string) => `${tensor} of ${layer}: none at this epoch`,
    histogram: (tensor: string, layer: string, low: string, high: string, count: string) =>
      `${tensor} of ${layer}: ${count} values from ${low} to ${high}`,
  },

  frames: { play: 'Play', pause: 'Stop', frame: 'Frame' },

  evaluation: {
    title: 'Evaluation',
    failed: 'Could not load the evaluations',
    emptyTitle: 'No evaluation yet',
    notYet: 'The confusion matrix is computed when training ends.',
    never: 'The run ended without an evaluation.',
    which: 'Evaluation',
    splits: { train: 'training split', validation: 'validation split', test: 'test set' } as Record<string, string>,
    option: (split: string, epoch: number, accuracy: string) => `${split}, epoch ${epoch}: ${accuracy}`,
    samples: 'Samples',
    confusion: 'Confusion matrix',
    confusionNote: 'Rows: actual class. Columns: predicted class. Colour: share of the row.',
    corner: 'actual ↓  predicted →',
    cell: (truth: string, predicted: string, share: string) => `${share} of ${truth} predicted as ${predicted}`,
    classes: 'Classes',
    columns: { name: 'Class', precision: 'Precision', recall: 'Recall', f1: 'F1', support: 'Samples' },
    mistakes: 'Worst mistakes',
    noMistakes: 'None: all samples were classified correctly.',
    mistakesNotKept: 'No mistakes were recorded.',
    mistakeAlt: (sample: number, truth: string, predicted: string) =>
      `Sample ${sample}: ${truth}, predicted as ${predicted}`,
    predicted: 'predicted',
    actual: 'actual',
  },

  boundary: {
    title: 'Decision boundary',
    failed: 'Could not load the boundary snapshots',
    emptyTitle: 'No boundary snapshots',
    notYet: 'The first snapshot is recorded when training starts.',
    never: 'No snapshots were recorded for this run.',
    label: (epoch: number, classes: number) =>
      `Predicted class over the input plane (${classes} classes), epoch ${epoch}`,
    class: (label: number) => `Class ${label}`,
    note: 'Colour: predicted class; lighter = less confident. Dots: training samples; squares: validation samples.',
  },

  copy: {
    done: 'Copied',
    refused: 'The browser blocked copying; select the text instead.',
  },

  code: {
    title: 'Reproduce this run',
    language: 'Language',
    note: 'A complete program: data, network, initial weights, training and validation. The header comment lists what is and is not bit-identical.',
    failed: 'Could not load the code',
    copy: 'Copy code',
    download: 'Download',
  },

  log: {
    title: 'Trainer log',
    failed: 'Could not load the log',
    empty: 'The log is empty so far.',
    never: 'The log is empty: the trainer logs only unusual events.',
    more: 'Show more',
  },

  files: {
    checkpoints: 'Checkpoints',
    failed: 'Could not load the checkpoints',
    none: 'No checkpoints yet.',
    replaced: 'replaced',
    columns: { file: 'File', epoch: 'Epoch', step: 'Step', size: 'Size', written: 'Written', sha256: 'SHA-256' },
    downloads: 'Downloads',
    metricsCsv: 'Metrics as CSV',
    metricsJson: 'Metrics as JSON',
    runJson: 'Run and spec as JSON',
    log: 'Trainer log',
  },
};
