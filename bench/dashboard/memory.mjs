#!/usr/bin/env node
// Memory of open pages while events arrive, against a service that is running: the list, a live run and a comparison stay open while runs of many
// epochs follow each other.
//
//   node bench/dashboard/memory.mjs http://127.0.0.1:5080 [minutes]
//
// A run of XOR has as many events in a minute as a run of images in an hour. The heap is read after a full collection, at the same moment of each run: when
// it has ended. The page of the last run is always the one that is open, so each reading has the same to show.
import { launch } from './chromium.mjs';

const address = process.argv[2] ?? 'http://127.0.0.1:5080';
const minutes = Number(process.argv[3] ?? 10);
const epochs = 2_000;

async function submit(number) {
  const response = await fetch(`${address}/api/v1/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: `memory ${number}`, experiment: 'memory', seed: number, data: { dataset: 'xor' }, model: { kind: 'mlp', dense: [8] }, training: { epochs, batchSize: 32 },
    }),
  });
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return (await response.json()).id;
}

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const open = async (path) => {
  const page = await context.newPage();
  await page.goto(address + path);
  const session = await context.newCDPSession(page);
  return {
    page,
    heap: async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
    },
  };
};

const first = await submit(0);
const list = await open('/');
const compared = await open(`/compare?run=${first}`);
const run = await open(`/runs/${first}`);
let events = 0;
console.log('minute  events  list MB  run MB  comparison MB');
const begin = Date.now();
for (let number = 1, id = first; Date.now() - begin < minutes * 60_000; number++) {
  for (;;) {
    const state = await (await fetch(`${address}/api/v1/runs/${id}`)).json();
    if (['succeeded', 'failed', 'cancelled', 'diverged'].includes(state.state)) {
      events += state.lastSeq;
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  // The pages draw what came last.
  await run.page.waitForTimeout(3_000);
  const heaps = [await list.heap(), await run.heap(), await compared.heap()];
  console.log(`${((Date.now() - begin) / 60_000).toFixed(1).padStart(6)} ${String(events).padStart(7)} ${heaps.map((heap) => heap.toFixed(1).padStart(7)).join(' ')}`);
  id = await submit(number);
  await run.page.locator('body').evaluate((_, path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }, `/runs/${id}`);
  await compared.page.locator('body').evaluate((_, path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }, `/compare?run=${id}`);
}
await browser.close();
