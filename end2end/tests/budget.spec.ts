// What the first visit of the sign-in page costs, in bytes over the wire.
import { expect, open, test } from './fixtures';

/** For html, css, scripts and WebAssembly together; letters and pictures are not counted. */
const BUDGET = 220_000;
const COUNTED = ['html', 'css', 'javascript', 'wasm'];
const YEAR = 31_536_000;

interface Answer {
  url: string;
  kind: string | undefined;
  headers: Record<string, string>;
  bytes: number;
}

test('the first visit fits into its budget @js @desktop', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const answers = new Map<string, Answer>();
  session.on('Network.responseReceived', ({ requestId, response: { url, mimeType, headers } }) => {
    const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    answers.set(requestId, { url, kind: COUNTED.find((kind) => mimeType.includes(kind)), headers: lower, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const answer = answers.get(requestId);
    if (answer) answer.bytes = encodedDataLength;
  });
  await open(page, '/login');

  const counted = [...answers.values()].filter(({ kind }) => kind);
  expect(new Set(counted.map(({ kind }) => kind))).toEqual(new Set(COUNTED));
  const bill = counted.map(({ url, bytes }) => `${String(bytes).padStart(8)}  ${new URL(url).pathname}`).join('\n');
  console.log(bill);
  for (const { url, bytes } of counted) expect.soft(bytes, url).toBeGreaterThan(0);
  expect.soft(counted.reduce((sum, { bytes }) => sum + bytes, 0), `bytes:\n${bill}`).toBeLessThanOrEqual(BUDGET);

  const files = counted.filter(({ kind }) => kind !== 'html');
  for (const { url, headers } of files) {
    expect.soft(headers['content-encoding'], url).toBe('br');
    const age = Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? 0);
    expect.soft(age, `how long ${url} is kept`).toBeGreaterThanOrEqual(YEAR);
  }
});
