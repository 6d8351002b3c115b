import { text } from './text';

const integers = new Intl.NumberFormat(text.locale, { maximumFractionDigits: 0 });
// 120K and 3.58M in every language: the field writes them so.
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const significant = new Intl.NumberFormat(text.locale, { maximumSignificantDigits: 4, minimumSignificantDigits: 4 });
const percents = new Intl.NumberFormat(text.locale, {
  style: 'percent',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const wholePercents = new Intl.NumberFormat(text.locale, { style: 'percent', maximumFractionDigits: 0 });
const dateTimes = new Intl.DateTimeFormat(text.locale, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const times = new Intl.DateTimeFormat(text.locale, { timeStyle: 'medium', hourCycle: 'h23' });
const relative = new Intl.RelativeTimeFormat(text.locale, { numeric: 'auto', style: 'short' });

type Maybe = number | null | undefined;
/** A value, or a dash without one. */
export const orNone = (value: Maybe, format: (known: number) => string): string =>
  value === null || value === undefined ? text.units.none : format(value);

/** 12,345. */
export const integer = (value: Maybe): string => orNone(value, (known) => integers.format(known));

/** The progress of a run: 5 epochs, epoch 3 of 5. */
export const epochOf = ({ epoch, epochs }: { epoch: number; epochs: number }): string =>
  epoch === 0
    ? text.runs.epochs(epochs, integers.format(epochs))
    : text.runs.epochOf(integers.format(epoch), integers.format(epochs));

/** 1.23M. */
export const short = (value: Maybe): string => orNone(value, (known) => compact.format(known));

/** A loss: four significant digits, in scientific notation when very small or very large. */
export const loss = (value: Maybe): string =>
  orNone(value, (known) =>
    known !== 0 && (Math.abs(known) < 1e-3 || Math.abs(known) >= 1e6)
      ? known.toExponential(2).replace('e+', 'e')
      : significant.format(known),
  );

/** 0.91234 as 91.23%. */
export const percent = (value: Maybe): string => orNone(value, (known) => percents.format(known));

/** 0.0512 as +5.12%. */
export const signedPercent = (value: number): string => `${value > 0 ? '+' : ''}${percents.format(value)}`;

/** A difference with its sign: +0.1234. */
export const signed = (value: number, format: (value: number) => string): string =>
  `${value > 0 ? '+' : ''}${format(value)}`;

/** 0.91234 as 91%. */
export const wholePercent = (value: Maybe): string => orNone(value, (known) => wholePercents.format(known));

const scientific = (value: number, digits: number): string => {
  const rounded = Number(value.toPrecision(digits));
  return rounded !== 0 && (Math.abs(rounded) < 2e-5 || Math.abs(rounded) >= 1e6)
    ? rounded.toExponential().replace('e+', 'e')
    : String(rounded);
};

/** Three significant digits: 0.459, 0.00025, 1.2e-5, 3e23. */
export const brief = (value: number): string => scientific(value, 3);

/** A tick: 0.5, 2.304, 1.2e-5, 3e23. Scientific notation only where it is shorter. */
export const tick = (value: number): string => scientific(value, 6);

/** A percentage tick: 80%, 99.5%. */
export const percentTick = (value: number): string => `${Number((value * 100).toPrecision(6))}%`;

/** Seconds as 35 ms, 4.2 s, 3 min 20 s, 2 h 5 min, 3 d 4 h. */
export const duration = (seconds: Maybe): string =>
  orNone(seconds, (known) => {
    const { units } = text;
    if (known > 0 && known < 0.0995) {
      return units.milliseconds(Math.max(1, Math.round(known * 1000)));
    }
    if (known < 9.95) {
      return units.seconds(known.toFixed(1));
    }
    const whole = Math.round(known);
    if (whole < 60) {
      return units.seconds(String(whole));
    }
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) {
      return whole % 60 === 0
        ? units.minutes(minutes)
        : `${units.minutes(minutes)} ${units.seconds(String(whole % 60))}`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 24
      ? `${units.hours(hours)} ${units.minutes(minutes % 60)}`
      : `${units.days(Math.floor(hours / 24))} ${units.hours(hours % 24)}`;
  });

/** Power of 1,000 of a value, of the powers that have a unit. */
const powerOf = (value: number, units: readonly string[]): number =>
  value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);

/** Floating-point operations: 65 GFLOP, 1.3 EFLOP. */
export const flop = (operations: number): string => {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z'];
  const power = powerOf(operations, prefixes);
  return `${brief(operations / 1000 ** power)} ${prefixes[power]}FLOP`;
};

/** Bytes as 12 kB, 3.4 MB. */
export const bytes = (value: Maybe): string =>
  orNone(value, (known) => {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const power = powerOf(known, units);
    return `${(known / 1000 ** power).toLocaleString(text.locale, { maximumSignificantDigits: 3 })} ${units[power]}`;
  });

export const dateTime = (instant: string): string => dateTimes.format(new Date(instant));
export const time = (instant: string): string => times.format(new Date(instant));

/** A relative time: 3 min. ago. */
export function ago(instant: string, now: number): string {
  const seconds = (now - new Date(instant).getTime()) / 1000;
  if (seconds < 45) {
    return text.units.justNow;
  }
  const minutes = seconds / 60;
  if (minutes < 60) {
    return relative.format(-Math.round(minutes), 'minute');
  }
  return minutes < 60 * 24
    ? relative.format(-Math.round(minutes / 60), 'hour')
    : relative.format(-Math.round(minutes / 1440), 'day');
}

/** A shape as 32 × 14 × 14. */
export const shape = (sides: readonly number[]): string => sides.map((side) => integers.format(side)).join(' × ');
