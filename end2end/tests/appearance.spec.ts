// Light or dark, and the colours of rise and fall.
import { enter, expect, open, test } from './fixtures';

test('the colours of rise and fall are chosen, and stay', async ({ page }) => {
  await enter(page);
  await open(page, '/stocks?sort_by=changes_ratio');
  const rise = page.locator('main tbody .up').first();
  const colour = () => rise.evaluate((element) => getComputedStyle(element).color);
  const red = await colour();
  const button = page.getByRole('button', { name: '상승 초록·하락 빨강' });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'green');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  expect(await colour()).not.toBe(red);
  await expect(page).toHaveURL(/sort_by=changes_ratio$/);
  // The glyph is there in either colour.
  await expect(rise).toContainText(/▲|↑/);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-palette', 'green');
});

test('dark is dark, whatever the system says', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page, '/login');
  const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ink();
  await page.getByRole('button', { name: '어둡게' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await ink()).not.toBe(light);
  await page.reload();
  expect(await ink()).not.toBe(light);
  await page.getByRole('button', { name: '시스템' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'system');
  expect(await ink()).toBe(light);
});
