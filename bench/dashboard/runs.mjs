#!/usr/bin/env node
// The first view of the run list, and its frames while a user scrolls through many runs, against a service that is running.
//
//   node bench/dashboard/runs.mjs http://127.0.0.1:5080 [seconds of scrolling]
//
// The first view is taken with an empty browser cache: from the start of the navigation to the first frame that shows a run (or the welcome of an empty store).
import { frameSummary, frameTimes, launch } from './chromium.mjs';

const address = process.argv[2] ?? 'http://127.0.0.1:5080';
const seconds = Number(process.argv[3] ?? 10);
const views = 7;
const wheelMilliseconds = 16;
const wheelPixels = 600;

const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await launch();

const seen = [];
const painted = [];
for (let view = 0; view < views; view++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const watch = new MutationObserver(() => {
      if (document.querySelector('tr[data-run], .welcome') !== null) {
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.firstRun = performance.now(); }));
      }
    });
    watch.observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${address}/runs`);
  await page.waitForFunction(() => window.firstRun !== undefined);
  seen.push(await page.evaluate(() => window.firstRun));
  painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN));
  await context.close();
}
console.log(`first view, empty cache, ${views} times: runs shown after ${middle(seen).toFixed(0)} ms (longest ${Math.max(...seen).toFixed(0)}), first content after ${middle(painted).toFixed(0)} ms`);

const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`${address}/runs`);
await page.waitForSelector('tr[data-run]');
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
const cost = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
const highest = () => page.evaluate(() => Math.max(...Array.from(document.querySelectorAll('tr[data-index]'), (row) => Number(row.dataset.index))));

await page.mouse.move(640, 600);
const costBefore = await cost();
const frames = frameTimes(page, seconds * 1000);
for (const end = Date.now() + seconds * 1000 - 200; Date.now() < end;) {
  await page.mouse.wheel(0, wheelPixels);
  await page.waitForTimeout(wheelMilliseconds);
}
const times = await frames;
console.log(`scrolling ${seconds} s: ${frameSummary(times)}; ${(((await cost()) - costBefore) * 1000 / times.length).toFixed(1)} ms of the page's thread a frame; row ${await highest()} in sight at the end`);
await browser.close();
