/** What a run of a template reached. */
export interface Measured {
  /** Seconds from the first step to the end, validation included. */
  readonly seconds: number;
  /** Accuracy on the validation samples after the last epoch, 0 to 1. */
  readonly accuracy: number;
}

/**
 * One run of each example, seed 1, two threads, on two cores of an AMD EPYC with AVX-512 bfloat16, as in bench/assignment/README.md. A machine
 * without bfloat16 needs several times as long for the convolutional networks.
 */
export const measured = {
  xor: { seconds: 0.5, accuracy: 1 },
  spiral: { seconds: 1, accuracy: 0.967 },
  'first-run': { seconds: 4, accuracy: 0.905 },
  'deep-sigmoid': { seconds: 1, accuracy: 0.1 },
  'shapes-mlp': { seconds: 3, accuracy: 0.69 },
  'fashion-mnist-short': { seconds: 11, accuracy: 0.902 },
  quickstart: { seconds: 20, accuracy: 0.904 },
  'assignment-cifar10-short': { seconds: 14, accuracy: 0.705 },
  'assignment-fashion-mnist': { seconds: 100, accuracy: 0.936 },
  'assignment-cifar10': { seconds: 113, accuracy: 0.852 },
} as const satisfies Record<string, Measured>;
