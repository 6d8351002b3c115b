#!/usr/bin/env node
// A minute of playing in the playground, in Chromium against a service that is running: whether the page answers as fast at the end as at the beginning.
//
//   node bench/dashboard/playground.mjs http://127.0.0.1:5080 [seconds, 60] [address of the page, /playground?dataset=spiral&layers=8-8-6&speed=200]
//
// Each five seconds it presses Pause, then Step three times, and measures the time from the click until the page shows the answer. Fails where the answers, or the
// pauses between drawn frames, are more than twice as slow in the last quarter as in the first.
import { launch } from './chromium.mjs';

const address = process.argv[2] ?? 'http://127.0.0.1:5080';
const seconds = Number(process.argv[3] ?? 60);
const path = process.argv[4] ?? '/playground?dataset=spiral&layers=8-8-6&speed=200';
const roundMilliseconds = 5_000;
const rounds = Math.ceil((seconds * 1000) / roundMilliseconds);
const steps = 3;
// Differences below are not felt, and are the machine's.
const slackMilliseconds = 10;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(address + path);
await page.locator('.boundary').waitFor({ timeout: 60_000 });
const session = await page.context().newCDPSession(page);
const heap = async () => {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
};

// In the page, so that the browser's driver adds nothing: milliseconds from a click until a text is another one.
await page.evaluate(() => {
  window.answerTo = (button, shown) => new Promise((resolve) => {
    const before = shown.textContent;
    const start = performance.now();
    const watch = new MutationObserver(() => {
      if (shown.textContent !== before) {
        watch.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - start));
      }
    });
    watch.observe(shown, { subtree: true, childList: true, characterData: true });
    button.click();
  });
  window.buttons = () => [...document.querySelectorAll('.transport button')];
  window.frames = [];
  const picture = [...document.querySelectorAll('.network-picture image')].at(-1);
  new MutationObserver(() => window.frames.push(performance.now())).observe(picture, { attributes: true, attributeFilter: ['href'] });
});

const heapBefore = await heap();
const measured = [];
for (let round = 0; round < rounds; round++) {
  measured.push(await page.evaluate(async ([duration, count]) => {
    const [play, step] = window.buttons();
    await window.answerTo(play, play);
    window.frames.length = 0;
    await new Promise((resolve) => setTimeout(resolve, duration));
    const frames = window.frames.slice();
    const pause = await window.answerTo(play, play);
    const answers = [];
    for (let at = 0; at < count; at++) {
      answers.push(await window.answerTo(step, document.querySelector('.position small')));
    }
    return { pause, answers, gaps: frames.slice(1).map((time, index) => time - frames[index]) };
  }, [roundMilliseconds, steps]));
}
const heapAfter = await heap();

const quarter = Math.max(1, Math.floor(rounds / 4));
const summarize = (part) => ({
  step: median(part.flatMap(({ answers }) => answers)),
  pause: median(part.map(({ pause }) => pause)),
  gap: median(part.flatMap(({ gaps }) => gaps)),
});
const first = summarize(measured.slice(0, quarter));
const last = summarize(measured.slice(-quarter));
const line = ({ step, pause, gap }) => `step answered in ${step.toFixed(1)} ms, pause in ${pause.toFixed(1)} ms, ${(1000 / gap).toFixed(1)} frames/s`;
console.log(`${await page.locator('.position small').innerText()} after ${(rounds * roundMilliseconds) / 1000} s of playing`);
console.log(`first ${(quarter * roundMilliseconds) / 1000} s: ${line(first)}; last: ${line(last)}; heap ${heapBefore.toFixed(1)} MB, then ${heapAfter.toFixed(1)} MB (medians)`);
await browser.close();
process.exit(Object.keys(first).some((name) => last[name] > 2 * first[name] + slackMilliseconds) ? 1 : 0);
