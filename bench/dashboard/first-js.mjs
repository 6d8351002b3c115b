#!/usr/bin/env node
// How much JavaScript the first view needs: what index.html loads, and what that imports statically, compressed by gzip.
//
//   npm run build --prefix src/Dashboard
//   node bench/dashboard/first-js.mjs
//
// Ends with 1 when it is more than the page may weigh.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const most = 250_000;
const pages = join(dirname(fileURLToPath(import.meta.url)), '../../src/Service/wwwroot');
const sizes = new Map();

function load(file) {
  if (sizes.has(file)) {
    return;
  }
  const source = readFileSync(join(pages, 'assets', file));
  sizes.set(file, gzipSync(source).length);
  for (const [, imported] of source.toString().matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
    load(imported);
  }
}

for (const [, file] of readFileSync(join(pages, 'index.html'), 'utf8').matchAll(/assets\/([\w.-]+\.js)/g)) {
  load(file);
}
for (const [file, bytes] of [...sizes].sort(([, a], [, b]) => b - a)) {
  console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all; at most ${most / 1000} kB`);
process.exitCode = total > most ? 1 : 0;
