// How it feels: nothing jumps, every click is answered at once, and going back leads back.
import type { Page } from '@playwright/test';
import { enter, expect, open, test, watch } from './fixtures';
import { LISTED } from './places';

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

test.describe('nothing jumps while a page comes', () => {
  for (const viewport of SIZES) {
    for (const path of ['/login', '/signup', '/stocks', '/', `/stocks/${LISTED}`, '/watchlist']) {
      test(`${path} at ${viewport.width} @js @desktop`, async ({ page }) => {
        await page.setViewportSize(viewport);
        await enter(page);
        await watch(page, 2);
        if (path === '/login' || path === '/signup') await page.context().clearCookies();
        await page.addInitScript(() => {
          const shifts: { value: number; what: string[] }[] = [];
          Object.assign(window, { shifts });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & {
              value: number;
              sources: { node: Node | null }[];
            })[]) {
              const what = entry.sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 120) ?? String(node?.nodeName));
              shifts.push({ value: entry.value, what });
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await open(page, path);
        await page.evaluate(() => document.fonts.ready);
        // What comes late, such as a letter's shape or a part of the page that only scripts make.
        await page.waitForTimeout(500);
        const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; what: string[] }[] }).shifts);
        const sum = shifts.reduce((all, { value }) => all + value, 0);
        expect(sum, JSON.stringify(shifts, null, 1)).toBeLessThan(0.02);
      });
    }
  }
});

test.describe('a click is answered before its answer is there', () => {
  test.beforeEach(async ({ page }) => {
    await enter(page);
  });

  /**
   * Milliseconds from a click to the first thing that one sees of it, while the server takes its time.
   * Told with the result, and not judged: machines differ. More than a second is none.
   */
  async function answered(page: Page, pressed: string): Promise<number | string> {
    await page.route('**/_fn/**', async (route) => {
      await new Promise((done) => setTimeout(done, 1_500));
      await route.continue().catch(() => {}); // the test may be over
    });
    const after = await page.evaluate(
      (selector) =>
        new Promise<number | string>((done) => {
          const target = document.querySelector<HTMLElement>(selector);
          if (!target) return done(`there is no ${selector}`);
          const seen = () =>
            JSON.stringify([
              document.querySelector('h1')?.textContent,
              // The line at the top, once there is something of it.
              document.querySelector('.progress')!.getBoundingClientRect().width >= 4,
              [...document.querySelectorAll('.button[aria-busy=true]')].filter((button) => getComputedStyle(button, '::before').opacity !== '0').length,
              [...document.querySelectorAll('.table-scroll[aria-busy=true] tbody')].filter((rows) => getComputedStyle(rows).opacity !== '1').length,
              target.getAttribute('aria-pressed'),
              document.documentElement.dataset.theme,
              [...document.querySelectorAll('.watch-item')].map(({ id }) => id),
              document.querySelectorAll('details[open], dialog[open]').length,
            ]);
          const before = seen();
          const begun = performance.now();
          const look = () => {
            if (seen() !== before) done(performance.now() - begun);
            else if (performance.now() - begun > 1_000) done('nothing to be seen within a second');
            else requestAnimationFrame(look);
          };
          target.click();
          requestAnimationFrame(look);
        }),
      pressed,
    );
    test.info().annotations.push({ type: 'answered after', description: `${after} ms` });
    return after;
  }

  for (const [from, link] of [
    ['/stocks?size=20', '.site-nav a[href="/watchlist"]'],
    ['/stocks?size=20', '.site-nav a[href="/"]'],
    ['/stocks?size=20', 'main tbody a.name__text'],
    ['/stocks?size=20', '.tabs a[href*="market=KOSDAQ"]'],
    ['/stocks?size=20', '.pager a[rel=next]'],
    ['/stocks?size=20', 'main thead a.sort'],
    ['/', 'main a[href="/stocks?market=KOSPI"]'],
    ['/', '.sizes a[href*="shares=all"]'],
    [`/stocks/${LISTED}`, 'main nav a[href*="range=1m"]'],
    [`/compare?codes=${LISTED}`, 'main nav a[href*="range=3m"]'],
    ['/watchlist', '.site-user__name'],
    // What is no link.
    ['/stocks?size=20', 'main tbody .star__button'],
    ['/stocks?size=20', 'details.panel > summary'],
    ['/stocks?size=20', '[name=cols][value=isin]'],
    [`/stocks/${LISTED}`, '.stock-head .star__button'],
    ['/watchlist', '.watch-item .star__button'],
    ['/watchlist', '.watch-item__step[value=down]'],
    ['/account', 'main form.form [type=submit]'],
    ['/account/password', 'main form.form [type=submit]'],
    ['/compare', '[name=theme][value=dark]'],
  ]) {
    test(`${link} on ${from} @js @desktop`, async ({ page }) => {
      if (from === '/watchlist') await watch(page, 2);
      await open(page, from);
      const answer = await answered(page, link);
      expect(answer, String(answer)).toEqual(expect.any(Number));
    });
  }
});

test.describe('a part of the program that is not there any more', () => {
  // The browser says so where a page that is loaded anew breaks off the passage to it.
  test.use({ allowedErrors: /status of 404|'compile' on 'WebAssembly'|unreachable|Transition was aborted/ });

  test('is looked for in the page of today, to which the link leads @js @desktop', async ({ page }) => {
    await enter(page);
    let asked = 0;
    await page.route('**/split_show_account*.wasm', (route) => {
      asked += 1;
      return asked === 1 ? route.fulfill({ status: 404 }) : route.continue();
    });
    await open(page, '/stocks?size=20');
    await page.locator('.site-user__name').click();
    await expect(page.locator('h1')).toHaveText('내 정보');
    await expect(page.locator(':root[data-alive]')).toBeAttached();
    expect(asked).toBe(2);
  });

  test('leaves a page that works without it, and does not load it for ever @js @desktop', async ({ page }) => {
    await enter(page);
    let asked = 0;
    await page.route('**/split_show_account*.wasm', (route) => {
      asked += 1;
      return route.fulfill({ status: 404 });
    });
    await page.goto('/account');
    await expect.poll(() => asked).toBe(2);
    await page.waitForTimeout(1_000);
    expect(asked).toBe(2);
    await page.locator('#name').fill('홍길순');
    await page.getByRole('main').getByRole('button', { name: '저장' }).click();
    await expect(page).toHaveURL(/\/account\?saved=1$/);
    await expect(page.getByRole('main')).toContainText('홍길순');
  });
});

test.describe('going back', () => {
  test.beforeEach(async ({ page }) => {
    await enter(page);
  });

  for (const viewport of SIZES) {
    test(`leads to the same place of the page, at ${viewport.width} @js @desktop`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await open(page, '/stocks');
      const link = page.locator('main tbody a.name__text').nth(40);
      await link.scrollIntoViewIfNeeded();
      const name = (await link.textContent())!.trim();
      const before = await page.evaluate(() => window.scrollY);
      expect(before).toBeGreaterThan(500);
      await link.click();
      await expect(page.locator('h1')).toHaveText(name);
      expect(await page.evaluate(() => window.scrollY), 'another page begins at its top').toBe(0);
      await page.waitForLoadState('networkidle');
      await page.goBack();
      await expect(link).toHaveText(name);
      await expect.poll(async () => Math.abs((await page.evaluate(() => window.scrollY)) - before)).toBeLessThan(50);
      await expect(link).toBeFocused();
      // And forward again, to the top of what was there.
      await page.waitForLoadState('networkidle');
      await page.goForward();
      await expect(page.locator('h1')).toHaveText(name);
      await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
    });
  }

  test('brings titles along @js @desktop', async ({ page }) => {
    await open(page, '/stocks?size=20');
    const titles = [await page.title()];
    for (const path of ['/watchlist', '/compare', '/']) {
      await page.locator(`.site-nav a[href="${path}"]`).click();
      await expect(page).not.toHaveTitle(titles.at(-1)!);
      titles.push(await page.title());
    }
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles.slice(0, -1).reverse()) {
      await page.goBack();
      await expect(page).toHaveTitle(title);
    }
  });
});

/** Answers to these requests wait until what it returns is called. */
async function hold(page: Page, url: string): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route(url, async (route) => {
    await held;
    await route.continue().catch(() => {}); // its page may be gone by then
  });
  return release;
}

test('what is typed before the page comes to life stays @js @desktop', async ({ page }) => {
  await enter(page);
  const release = await hold(page, '**/*.wasm');
  await page.goto('/stocks');
  await page.getByRole('searchbox').fill('없는종목');
  await page.locator('summary', { hasText: '필터' }).click();
  await page.getByRole('group', { name: '시장 구분' }).getByRole('checkbox').check();
  await page.locator('input[name="marcap_min"]').fill('1조');
  await page.locator('summary', { hasText: '열 선택' }).click();
  await page.getByRole('checkbox', { name: 'ISIN' }).check();
  await expect(page.locator(':root[data-alive]')).toHaveCount(0);
  release();
  await expect(page.locator(':root[data-alive]')).toHaveCount(1);
  await expect(page.getByRole('combobox')).toHaveValue('없는종목');
  await expect(page.getByRole('checkbox', { name: 'ISIN' })).toBeChecked();
  await page.locator('summary', { hasText: '필터' }).click();
  await expect(page.getByRole('group', { name: '시장 구분' }).getByRole('checkbox')).toBeChecked();
  await expect(page.locator('input[name="marcap_min"]')).toHaveValue('1조');
});

test('cards far from the window are as high as they will be @js @desktop', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await enter(page);
  const usual = 'close,change,changes_ratio';
  for (const more of ['volume', 'volume,amount,marcap,open,high,low', 'volume,amount,marcap,open,high,low,shares', 'volume,amount,marcap,open,high,low,shares,industry,dept,isin']) {
    await open(page, `/stocks?cols=${usual},${more}`);
    const last = page.locator('main tbody tr').last();
    const height = () => last.evaluate((row) => row.getBoundingClientRect().height);
    const before = await height();
    await last.scrollIntoViewIfNeeded();
    await expect(last.locator('.name__text')).toBeInViewport();
    expect(Math.abs((await height()) - before), more).toBeLessThan(3);
  }
});

test('a link that is pressed before the page is alive is followed @js @desktop', async ({ page }) => {
  await enter(page);
  const release = await hold(page, '**/split_show_market*.wasm');
  const asked = page.waitForRequest('**/split_show_market*.wasm');
  await page.goto('/stocks');
  // From then on the router listens.
  await asked;
  const document = page.waitForEvent('load');
  await page.locator('.site-nav a[href="/watchlist"]').click();
  await document;
  await expect(page).toHaveURL(/\/watchlist$/);
  await expect(page.locator(':root[data-alive]')).toHaveCount(0);
  release();
  await expect(page.locator(':root[data-alive]')).toHaveCount(1);
});
