#!/usr/bin/env node
// Frame times of the comparison page in Chromium: 20 runs of 10,000 epochs, while events of all 20 arrive four times a second.
//
//   npm run build --prefix src/Dashboard                     the page as it is served
//   dotnet build tests/EndToEnd.Tests -c Release             brings the browser's driver
//   node bench/dashboard/frames.mjs [seconds]
//
// The page, its bundles and its live connection are the real ones; the service behind them is synthetic: it answers as the service
// does, in buckets of as many points as the page requests, or (second case) with all 10,000 points of each curve.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { frameSummary, frameTimes, launch, root } from './chromium.mjs';

const pages = join(root, 'src/Service/wwwroot');
if (!existsSync(join(pages, 'index.html'))) {
  console.error('Build the dashboard first; see the header of this file.');
  process.exit(1);
}

const seconds = Number(process.argv[2] ?? 20);
const runCount = 20;
const epochs = 10_000;
const batchMilliseconds = 250;
const metrics = ['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second'];
const ids = Array.from({ length: runCount }, (_, index) => `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`);

/** A noisy curve that levels off; the noise is a hash, so every run of this program draws the same. */
function value(run, metric, epoch) {
  const hash = Math.sin(run * 374.761 + epoch * 668.265 + metric.length * 7) * 43758.5453;
  const progress = 1 - Math.exp(-epoch / (800 + run * 60));
  const noise = (hash - Math.floor(hash) - 0.5) * 0.04;
  return metric.endsWith('_loss') ? 2.3 - 2 * progress + noise : metric.endsWith('_accuracy') ? 0.1 + 0.8 * progress + noise : 0.01;
}

const summary = (run, epoch, seq) => ({
  id: ids[run], name: `run ${run + 1}`, experiment: 'bench', state: 'running', queue: 'cpu', seed: run, dataset: 'shapes', model: 'cnn',
  optimizer: 'adam', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', startedAt: '2026-01-01T00:00:00Z', finishedAt: null,
  attempt: 1, worker: 'bench', cancelRequested: false, failure: null, epochs: 2 * epochs, epoch, step: epoch * 10, totalSteps: 20 * epochs,
  progress: epoch / epochs / 2, trainLoss: value(run, 'train_loss', epoch), trainAccuracy: value(run, 'train_accuracy', epoch),
  validationLoss: value(run, 'validation_loss', epoch), validationAccuracy: value(run, 'validation_accuracy', epoch), bestValidationAccuracy: 0.9,
  bestEpoch: 1, trend: [], diagnosis: { problems: 0, warnings: 0, infos: 0, rules: [] }, learningRate: 0.001 * (run + 1), imagesPerSecond: 1000,
  elapsedSeconds: epoch, remainingSeconds: 100, tags: [], parentId: null, archivedAt: null, createdBy: null, studyId: null, trial: null, values: null, lastSeq: seq,
});

function comparison(points, wanted) {
  const width = Math.max(1, Math.ceil(epochs / points));
  const epochsShown = Array.from({ length: Math.ceil(epochs / width) }, (_, index) => Math.min((index + 1) * width, epochs));
  const each = ids.map((_, run) => run);
  return {
    runs: each.map((run) => summary(run, epochs, 1)),
    differences: [{ pointer: '/training/optimizer/learningRate', label: 'optimizer learning rate', replicate: false, values: Object.fromEntries(ids.map((id, run) => [id, 0.001 * (run + 1)])) }],
    groups: ids.map((id, run) => ({ key: id.slice(-12), label: `learning rate ${0.001 * (run + 1)}`, runs: [id] })),
    metrics: metrics.slice(0, 4).map((metric) => ({
      metric, goal: metric.endsWith('_loss') ? 'min' : 'max', perGroup: [],
      perRun: each.map((run) => ({ run: ids[run], best: value(run, metric, epochs), bestEpoch: epochs, latest: value(run, metric, epochs) })),
    })),
    curves: metrics.filter((metric) => wanted.includes(metric)).flatMap((metric) => each.map((run) => ({
      metric, run: ids[run],
      points: epochsShown.map((epoch) => ({ epoch, step: epoch * 10, value: value(run, metric, epoch), seconds: epoch, min: null, max: null })),
    }))),
    bands: [], comparability: [], conclusion: null,
  };
}

/** The service: files, the comparison, and a hub over server-sent events that sends a batch of all runs four times a second. */
function serve(isRaw) {
  let stream;
  let sent = 0;
  let timer;
  const send = (message) => stream?.write(`data: ${JSON.stringify(message)}\u001e\r\n\r\n`);
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://bench');
    const json = (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (url.pathname === '/api/v1/compare') {
      json(comparison(isRaw ? epochs : Number(url.searchParams.get('points') ?? 500), url.searchParams.getAll('metric')));
    } else if (url.pathname === '/hubs/runs/negotiate') {
      json({ negotiateVersion: 1, connectionId: 'b', connectionToken: 'b', availableTransports: [{ transport: 'ServerSentEvents', transferFormats: ['Text'] }] });
    } else if (url.pathname === '/hubs/runs' && request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      response.write(':\r\n\r\n');
      stream = response;
    } else if (url.pathname === '/hubs/runs') {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => {
        response.writeHead(200).end();
        for (const text of body.split('\u001e').filter(Boolean)) {
          const message = JSON.parse(text);
          if (message.protocol !== undefined) {
            send({});
          } else if (message.target === 'WatchRunChanges') {
            clearInterval(timer);
            timer = setInterval(() => {
              sent++;
              send({ type: 2, invocationId: message.invocationId, item: { changed: ids.map((_, run) => summary(run, epochs + sent, 1 + sent)), deleted: [], missed: false } });
            }, batchMilliseconds);
          }
        }
      });
    } else if (url.pathname.startsWith('/api/')) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    } else {
      const file = join(pages, extname(url.pathname) === '' ? 'index.html' : url.pathname);
      response.writeHead(existsSync(file) ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      createReadStream(file).on('error', () => response.end()).pipe(response);
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({ server, sent: () => sent, stop: () => { clearInterval(timer); server.closeAllConnections(); server.close(); } })));
}

async function measure(browser, name, isRaw, isPointing) {
  const service = await serve(isRaw);
  const page = await browser.newPage({ baseURL: `http://127.0.0.1:${service.server.address().port}`, viewport: { width: 1280, height: 900 } });
  await page.goto(`/compare?${ids.map((id) => `run=${id}`).join('&')}`);
  const canvas = page.locator('.curves-area canvas').first();
  await canvas.waitFor({ timeout: 60_000 });
  await page.waitForSelector('[data-status=live]');
  await page.waitForTimeout(3_000);
  // Thread time, not wall time: what the page costs on any machine, however busy this one is.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const cost = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name: metric }) => metric === 'TaskDuration').value;
  const costBefore = await cost();
  const before = service.sent();
  const frames = frameTimes(page, seconds * 1000);
  if (isPointing) {
    const box = await canvas.boundingBox();
    for (let step = 0, end = Date.now() + seconds * 1000 - 500; Date.now() < end; step++) {
      await page.mouse.move(box.x + 80 + ((step * 7) % (box.width - 120)), box.y + box.height / 2);
      await page.waitForTimeout(50);
    }
  }
  const times = await frames;
  const batches = service.sent() - before;
  const perBatch = ((await cost()) - costBefore) * 1000 / batches;
  console.log(`${name}: ${frameSummary(times)}; ${batches} batches of ${runCount} runs, ${perBatch.toFixed(1)} ms of the page's thread for each`);
  await page.close();
  service.stop();
}

const browser = await launch();
console.log(`${seconds} s each`);
await measure(browser, 'as asked for', false, false);
await measure(browser, 'as asked for, pointer moving', false, true);
await measure(browser, 'all 10,000 points', true, false);
await browser.close();
