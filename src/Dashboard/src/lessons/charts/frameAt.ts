/** The frame of an epoch, or the last one before it; the first one if there is none. Frames are ascending. */
export function frameAt<Frame extends { readonly epoch: number }>(
  frames: readonly Frame[],
  epoch: number,
): Frame | undefined {
  return frames.findLast((frame) => frame.epoch <= epoch) ?? frames[0];
}
