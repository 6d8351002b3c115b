/** The cards of the templates. */
export const templates = {
  templates: {
    label: 'Templates',
    /** The template to start with; a duration follows. */
    start: (name: string, time: string) => `Train ${name} (${time})`,
    starting: 'Submitting…',
    startFailed: 'Could not start the run',
    terminal: 'From a terminal',
    example: 'an example, from the source folder',
    own: 'your own spec',
    time: (time: string) => `about ${time}`,
    accuracy: (accuracy: string) => `about ${accuracy} accuracy`,
    measuredOn:
      'Training time and validation accuracy of one run, measured on 2 cores of an AMD EPYC with bfloat16. Your machine may be faster or slower.',
    cards: {
      xor: {
        title: 'XOR',
        see: 'One hidden layer bends the boundary around four corners that no straight line separates.',
      },
      spiral: {
        title: 'Three spirals',
        see: 'The decision boundary winds itself around three arms, epoch by epoch.',
      },
      'first-run': {
        title: 'Shapes, small CNN',
        see: 'Two convolution blocks learn ten drawn shapes. Needs no files.',
      },
      'deep-sigmoid': {
        title: 'Vanishing gradient',
        see: 'Five sigmoid layers learn nothing. The diagnosis says why, and offers the fix.',
      },
      'shapes-mlp': {
        title: 'Shapes, dense layers',
        see: 'The same images without convolutions: more parameters, lower accuracy.',
      },
      quickstart: {
        title: 'Fashion-MNIST, small CNN',
        see: 'Three blocks with batch norm tell ten kinds of clothes apart.',
      },
      'fashion-mnist-short': {
        title: 'Fashion-MNIST in a hurry',
        see: 'A small CNN with Muon and a falling learning rate: ninety percent in two epochs.',
      },
      'assignment-cifar10-short': {
        title: 'CIFAR-10 in a hurry',
        see: 'A VGG-style CNN at half width, with Muon and two epochs.',
      },
      'assignment-fashion-mnist': {
        title: 'Fashion-MNIST, VGG style',
        see: 'Seven convolutions, flips and a falling learning rate get the last percent.',
      },
      'assignment-cifar10': {
        title: 'CIFAR-10, VGG style',
        see: 'Photographs of animals and vehicles: augmentation, cosine schedule, six epochs.',
      },
    },
  },
};
