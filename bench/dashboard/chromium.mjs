// The browser of the measurements: the system's Chromium, driven by the Playwright that tests/EndToEnd.Tests brings.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const driver = ['release', 'debug'].map((kind) => join(root, `artifacts/bin/EndToEnd.Tests/${kind}/.playwright/package`)).find(existsSync);
if (driver === undefined) {
  console.error('Build tests/EndToEnd.Tests first: it brings the driver of the browser.');
  process.exit(1);
}
const { chromium } = createRequire(import.meta.url)(driver);

/** A fresh browser; prints what it runs on. CHROMIUM names another one than the system's. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'] });
  console.log(`${cpus().length} x ${cpus()[0].model.trim()}, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()} with software rendering`);
  return browser;
}

/** Times between the frames of a page, in milliseconds, rising. */
export async function frameTimes(page, milliseconds) {
  const times = await page.evaluate((duration) => new Promise((resolve) => {
    const frames = [];
    const start = performance.now();
    let last = start;
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      now - start < duration ? requestAnimationFrame(tick) : resolve(frames);
    };
    requestAnimationFrame(tick);
  }), milliseconds);
  return times.slice(1).sort((a, b) => a - b);
}

/** A line about frame times. */
export function frameSummary(times) {
  const total = times.reduce((sum, time) => sum + time, 0);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
  const late = times.filter((time) => time > 1000 / 30 + 1).length;
  return `${((1000 * times.length) / total).toFixed(1)} frames/s, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms, `
    + `${((100 * late) / times.length).toFixed(1)} % longer than 1/30 s`;
}
