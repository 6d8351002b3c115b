// Waits for the service; on an empty store submits the quickstart and shows its progress until it ends.
//
//   node deploy/quickstart.mjs ADDRESS SPEC SERVICE_PID SERVICE_LOG

import { existsSync, readFileSync } from 'node:fs';

const [address, specFile, servicePid, log] = process.argv.slice(2);
const api = `${address}/api/v1`;
const live = process.stdout.isTTY;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function serviceIsAlive() {
  try {
    process.kill(Number(servicePid), 0);
    return true;
  } catch {
    return false;
  }
}

function giveUp(message) {
  console.error(`\n${message}`);
  if (existsSync(log)) {
    console.error(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n'));
  }
  process.exit(1);
}

async function waitUntilReady() {
  for (;;) {
    if (!serviceIsAlive()) {
      giveUp(`The service ended while it was starting. The end of ${log}:`);
    }
    try {
      if ((await fetch(`${address}/health/ready`)).ok) {
        return;
      }
      const { trainer } = await get('/system');
      if (trainer?.reason) {
        process.kill(Number(servicePid), 'SIGTERM');
        console.error(`\nThe trainer cannot be started, so no run would be trained: ${trainer.reason}`);
        process.exit(1);
      }
    } catch {
      // Not listening yet, or the database is not ready.
    }
    await pause(100);
  }
}

async function get(path) {
  const response = await fetch(`${api}${path}`);
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.json();
}

async function submit() {
  const response = await fetch(`${api}/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: readFileSync(specFile),
  });
  const body = await response.json();
  if (!response.ok) {
    console.error(`${specFile} was refused: ${body.title}`);
    for (const finding of body.findings ?? []) {
      console.error(`  ${finding.pointer}: ${finding.message} ${finding.fix}`);
    }
    process.exit(1);
  }
  return body;
}

const percent = (share) => (share == null ? '-' : `${(100 * share).toFixed(1)} %`);
const duration = (seconds) => {
  if (seconds == null) {
    return '-';
  }
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

function describe(run) {
  return [
    run.state.padEnd(9),
    `epoch ${run.epoch}/${run.epochs}`,
    `${Math.floor(100 * (run.progress ?? 0))} %`.padStart(5),
    `loss ${run.trainLoss == null ? '-' : run.trainLoss.toFixed(3)}`,
    `validation accuracy ${percent(run.validationAccuracy)}`,
    `${run.imagesPerSecond == null ? '-' : Math.round(run.imagesPerSecond).toLocaleString('en')} images/s`,
    `time left ${duration(run.remainingSeconds)}`,
  ].join('  ');
}

async function watch(id) {
  let shown = '';
  let epoch = -1;
  for (;;) {
    let run;
    try {
      run = await get(`/runs/${id}`);
    } catch {
      if (!serviceIsAlive()) {
        return null;
      }
      await pause(500);
      continue;
    }
    const line = describe(run);
    const ended = ['succeeded', 'failed', 'cancelled'].includes(run.state);
    if (live) {
      process.stdout.write(`\r${line.padEnd(shown.length)}`);
    } else if (run.epoch !== epoch || ended) {
      console.log(line);
    }
    shown = line;
    epoch = run.epoch;
    if (ended) {
      if (live) {
        process.stdout.write('\n');
      }
      return run;
    }
    await pause(250);
  }
}

await waitUntilReady();
console.log(`Trainyard is ready: ${address}  (log: ${log})`);
const { items } = await get('/runs?limit=1');
if (items.length === 0) {
  const submitted = await submit();
  console.log(`The store is empty, so ${specFile} was submitted. Watch it live: ${address}/runs/${submitted.id}`);
  const run = await watch(submitted.id);
  if (run?.state === 'succeeded') {
    console.log(`Done: best validation accuracy ${percent(run.bestValidationAccuracy)} in ${duration(run.elapsedSeconds)} of training.`);
  } else if (run) {
    console.log(`The run ${run.state}${run.failure ? `: ${run.failure.message}` : ''}.`);
  }
}
console.log(`Serving on ${address}  (Swagger: ${address}/swagger). Ctrl-C ends it.`);
