// Issues side by side, on one chart.
import type { Page } from '@playwright/test';
import { enter, expect, expectNoSidewaysScroll, largest, open, test } from './fixtures';

const lines = (page: Page) => page.locator('.chart__line');
const table = (page: Page) => page.getByRole('region', { name: '비교하는 종목' });

test.beforeEach(async ({ page }) => {
  await enter(page);
});

test('issues are added, taken out, and kept in the address', async ({ page }) => {
  const [first, second, third] = await largest(page, 3);
  await open(page, '/compare');
  await expect(page.getByRole('heading', { name: '비교할 종목을 골라 주세요.' })).toBeVisible();
  for (const { code } of [first, second, third]) {
    const field = page.locator('#q');
    await expect(field).toHaveValue('');
    await field.fill(code);
    await field.press('Enter');
    await expect(page).toHaveURL(new RegExp(`codes=[0-9A-Z,]*${code}$`));
  }
  await expect(lines(page)).toHaveCount(3);
  await table(page).getByRole('link', { name: `${second.name} 비교에서 빼기` }).click();
  await expect(page).toHaveURL(new RegExp(`codes=${first.code},${third.code}$`));
  await expect(lines(page)).toHaveCount(2);
  await page.getByRole('navigation', { name: '비교 기간' }).getByRole('link', { name: '3개월' }).click();
  await expect(page).toHaveURL(/range=3m$/);
  await page.reload();
  await expect(lines(page)).toHaveCount(2);
  await expect(table(page).locator('tbody tr')).toHaveCount(2);
});

test('what is no issue is said so, and nothing is lost', async ({ page }) => {
  const [first] = await largest(page, 1);
  await open(page, `/compare?codes=${first.code}`);
  await page.locator('#q').fill('없는종목');
  await page.locator('#q').press('Enter');
  await expect(page.getByRole('alert')).toContainText("'없는종목' 종목을 찾을 수 없습니다.");
  await expect(page.locator('#q')).toHaveValue('없는종목');
  await expect(lines(page)).toHaveCount(1);
});

test('five are enough', async ({ page }) => {
  const stocks = await largest(page, 6);
  await open(page, `/compare?codes=${stocks.map(({ code }) => code).join(',')}`);
  await expect(lines(page)).toHaveCount(5);
  await expect(page.getByText('다섯 종목까지 비교할 수 있습니다.')).toBeVisible();
  await expect(page.getByText('가장 가까운 값으로')).toBeVisible();
  await expect(page.locator('#q')).toHaveCount(0);
});

test('the values of any day, by pointer and by key @js', async ({ page }) => {
  const stocks = await largest(page, 2);
  await open(page, `/compare?codes=${stocks.map(({ code }) => code).join(',')}&range=1m`);
  const plot = page.getByRole('slider');
  await plot.focus();
  await page.keyboard.press('Home');
  const values = page.locator('.chart__values > div');
  await expect(values).toHaveCount(3);
  await expect(values.nth(1)).toHaveText(`${stocks[0].name}100.00`);
  await expect(values.nth(2)).toHaveText(`${stocks[1].name}100.00`);
  await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
  await page.keyboard.press('Escape');
  await expect(page.locator('.chart__cross')).toHaveAttribute('d', '');
});

test('an issue and a group lead to the comparison', async ({ page }) => {
  const stocks = await largest(page, 2);
  await open(page, `/stocks/${stocks[0].code}`);
  await page.getByRole('link', { name: '다른 종목과 비교' }).click();
  await expect(page).toHaveURL(new RegExp(`/compare\\?codes=${stocks[0].code}$`));
  await expect(lines(page)).toHaveCount(1);
  for (const { code } of stocks) await page.request.put(`/api/watchlist/${code}`, { data: {} });
  await open(page, '/watchlist');
  await page.getByRole('link', { name: '한 차트에서 비교' }).click();
  await expect(lines(page)).toHaveCount(2);
});

test('five fit on a small phone', async ({ page }) => {
  const stocks = await largest(page, 5);
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, `/compare?codes=${stocks.map(({ code }) => code).join(',')}`);
  await expectNoSidewaysScroll(page);
});
