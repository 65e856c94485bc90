// How smoothly all rows scroll: frame times of the listing in one piece, in a browser that is alone
// on its machine. Prints a line of figures for docs and for whoever changes the table.
//   npm run frames            (needs the built server; SECONDARYMARKET_BIN names another one)
import { randomBytes } from 'node:crypto';
import { chromium } from '@playwright/test';
import { args, executablePath } from './browser.mjs';
import { start } from './program.mjs';

const SECONDS = 10;
const { server, url } = start({ port: process.env.E2E_PORT ?? 3190 });
const browser = await chromium.launch({ executablePath, args });

try {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(`${url}/readyz`).then(({ ok }) => ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1280, height: 800 } });
  const id = `t_${randomBytes(8).toString('hex')}`;
  const password = 'Quartz-Zebra-71!';
  await page.request.post('/api/auth/signup', {
    data: { user_id: id, email: `${id}@example.com`, name: '홍길동', password, password_confirm: password, agree: true },
  });
  await page.request.post('/login', { form: { user_id: id, password }, maxRedirects: 0 });
  await page.goto('/stocks?size=all', { waitUntil: 'networkidle' });

  const frames = await page.evaluate(async (seconds) => {
    const times = [];
    const height = () => document.documentElement.scrollHeight - window.innerHeight;
    let before = await new Promise(requestAnimationFrame);
    const begin = before;
    // Down and up again through all rows, as with a wheel that never rests.
    while (before - begin < seconds * 1000) {
      const part = ((before - begin) / (seconds * 1000)) * 2;
      window.scrollTo(0, height() * (part < 1 ? part : 2 - part));
      const now = await new Promise(requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    return times;
  }, SECONDS);

  const rows = await page.locator('main table').getAttribute('aria-rowcount');
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  console.log(
    `${Number(rows) - 1} rows, ${frames.length} frames in ${SECONDS} s: ` +
      `median ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
} finally {
  await browser.close();
  server.kill('SIGTERM');
}
