// The page of one issue: everything that it shows is in its address, with JavaScript and without.
import { enter, expect, expectNoSeriousAxe, expectNoSidewaysScroll, open, test } from './fixtures';

test.beforeEach(async ({ page }) => {
  await enter(page);
  // The made-up market's past is written behind its day, with the indices at last.
  const indices = async () => {
    const overview = await page.request.get('/api/market/overview');
    return ((await overview.json()) as { indices: unknown[] }).indices.length;
  };
  await expect.poll(indices, { timeout: 50_000 }).toBe(2);
});

test('leads from the listing to the issue and its past', async ({ page }) => {
  await open(page, '/stocks');
  const first = page.locator('main tbody a.name__text').first();
  const name = (await first.innerText()).trim();
  await first.click();
  await expect(page).toHaveURL(/\/stocks\/[0-9A-Z]{6}$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByText('예시 데이터').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /시세 차트/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: '52주 통계 정보' })).toBeVisible();
  const days = page.getByRole('region', { name: '일별 시세' }).locator('tbody tr');
  await expect(days).toHaveCount(50);
  await expectNoSidewaysScroll(page);
});

test('another range, interval and scale have addresses of their own', async ({ page }) => {
  await open(page, '/stocks/800010');
  const candles = page.locator('.chart__candles.up');
  const year = await candles.getAttribute('d');
  const settings = page.getByRole('navigation', { name: '차트 설정' });
  await settings.getByRole('link', { name: '1개월' }).click();
  await expect(page).toHaveURL(/\/stocks\/800010\?range=1m$/);
  await expect(candles).not.toHaveAttribute('d', year ?? '');
  await settings.getByRole('link', { name: '주', exact: true }).click();
  await expect(page).toHaveURL(/\?range=1m&interval=weekly$/);
  await settings.getByRole('link', { name: '로그' }).click();
  await expect(page).toHaveURL(/scale=log$/);
  await expect(settings.getByRole('link', { name: '로그' })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('link', { name: '장중 기준' }).click();
  await expect(page).toHaveURL(/basis=intraday$/);
  await page.getByRole('link', { name: '더 보기' }).click();
  await expect(page.getByRole('region', { name: '일별 시세' }).locator('tbody tr')).not.toHaveCount(50);
});

test('an issue that is gone says so', async ({ page }) => {
  await open(page, '/stocks/790000');
  await expect(page.getByText('상장폐지', { exact: true })).toBeVisible();
  await expect(page.getByText('상장폐지일')).toBeVisible();
});

test('is accessible in light and dark @js', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, '/stocks/800010');
    await expectNoSeriousAxe(page);
  }
});

test.describe('an unknown issue', () => {
  test.use({ allowedErrors: /status of 404/ });

  test('is a page that offers what is near', async ({ page }) => {
    const response = await open(page, '/stocks/800019');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('찾을 수 없습니다');
    await expect(page.locator('main tbody a.name__text').first()).toBeVisible();
  });
});

test('takes the listing away as a file', async ({ page }) => {
  await open(page, '/stocks?market=KONEX');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV 내려받기' }).click();
  expect((await download).suggestedFilename()).toMatch(/^listings-KONEX-\d{4}-\d{2}-\d{2}\.csv$/);
});

test('the overview has indices with their way', async ({ page }) => {
  await open(page, '/');
  for (const name of ['KOSPI (예시)', 'KOSDAQ (예시)']) {
    await expect(page.getByRole('heading', { name })).toBeVisible();
  }
  await expect(page.locator('.sparkline path').first()).toHaveAttribute('d', /^M/);
});
