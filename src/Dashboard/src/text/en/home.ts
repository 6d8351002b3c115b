/** The home page. */
export const home = {
  home: {
    title: 'Train a neural network and watch it learn',
    text: 'Trainyard trains neural networks on your own machine, shows live whether they learn, explains why when they do not, and compares the results.',
    newRun: 'New run',
    compare: 'Compare runs',
    startNote: 'One click: two inputs, one hidden layer, and the decision boundary that it learns.',
    running: 'In progress',
    more: (count: string) => `${count} more`,
    latest: 'Latest runs',
    all: 'All runs',
    latestLabel: 'Latest runs',
    errorTitle: 'Could not load the runs',
    loading: 'Loading the latest runs',
    experiments: 'Experiments',
    runs: (count: string, isOne: boolean) => (isOne ? '1 run' : `${count} runs`),
    best: (accuracy: string) => `best ${accuracy}`,
    left: (time: string) => `${time} left`,
    templates: 'Templates',
    templatesFirst: 'Or start from a template',
  },
};
