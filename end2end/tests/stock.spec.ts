// The page of one issue: everything that it shows is in its address, with JavaScript and without.
import { enter, expect, expectNoSidewaysScroll, hasScripts, open, test } from './fixtures';

test.beforeEach(async ({ page }) => {
  await enter(page);
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
  const days = page.getByRole('region', { name: '일별 시세' }).locator('tbody tr');
  const before = await days.count();
  await page.getByRole('link', { name: '더 보기' }).click();
  await expect.poll(() => days.count()).toBeGreaterThan(before);
  // One reads on where the days went on.
  if (hasScripts()) await expect(days.nth(before).locator('th')).toBeFocused();
});

test('averages are switched one by one, the focus stays', async ({ page }) => {
  await open(page, '/stocks/800010');
  const settings = page.getByRole('navigation', { name: '차트 설정' });
  const drawn = page.locator('path.chart__average');
  const before = await drawn.count();
  await settings.getByRole('link', { name: '이동평균 20 숨기기' }).click();
  await expect(page).toHaveURL(/\?ma=5,60,120$/);
  await expect(drawn).toHaveCount(before - 1);
  const again = settings.getByRole('link', { name: '이동평균 20 보이기' });
  await expect(again).toBeVisible();
  // Without JavaScript another page was loaded.
  if (hasScripts()) await expect(again).toBeFocused();
  await again.click();
  await expect(page).toHaveURL(/\/stocks\/800010$/);
});

test('the table begins with the year that is chosen', async ({ page }) => {
  await open(page, '/stocks/800010?scale=log');
  const year = page.getByLabel('시작 연도');
  const last = await year.locator('option').nth(1).getAttribute('value');
  await year.selectOption(last);
  await page.getByRole('button', { name: '조회' }).click();
  await expect(page).toHaveURL(new RegExp(`\\?scale=log&since=${last}$`));
  await expect(page.getByLabel('시작 연도')).toHaveValue(last ?? '');
  await page.goto(`/stocks/800010?since=${last}&days=300`);
  const first = page.getByRole('region', { name: '일별 시세' }).locator('tbody tr').last().locator('time');
  await expect(first).toHaveText(new RegExp(`^${last}-`));
});

test('a stale address says what became of it', async ({ page }) => {
  await open(page, '/stocks/800010?range=5d&ma=7&since=1800');
  await expect(page.getByText('가장 가까운 값으로')).toBeVisible();
  await expect(page.locator('.chart__candles.up')).toHaveAttribute('d', /^M/);
});

test('the chart is whole without a program behind it', async ({ page }) => {
  await open(page, '/stocks/800010');
  for (const path of ['.chart__candles.up', '.chart__candles.down', '.chart__volume.up', '.chart__grid']) {
    await expect(page.locator(path)).toHaveAttribute('d', /^M/);
  }
  await expect(page.locator('.chart__prices text').first()).toHaveText(/^[\d,]+$/);
  await expect(page.locator('.chart__dates text').first()).toHaveText(/\S/);
  await expect(page.locator('.chart__values')).toContainText('종가');
  // Years of days are no more elements than weeks.
  expect(await page.locator('.chart *').count()).toBeLessThan(100);
});

test.describe('the values of a bar', () => {
  test('are brought up by keys, and read aloud @js', async ({ page }) => {
    await open(page, '/stocks/800010');
    const plot = page.getByRole('slider', { name: /시세 차트/ });
    const date = page.locator('.chart__values dd').first();
    const spoken = page.locator('.chart').getByRole('status');
    const newest = await date.innerText();
    const bars = await plot.getAttribute('aria-valuemax');
    await expect(spoken).toBeEmpty();
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(date).not.toHaveText(newest);
    await expect(spoken).toContainText('종가');
    await expect(plot).toHaveAttribute('aria-valuenow', String(Number(bars) - 1));
    await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
    await page.keyboard.press('Home');
    await expect(plot).toHaveAttribute('aria-valuenow', '1');
    await page.keyboard.press('PageUp');
    await expect(plot).toHaveAttribute('aria-valuenow', '11');
    await page.keyboard.press('End');
    await expect(date).toHaveText(newest);
    await expect(plot).toHaveAttribute('aria-valuenow', bars ?? '');
    await page.keyboard.press('Escape');
    await expect(page.locator('.chart__cross')).toHaveAttribute('d', '');
  });

  test('are brought up by a pointer, and go with it @js', async ({ page, isMobile }) => {
    await open(page, '/stocks/800010');
    const plot = page.locator('.chart__plot');
    await plot.scrollIntoViewIfNeeded();
    const date = page.locator('.chart__values dd').first();
    const newest = await date.innerText();
    const box = await plot.boundingBox();
    if (!box) throw new Error('no chart');
    const [x, y] = [box.x + box.width / 4, box.y + 40];
    if (isMobile) {
      await page.touchscreen.tap(x, y);
      await expect(date).not.toHaveText(newest);
      // A finger that was lifted leaves them standing.
      await page.waitForTimeout(100);
      await expect(date).not.toHaveText(newest);
    } else {
      await page.mouse.move(x, y);
      await expect(date).not.toHaveText(newest);
      await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
      await page.mouse.move(5, 5);
      await expect(date).toHaveText(newest);
    }
    // What changes above pushes nothing that stands below.
    expect((await plot.boundingBox())?.height).toBe(box.height);
  });

  test('of another range are those of its bars @js', async ({ page }) => {
    await open(page, '/stocks/800010');
    const plot = page.locator('.chart__plot');
    await plot.focus();
    await page.keyboard.press('Home');
    const settings = page.getByRole('navigation', { name: '차트 설정' });
    await settings.getByRole('link', { name: '1개월' }).click();
    await expect(page).toHaveURL(/range=1m$/);
    await expect(plot).toHaveAttribute('aria-valuemax', /^[12]\d$/);
    await expect(page.locator('.chart__cross')).toHaveAttribute('d', '');
    await plot.focus();
    await page.keyboard.press('Home');
    await expect(plot).toHaveAttribute('aria-valuenow', '1');
    await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
  });
});

test('an issue that is gone says so', async ({ page }) => {
  await open(page, '/stocks/790000');
  await expect(page.getByText(/^\d{4}-\d{2}-\d{2} 상장폐지$/)).toBeVisible();
  await expect(page.getByText('상장폐지일').first()).toBeVisible();
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
