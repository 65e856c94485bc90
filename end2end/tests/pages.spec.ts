// What holds for every page: the right status, on every screen. For everyone to use: axe.spec.ts.
import type { Page } from '@playwright/test';
import { enter, expect, expectNoSidewaysScroll, hasScripts, newUser, open, test } from './fixtures';
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
      // Whatever is named by an id is there, and once.
      const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
      expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
      const named = ['for', 'aria-describedby', 'aria-labelledby', 'aria-controls'];
      const references = await page.evaluate(
        (names) => names.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name)!.split(/\s+/))),
        named,
      );
      expect(references.filter((id) => !ids.includes(id))).toEqual([]);
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

/** The spacing of text that WCAG 1.4.12 names, on or off. */
const spaceText = (page: Page, isOn: boolean) =>
  page.evaluate((on) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }');
    document.adoptedStyleSheets = on ? [sheet] : [];
  }, isOn);

test('the header is one row from 768 pixels on, two below, in both languages', async ({ page }) => {
  const rows = () =>
    page.locator('.site-header a, .site-header button').evaluateAll((all) => {
      const boxes = all.map((element) => element.getBoundingClientRect()).filter(({ width, height }) => width > 2 && height > 2);
      // What has a common height stands in one row.
      let count = 0;
      let end = -1;
      for (const { top, bottom } of boxes.sort((one, other) => one.top - other.top)) {
        const middle = (top + bottom) / 2;
        if (middle > end) {
          count += 1;
          end = bottom;
        }
      }
      return count;
    });
  /** Pairs of words in the header that lie over each other. */
  const overlaps = () =>
    page.locator('.site-header a, .site-header button').evaluateAll((all) => {
      const boxes = all.map((element) => ({ text: element.textContent, box: element.getBoundingClientRect() }));
      return boxes.flatMap(({ text, box }, place) =>
        boxes
          .slice(place + 1)
          .filter(({ box: other }) => Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2 && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 2)
          .map((other) => `${text} / ${other.text}`),
      );
    });
  const expectRows = async (of: string) => {
    for (const [width, expected] of [[768, 1], [767, 2], [1280, 1]]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await rows(), `${of}, ${width}`).toBe(expected);
      expect(await overlaps(), `${of}, ${width}`).toEqual([]);
      if (!hasScripts()) continue;
      await spaceText(page, true);
      expect(await overlaps(), `${of}, ${width}, spaced`).toEqual([]);
      await expectNoSidewaysScroll(page);
      await spaceText(page, false);
    }
  };
  for (const language of ['ko', 'en']) {
    await open(page, '/login');
    if (language === 'en') await page.getByRole('button', { name: 'View in English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expectRows(`${language}, a visitor`);
  }
  for (const name of ['홍길동', '가나다라마바사아자차카타파하']) {
    await enter(page, { ...newUser(), name });
    await open(page, '/account');
    await expectRows(`English, ${name}`);
  }
});

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
