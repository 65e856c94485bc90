// How pages look: compared with end2end/screens/, which
//   npx playwright test --project visual --update-snapshots
// makes anew. The market is of one day (serve.mjs), the users are always the same; what the clock
// decides is covered. A picture that is missing is a failure.
import type { Locator, Page } from '@playwright/test';
import { expect, largest, open, test, watch } from './fixtures';
import { LISTED } from './places';

const WIDTHS = [
  { width: 360, height: 640 },
  { width: 1280, height: 720 },
];

type Who = 'nobody' | 'empty' | 'filled';

const pages: { name: string; path: string | ((page: Page) => Promise<string>); who?: Who; status?: number; moves?: (page: Page) => Locator[] }[] = [
  { name: 'login', path: '/login' },
  { name: 'signup', path: '/signup' },
  { name: 'terms', path: '/terms' },
  { name: 'not-found', path: '/no/such/page', status: 404 },
  { name: 'overview', path: '/', who: 'empty' },
  { name: 'stocks', path: '/stocks', who: 'empty' },
  { name: 'stock', path: `/stocks/${LISTED}`, who: 'empty' },
  { name: 'watchlist-empty', path: '/watchlist', who: 'empty' },
  { name: 'watchlist', path: '/watchlist', who: 'filled' },
  {
    name: 'compare',
    path: async (page) => `/compare?codes=${(await largest(page, 2)).map(({ code }) => code).join(',')}`,
    who: 'empty',
  },
  // When they joined, and when they signed in last.
  { name: 'account', path: '/account', who: 'empty', moves: (page) => [page.locator('main .facts').first().locator('div:nth-last-child(-n+2) dd')] },
];

/** Signs one of two users in; whoever comes first makes them. */
async function enterAs(page: Page, who: 'empty' | 'filled') {
  const user = { user_id: `visual_${who}`, password: 'Quartz-Zebra-71!' };
  const made = await page.request.post('/api/auth/signup', {
    data: { ...user, email: `${user.user_id}@example.com`, name: '홍길동', password_confirm: user.password, agree: true },
  });
  expect([201, 409]).toContain(made.status());
  const entered = await page.request.post('/login', { form: user, maxRedirects: 0 });
  expect(entered.status()).toBe(303);
  if (who === 'filled') await watch(page, 3);
}

/** Pages do not wait for their font; pictures of them do. */
async function waitForTheFont(page: Page) {
  await page.route('**/secondarymarket.css', async (route) => {
    const answer = await route.fetch();
    const css = (await answer.text()).replace(/font-display:\s*optional/, 'font-display: block');
    expect(css).toContain('font-display: block');
    await route.fulfill({ response: answer, body: css });
  });
}

for (const { name, path, who = 'nobody', status, moves } of pages) {
  test.describe(name, () => {
    test.use({ allowedErrors: status ? new RegExp(`status of ${status}`) : undefined });

    for (const viewport of WIDTHS) {
      for (const theme of ['light', 'dark'] as const) {
        test(`${theme}, ${viewport.width} wide`, async ({ page, baseURL }) => {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ reducedMotion: 'reduce' });
          await waitForTheFont(page);
          await page.context().addCookies([{ name: 'appearance', value: `${theme}.red`, url: baseURL! }]);
          if (who !== 'nobody') await enterAs(page, who);
          await open(page, typeof path === 'string' ? path : await path(page));
          await page.evaluate(() => document.fonts.ready);
          await page.mouse.move(0, 0);
          await expect(page).toHaveScreenshot(`${name}-${viewport.width}-${theme}.png`, { mask: moves?.(page) });
        });
      }
    }
  });
}
