// Runs the lessons one after the other on a service, and prints for each claim what is expected and what was measured.
//
//   node deploy/lessons.mjs ADDRESS [--quick] [--seeds N] [--only ID[,ID...]] [--table FILE]
//
// Exit status: 0 if every claim holds, 1 if one does not, 2 if a lesson could not be run.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1' },
    only: { type: 'string' },
    table: { type: 'string' },
  },
});
const api = `${positionals[0]}/api/v1`;
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
  for (;;) {
    const outcome = await send(`/lessons/${id}/outcome?attempt=${attempt}`);
    if (outcome.ended) {
      return outcome;
    }
    await pause(300);
  }
}

/** One attempt at a lesson, until everything has ended. */
async function run(id, seed) {
  const started = Date.now();
  const { id: attempt } = await send(`/lessons/${id}/runs`, { seed, size: options.quick ? 'quick' : 'full' });
  const outcome = await outcomeOf(id, attempt);
  return { outcome, seconds: (Date.now() - started) / 1000 };
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

await waitUntilReady();
const only = options.only?.split(',');
const lessons = (await send('/lessons')).items.filter(({ id }) => only === undefined || only.includes(id));
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const rows = [];
let status = 0;
for (const { id } of lessons) {
  const detail = await send(`/lessons/${id}`);
  const attempts = [];
  try {
    for (const seed of seeds) {
      attempts.push(await run(id, seed));
    }
    if (detail.handIn) {
      await handIn(id, attempts);
    }
  } catch (error) {
    console.error(`${id}: ${error.message}`);
    status = 2;
    continue;
  }
  const claims = detail.expected.filter(({ id: claim }) => attempts[0].outcome.claims.some((one) => one.claim === claim));
  for (const claim of claims) {
    const outcomes = attempts.map(({ outcome }) => outcome.claims.find((one) => one.claim === claim.id));
    const worst = outcomes.find(({ verdict }) => verdict !== 'holds')?.verdict ?? 'holds';
    status = worst === 'holds' ? status : Math.max(status, 1);
    const numbers = outcomes.map(measured).join(', ');
    console.log(`${`${id}/${claim.id}`.padEnd(46)} expected ${bounds(claim).padEnd(18)} measured ${numbers.padEnd(26)} ${verdicts[worst]}`);
    rows.push([id, claim.text.en, bounds(claim), numbers, verdicts[worst].toLowerCase()]);
  }
  const seconds = attempts.map((one) => one.seconds);
  console.log(`${id.padEnd(46)} ${seconds.map((one) => one.toFixed(1)).join(' s, ')} s`);
}
if (options.table !== undefined) {
  const lines = rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  writeFileSync(options.table, ['| lesson | claim | expected | measured | verdict |', '|---|---|---|---|---|', ...lines, ''].join('\n'));
}
process.exitCode = status;
