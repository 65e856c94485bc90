// What holds for every page: the right status, on every screen. For everyone to use: axe.spec.ts.
import { enter, expect, expectNoSidewaysScroll, open, test } from './fixtures';
import { nameOf, places } from './places';

for (const place of places) {
  const { path, signedIn, status = 200 } = place;
  test.describe(nameOf(place), () => {
    test.use({ allowedErrors: status === 404 ? /status of 404/ : undefined });

    test.beforeEach(async ({ page }) => {
      if (signedIn) await enter(page);
    });

    test('status, title, headings, language', async ({ page }) => {
      const response = await open(page, path);
      expect(response!.status()).toBe(status);
      await expect(page).toHaveTitle(/\S/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
      await expect(page.getByRole('main')).toHaveCount(1);
    });

    test('nothing to scroll sideways on a small phone', async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await open(page, path);
      await expectNoSidewaysScroll(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
    });
  });
}

test('every script carries the nonce of its answer', async ({ request }) => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const response = await request.get('/login');
      const policy = response.headers()['content-security-policy'];
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)![1];
      const html = await response.text();
      const scripts = html.match(/<script\b[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      expect(html).not.toMatch(/\son[a-z]+=|\sstyle=/);
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('the files that a page asks for are there, compressed and with the right type', async ({ request }) => {
  const html = await (await request.get('/login')).text();
  const types = { css: 'text/css', js: 'text/javascript', wasm: 'application/wasm' };
  const asked = new Set(html.match(/\/pkg\/[^"'`\s]+\.(css|js|wasm)\b/g));
  expect([...asked].map((path) => path.split('.').pop()).sort()).toEqual(['css', 'js', 'wasm']);
  for (const path of asked) {
    const response = await request.get(path, { headers: { 'Accept-Encoding': 'br' } });
    expect(response.status()).toBe(200);
    expect(response.headers()['content-type']).toContain(types[path.split('.').pop() as keyof typeof types]);
    expect(response.headers()['content-encoding']).toBe('br');
    expect(response.headers()['x-content-type-options']).toBe('nosniff');
  }
});
