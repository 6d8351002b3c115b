interface Difference {
  readonly difference: number;
  readonly halfWidth: number;
}

/** A difference with its error, 2.1 ± 0.4: the error has one digit, or two when it starts with 1; the difference has as many decimals. */
export function differenceText({ difference, halfWidth }: Difference, isShare: boolean): string {
  const scale = isShare ? 100 : 1;
  const [amount, error] = [Math.abs(difference) * scale, halfWidth * scale];
  const leading = error > 0 ? error : amount;
  const digits = leading > 0 ? Math.min(Math.max(-Math.floor(Math.log10(leading / 2)), 0), 9) : 0;
  return `${amount.toFixed(digits)} ± ${error.toFixed(digits)}`;
}
