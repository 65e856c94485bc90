// English, where somebody has chosen it. The fixtures fail on any error in the console.
import { enter, expect, expectNoSidewaysScroll, hasScripts, open, test } from './fixtures';

const hangul = /[가-힣ㄱ-ㅣ]/;

test('the switch in the header leads to English, to the same page, and back', async ({ page }) => {
  await open(page, '/login?next=%2Fwatchlist');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await page.getByRole('button', { name: 'View in English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/login\?next=%2Fwatchlist$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await expect(page.getByLabel('User ID', { exact: true })).toBeVisible();
  // It stays, on the next page too.
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign up' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  // Back to where one is by now, not to where the document was opened.
  await page.getByRole('button', { name: '한국어로 보기' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page).toHaveURL(/\/signup$/);
  await expect(page.getByRole('heading', { level: 1, name: '회원가입' })).toBeVisible();
});

test('the footer offers both languages and says which one is spoken', async ({ page }) => {
  await open(page, '/login');
  const group = page.getByRole('group', { name: '언어' });
  await expect(group.getByRole('button', { name: '한국어' })).toHaveAttribute('aria-pressed', 'true');
  await group.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const english = page.getByRole('group', { name: 'Language' }).getByRole('button', { name: 'English' });
  await expect(english).toHaveAttribute('aria-pressed', 'true');
  // Looks change beside it, and leave it alone.
  await page.getByRole('button', { name: 'Dark', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  if (hasScripts()) await page.waitForLoadState('networkidle');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test.describe('in English', () => {
  test.beforeEach(async ({ page, baseURL }) => {
    await page.context().addCookies([{ name: 'appearance', value: 'system.red.en', url: baseURL }]);
  });

  for (const path of ['/login', '/signup']) {
    test(`no Korean is left in ${path}`, async ({ page }) => {
      await open(page, path);
      expect(await page.getByRole('main').innerText()).not.toMatch(hangul);
      expect(await page.getByRole('navigation').first().innerText()).not.toMatch(hangul);
      expect(await page.title()).not.toMatch(hangul);
    });
  }

  test.describe('with faults', () => {
    // Without scripts the page itself is the answer.
    test.use({ allowedErrors: /status of 422/ });

    test('they are told in English beside their fields', async ({ page }) => {
      await open(page, '/signup');
      await page.getByLabel('User ID', { exact: true }).fill('a b');
      await page.getByRole('main').getByRole('button', { name: 'Sign up', exact: true }).click();
      await expect(page.locator('#user_id-error')).toHaveText(/A user ID has 4 to 20 letters/);
      expect(await page.getByRole('main').innerText()).not.toMatch(hangul);
    });
  });

  test('pages come to life in English @js', async ({ page }) => {
    await enter(page);
    for (const path of ['/', '/stocks', '/stocks/800010', '/watchlist', '/compare', '/account/devices']) {
      await open(page, path);
      await expect(page.locator('html')).toHaveAttribute('lang', 'en');
      expect(await page.getByRole('heading', { level: 2 }).allInnerTexts(), path).not.toContainEqual(
        expect.stringMatching(/종목|시세|관심|통계/),
      );
    }
    // What scripts write is English as well.
    await page.goto('/stocks');
    await page.waitForLoadState('networkidle');
    await page.getByRole('link', { name: 'Watchlist' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Watchlist' })).toBeVisible();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
  });

  test('fits a small phone @js', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await enter(page);
    for (const path of ['/', '/stocks', '/account']) {
      await page.setViewportSize({ width: 320, height: 640 });
      await open(page, path);
      await expectNoSidewaysScroll(page);
    }
  });
});
