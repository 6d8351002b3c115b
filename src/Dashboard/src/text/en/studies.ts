import { verdict } from './verdict';

/** Studies: search and comparison over seeds. */
export const studies = {
  studies: {
    title: 'Studies',
    errorTitle: 'Could not load the studies',
    notFoundTitle: 'Study not found',
    notFoundText: 'It does not exist or was deleted.',
    back: 'All studies',
    deletedTitle: 'This study was deleted',
    deletedText: 'This is its last known state. Its runs are gone, so no action is available.',
    trialsError: 'Could not load the trials',
    loading: 'Loading the study',
    older: 'Show older studies',
    more: 'More actions',
    welcome: {
      title: 'Many runs, one answer',
      text: 'A study varies settings of a spec: a grid, random points, or a search that learns from its results. It repeats each trial with several seeds if wanted, stops bad trials early, and says which setting is better and how sure that is. Selection uses the validation split; the test set stays closed until a trial is chosen.',
      copy: 'Copy the command',
    },
    columns: {
      name: 'Name',
      state: 'State',
      method: 'Method',
      trials: 'Trials',
      seeds: 'Seeds',
      best: 'Best',
      setting: 'Setting of the best',
      created: 'Created',
      curve: 'Curve',
      findings: 'Diagnosis',
      runs: 'Runs',
    },
    states: {
      running: 'Running',
      paused: 'Paused',
      stopping: 'Stopping',
      cancelling: 'Cancelling',
      completed: 'Completed',
      stopped: 'Stopped',
      cancelled: 'Cancelled',
      failed: 'Failed',
      infeasible: 'Invalid',
    },
    methods: { grid: 'Grid', random: 'Random', quasi_random: 'Quasi-random', tpe: 'TPE' },
    rules: { asha: 'ASHA', successive_halving: 'Successive halving', median: 'Median stopping' },
    about: (method: string, seeds: string, parallelism: string, created: string) =>
      `${method} · seeds per trial: ${seeds} · trials at a time: ${parallelism} · ${created} ·`,
    runs: 'All runs of the study',
    seed: (seed: number) => `seed ${seed}`,
    curveOf: (number: number) => `Curve of trial ${number}`,
    progress: 'Trials that have ended',
    waits: 'The limit of your queued runs is reached; the study goes on when there is room.',
    budget: {
      seconds: 'The budget of training time is used up; no further trial starts. Extend the study to continue.',
      flops:
        'The budget of floating-point operations is used up; no further trial starts. Extend the study to continue.',
    },
    change: 'Change…',
    changeTitle: 'Start a new study from this one',
    settingsOf: (trial: number) => `Use the settings of trial ${trial}`,
    takeSettings: 'Use settings',
    compareRuns: 'Compare all runs',
    newStudy: 'New study',
    failedText: 'No trial could be trained.',
    actionFailed: 'Action failed:',
    actions: {
      pause: 'Pause',
      resume: 'Resume',
      stop: 'Stop',
      extend: 'Extend',
      cancel: 'Cancel study',
      delete: 'Delete',
    },
    confirm: {
      cancel: {
        title: 'Cancel the study?',
        text: (best: string) =>
          `Its runs are cancelled. The best so far is ${best}. To let running trials end, stop it instead.`,
      },
      delete: {
        title: 'Delete the study?',
        text: (best: string) =>
          `The study and all its runs with their files are deleted permanently, the best (${best}) too.`,
      },
    },
    edit: { open: 'Edit name and notes', title: 'Name and notes', notes: 'Notes', confirm: 'Save' },
    extend: {
      title: 'Extend the study',
      label: 'Total trials',
      help: (from: number, to: number) => `Greater than the current ${from}, at most ${to}.`,
      confirm: 'Extend',
    },
    figures: {
      label: 'Key figures',
      best: (metric: string) => `Best ${metric.toLowerCase()}`,
      trials: 'Trials',
      time: 'Training time',
      flops: (flops: string) => `${flops} FLOPs`,
      looks: 'Test set opened',
      unopened: 'not yet',
      opened: (times: number): string => (times === 1 ? 'time' : 'times'),
    },
    counts: (counts: {
      running: number;
      paused: number;
      completed: number;
      stopped: number;
      failed: number;
      infeasible: number;
    }): string =>
      [
        [counts.running, 'running'],
        [counts.paused, 'at a rung'],
        [counts.stopped, 'stopped early'],
        [counts.failed, 'failed'],
        [counts.infeasible, 'invalid'],
      ]
        .filter(([count]) => count !== 0)
        .map(([count, name]) => `${count} ${name}`)
        .join(', '),
    verdict,
    bestOf: (metric: string, value: string, setting: string, number: number) =>
      `Best ${metric.toLowerCase()}: ${value} by trial ${number} (${setting}).`,
    soFar: 'So far; trials are still in training.',
    oneSeed: 'One seed per trial: small differences may be chance.',
    trials: {
      title: 'Trials',
      bestFirst: 'Best first',
      inOrder: 'In order',
      all: (count: number) => `Show all ${count}`,
      fewer: 'Show fewer',
    },
    comparison: {
      title: 'Settings over seeds',
      note: 'Bar: 95% confidence interval of the mean. Dots: seeds. Differences are paired by seed where seeds are common, and corrected for the number of comparisons (Holm).',
      describe: (arms: number) => `Mean, confidence interval and seeds of ${arms} settings`,
      pair: 'Best – other',
      difference: 'Difference ± half width',
      seeds: 'Seeds',
      p: 'Adjusted p',
      decided: 'Distinguishable',
      yes: 'yes',
      no: 'no',
      needs: (seeds: number) => `no; about ${seeds} seeds would be needed`,
      points: (value: number) => `${value} points`,
    },
    curves: {
      ofSettings: 'Means and seeds by epoch',
      bandNote: 'Thick: the mean over seeds, with one standard deviation around it. Thin: the seeds.',
      epochOf: (epoch: number) => `Epoch ${epoch}`,
      title: 'Curves of all trials',
      withRungs: 'Rungs: curves of all trials',
      rungNote:
        'Dashed: the rungs, with the number of trials that reached each. Hollow: stopped there. The stronger the color, the better.',
      describe: (metric: string, trials: number) => `${metric} by epoch of ${trials} trials`,
      reached: (count: number) => (count === 1 ? '1 trial' : `${count} trials`),
      stoppedAt: (trial: number, epoch: number) => `#${trial}, stopped after epoch ${epoch}`,
      epoch: 'Epoch',
      trial: 'Trial',
      epochs: 'Epochs',
      last: 'Last value',
    },
    surface: {
      title: 'Two parameters',
      empty: 'Too few trials have both parameters.',
      note: 'Dots: trials. Between them, the mean of the trials around; empty where none is near.',
      trial: 'Trial',
    },
    slices: {
      title: 'Slices',
      note: 'Each trial over one parameter at a time. The stronger the color, the better.',
      trial: 'Trial',
    },
    importance: {
      title: 'Importance of the parameters',
      fanova: 'fANOVA',
      permutation: 'permutation',
      pairs: (pairs: string) => `Together: ${pairs}.`,
      note: (explained: string) => `The forest explains ${explained} of the variance of trials that it has not seen.`,
      weak: 'The forest predicts unseen trials badly: these importances mean little yet. More trials help.',
    },
    savings: {
      title: 'What early stopping would have saved',
      rule: 'Rule',
      epochs: 'Epochs trained',
      saved: 'Saved',
      best: 'Best trial',
      none: 'none would be completed',
      kept: (trial: number) => `#${trial}, kept`,
      lost: (trial: number, loss: string) => `#${trial}, worse by ${loss}`,
      note: 'Replayed over the stored curves, with the defaults of each rule.',
    },
    test: {
      title: 'Test set',
      unopened:
        'Not opened. Trials are chosen on the validation split; evaluate the test set once, for the chosen trial.',
      opened: (times: number) =>
        times === 1
          ? 'The test set was opened once.'
          : `The test set was opened ${times} times: each evaluation makes its scores less reliable.`,
      open: (trial: number) => `Evaluate trial ${trial}`,
      look: 'Evaluation',
      trial: 'Trial',
      accuracy: 'Test accuracy',
      loss: 'Test loss',
      by: 'Requested by',
      at: 'When',
      pending: 'pending',
      pendingOf: (count: number) => `${count} pending`,
      confirmTitle: 'Open the test set?',
      confirmText:
        'The evaluation is recorded. If you choose another trial after it, its test score is no longer an unbiased estimate.',
      confirm: 'Evaluate',
    },
  },
};
