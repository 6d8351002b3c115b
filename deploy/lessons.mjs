// Runs the lessons one after the other on a service, and prints for each claim what is expected and what was measured.
//
//   node deploy/lessons.mjs ADDRESS [--quick] [--seeds N] [--only ID[,ID...]] [--table FILE]
//
// A lesson that cannot be run is reported, and the others go on. FILE gets a table of the claims; where it has the lines "<!-- measured -->" and
// "<!-- /measured -->", only what is between them is replaced.
//
// Exit status: 0 if every claim holds, 1 if one does not, 2 if a lesson could not be run.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';

const usage = 'Usage: ./run.sh lessons [--quick] [--seeds N] [--only ID[,ID...]] [--table FILE]';
const { values: options, positionals } = readArguments();

function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        seeds: { type: 'string', default: '1' },
        only: { type: 'string' },
        table: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (read.values.help) {
      console.log(usage);
      process.exit(0);
    }
    return read;
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

const api = `${positionals[0]}/api/v1`;
/** A lesson that takes longer is given up. */
const mostMinutes = 45;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function send(path, body) {
  const response = await fetch(`${api}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${answer.title} ${answer.detail ?? ''}`);
  }
  return answer;
}

async function waitUntilReady() {
  for (let tries = 0; ; tries++) {
    try {
      if ((await fetch(`${positionals[0]}/health/ready`)).ok) {
        return;
      }
    } catch {
      // Not listening yet.
    }
    if (tries === 600) {
      throw new Error(`The service at ${positionals[0]} is not ready.`);
    }
    await pause(200);
  }
}

const number = (value) => {
  if (value === null) {
    return '-';
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
};
const measured = ({ result, infinite }) => (infinite ? 'never' : number(result));

function bounds({ atLeast, atMost, tolerance }) {
  const within =
    atLeast != null && atMost != null
      ? atLeast === atMost
        ? `${number(atLeast)}`
        : `${number(atLeast)} to ${number(atMost)}`
      : atLeast != null
        ? `>= ${number(atLeast)}`
        : `<= ${number(atMost)}`;
  return tolerance ? `${within} +- ${number(tolerance)}` : within;
}

const verdicts = { holds: 'holds', does_not_hold: 'DOES NOT HOLD', not_measured: 'NOT MEASURED', pending: 'PENDING' };

async function outcomeOf(id, attempt) {
  const latest = Date.now() + mostMinutes * 60_000;
  for (;;) {
    const outcome = await send(`/lessons/${id}/outcome?attempt=${attempt}`);
    if (outcome.ended) {
      return outcome;
    }
    if (Date.now() > latest) {
      await cancel(outcome.attempt);
      throw new Error(`it has not ended after ${mostMinutes} minutes, and was cancelled`);
    }
    await pause(outcome.attempt.studies.length > 0 ? 2_000 : 300);
  }
}

/** What is left of an attempt would keep the next lesson waiting. */
async function cancel({ runs, studies }) {
  for (const path of [...runs.map(({ run }) => `/runs/${run}/cancel`), ...studies.map(({ study }) => `/studies/${study}/cancel`)]) {
    await send(path, {}).catch(() => undefined); // It has ended.
  }
}

/** One attempt at a lesson, until everything has ended. */
async function run(id, seed) {
  const started = Date.now();
  const { id: attempt } = await send(`/lessons/${id}/runs`, { seed, size: options.quick ? 'quick' : 'full' });
  const outcome = await outcomeOf(id, attempt);
  return { outcome, seconds: (Date.now() - started) / 1000 };
}

/** Why runs of an attempt failed, other than by diverging, which is a result: a dataset that is not there names itself and where to put it. */
async function failuresOf({ attempt }) {
  const runs = attempt.runs.filter(({ state }) => state === 'failed').map(({ run }) => run);
  for (const { study } of attempt.studies.filter(({ state }) => state === 'failed')) {
    const { items } = await send(`/studies/${study}/trials`);
    runs.push(...items.flatMap((trial) => trial.runs.filter(({ state }) => state === 'failed').map(({ id }) => id)).slice(0, 1));
  }
  const details = await Promise.all(runs.map((run) => send(`/runs/${run}`)));
  return [...new Set(details.map(({ failure }) => failure).filter((failure) => failure != null && failure.class !== 'diverged').map(({ message }) => message))];
}

/** Hands in the runs of all attempts, and opens the test set for them. */
async function handIn(id, attempts) {
  for (const { outcome } of attempts) {
    await send(`/lessons/${id}/hand-ins`, { run: outcome.attempt.runs[0].run });
  }
  await send(`/lessons/${id}/open-test`, {});
  for (const attempt of attempts) {
    attempt.outcome = await outcomeOf(id, attempt.outcome.attempt.id);
  }
}

/** Prints what came of a lesson, and returns the rows of the table. */
function report({ id, expected }, attempts) {
  const claims = expected.filter(({ id: claim }) => attempts[0].outcome.claims.some((one) => one.claim === claim));
  const rows = claims.map((claim) => {
    const outcomes = attempts.map(({ outcome }) => outcome.claims.find((one) => one.claim === claim.id));
    const worst = outcomes.find(({ verdict }) => verdict !== 'holds')?.verdict ?? 'holds';
    const numbers = outcomes.map(measured).join(', ');
    console.log(`${`${id}/${claim.id}`.padEnd(46)} expected ${bounds(claim).padEnd(18)} measured ${numbers.padEnd(26)} ${verdicts[worst]}`);
    return { verdict: worst, cells: [id, claim.text.en, bounds(claim), numbers, verdicts[worst].toLowerCase()] };
  });
  console.log(`${id.padEnd(46)} ${attempts.map(({ seconds }) => seconds.toFixed(1)).join(' s, ')} s`);
  return rows;
}

const [begin, end] = ['<!-- measured -->', '<!-- /measured -->'];

function writeTable(file, rows, total) {
  const [cpu] = cpus();
  const size = options.quick ? 'The small size' : 'The full size';
  const table = [
    begin,
    `${size}, ${seeds.length === 1 ? 'seed 1' : `seeds 1 to ${seeds.length}`}, on ${availableParallelism()} cores (${cpu?.model.trim()}), ${new Date().toISOString().slice(0, 10)}: ${total}.`,
    '',
    '| lesson | claim | expected | measured | verdict |',
    '|---|---|---|---|---|',
    ...rows.map(({ cells }) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    end,
  ].join('\n');
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [from, to] = [known.indexOf(begin), known.indexOf(end)];
  writeFileSync(file, from >= 0 && to > from ? known.slice(0, from) + table + known.slice(to + end.length) : `${table}\n`);
}

await waitUntilReady();
const started = Date.now();
const all = (await send('/lessons')).items.map(({ id }) => id);
const only = options.only?.split(',') ?? all;
const unknown = only.filter((id) => !all.includes(id));
if (unknown.length > 0) {
  console.error(`There is no lesson ${unknown.join(', ')}. Lessons: ${all.join(', ')}.`);
  process.exit(2);
}
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const rows = [];
const broken = [];
for (const id of all.filter((one) => only.includes(one))) {
  try {
    const detail = await send(`/lessons/${id}`);
    const attempts = [];
    for (const seed of seeds) {
      attempts.push(await run(id, seed));
      const failures = await failuresOf(attempts.at(-1).outcome);
      if (failures.length > 0) {
        throw new Error(failures.join(' '));
      }
    }
    if (detail.handIn) {
      await handIn(id, attempts);
    }
    rows.push(...report(detail, attempts));
  } catch (error) {
    broken.push(id);
    console.log(`${id.padEnd(46)} COULD NOT BE RUN: ${error.message}`);
  }
}
const holds = rows.filter(({ verdict }) => verdict === 'holds').length;
const total = `${holds} of ${rows.length} claims of ${only.length - broken.length} lessons hold${broken.length > 0 ? `; could not be run: ${broken.join(', ')}` : ''}`;
console.log(`Total: ${total}, in ${((Date.now() - started) / 60_000).toFixed(1)} minutes.`);
if (options.table !== undefined) {
  writeTable(options.table, rows, total);
}
process.exitCode = broken.length > 0 ? 2 : holds < rows.length ? 1 : 0;
