// What Lighthouse says of a phone that opens the sign-in page and the listing: the median of three.
// Prints a table; ends with 1 when a page misses its mark.
//   make lighthouse            (or npm run lighthouse, with the built server)
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { args, executablePath } from './browser.mjs';
import { here, start } from './program.mjs';

const ROUNDS = 3;
const MARKS = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const METRICS = {
  LCP: 'largest-contentful-paint',
  CLS: 'cumulative-layout-shift',
  TBT: 'total-blocking-time',
};
const PAGES = [
  { path: '/login', signedIn: false, without: [] },
  // What is behind the sign-in is kept from search engines on purpose: public/robots.txt.
  { path: '/stocks', signedIn: true, without: ['is-crawlable'] },
];
const browser = executablePath ?? chromium.executablePath();

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function ready(url) {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error('the server is not ready after half a minute');
}

/** The cookies of a session of its own: a refresh token must not be turned in twice. */
async function signIn(url, user) {
  const answer = await fetch(`${url}/login`, { method: 'POST', body: new URLSearchParams(user), redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`signing in: ${answer.status}`);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

async function signUp(url) {
  const user_id = `t_${randomBytes(8).toString('hex')}`;
  const password = 'Quartz-Zebra-71!';
  const body = { user_id, email: `${user_id}@example.com`, name: '홍길동', password, password_confirm: password, agree: true };
  const answer = await fetch(`${url}/api/auth/signup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`signing up: ${answer.status}`);
  return { user_id, password };
}

/** One run in a browser of its own, as it comes: a phone on a slow line. */
async function measure(url, { headers, without, folder }) {
  const [report, sent] = [join(folder, 'report.json'), join(folder, 'headers.json')];
  writeFileSync(sent, JSON.stringify(headers), { mode: 0o600 });
  const words = [
    join(here, 'node_modules/lighthouse/cli/index.js'),
    url,
    '--output=json',
    `--output-path=${report}`,
    `--chrome-flags=${['--headless=new', ...args].join(' ')}`,
    `--extra-headers=${sent}`,
    `--only-categories=${Object.keys(MARKS).join(',')}`,
    ...without.map((audit) => `--skip-audits=${audit}`),
    '--no-enable-error-reporting',
    '--quiet',
  ];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CHROME_PATH: browser },
  });
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done));
  if (code !== 0) throw new Error(`lighthouse ${url}: exit status ${code}`);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  if (result.runtimeError) throw new Error(`lighthouse ${url}: ${result.runtimeError.message}`);
  if (result.finalDisplayedUrl !== url) throw new Error(`${url} led to ${result.finalDisplayedUrl}`);
  return result;
}

/** A browser that records no trace (NO_NAVSTART) has measured nothing: another one may. */
async function again(run, tries = 3) {
  try {
    return await run();
  } catch (error) {
    if (tries <= 1) throw error;
    return again(run, tries - 1);
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const score = (result, category) => Math.round((result.categories[category].score ?? 0) * 100);

/** What took a category its points, for whoever has to give them back. */
function lost(result, category) {
  return result.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (result.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${id}${result.audits[id].displayValue ? ` (${result.audits[id].displayValue})` : ''}`);
}

if (!browser) throw new Error('there is no Chromium: make setup');
const { server, url } = start({ port: await freePort(), demo: '2026-03-20' });
const folder = mkdtempSync(join(tmpdir(), 'secondarymarket-'));
const missed = [];
try {
  await ready(url);
  const user = await signUp(url);
  const table = {};
  for (const { path, signedIn, without } of PAGES) {
    const results = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      results.push(await again(async () => {
        const headers = signedIn ? { Cookie: await signIn(url, user) } : {};
        return measure(`${url}${path}`, { headers, without, folder });
      }));
    }
    const row = {};
    for (const [category, mark] of Object.entries(MARKS)) {
      row[category] = median(results.map((result) => score(result, category)));
      if (row[category] < mark) {
        missed.push(`${path}: ${category} ${row[category]}, not ${mark}: ${lost(results[0], category).join(', ')}`);
      }
    }
    for (const [name, audit] of Object.entries(METRICS)) {
      const value = median(results.map(({ audits }) => audits[audit].numericValue));
      row[name] = name === 'CLS' ? value.toFixed(3) : `${Math.round(value)} ms`;
    }
    table[path] = row;
    console.log(path, JSON.stringify(row));
  }
  console.table(table);
  for (const line of missed) console.error(line);
} finally {
  rmSync(folder, { recursive: true, force: true });
  server.kill('SIGTERM');
}
process.exitCode = missed.length > 0 ? 1 : 0;
