// The listing: everything that it shows is in its address, with JavaScript and without.
import type { Page } from '@playwright/test';
import { enter, expect, open, test } from './fixtures';

const rows = (page: Page) => page.locator('main tbody tr');
const tab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '시장' }).getByRole('link', { name, exact: true });
const heading = (page: Page, name: string) => page.locator('main thead th').filter({ hasText: name });
const search = (page: Page) => page.locator('#q');
const pager = (page: Page) => page.getByRole('navigation', { name: '페이지' });

async function closes(page: Page): Promise<number[]> {
  const texts = await page.locator('main tbody td[data-label="현재가"]').allTextContents();
  return texts.map((text) => Number(text.replace(/[^\d]/g, '')));
}

const ascending = (numbers: number[]) => [...numbers].sort((a, b) => a - b);

test.beforeEach(async ({ page }) => {
  await enter(page);
  await open(page, '/stocks');
});

test('shows the largest fifty and says that they are made up', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('상장종목');
  await expect(page.getByText('예시 데이터').first()).toBeVisible();
  await expect(rows(page)).toHaveCount(50);
  await expect(page.locator('main th[aria-sort]')).toHaveAttribute('aria-sort', 'descending');
  await expect(page.locator('main th[aria-sort]')).toContainText('시가총액');
});

test('a tab shows one market', async ({ page }) => {
  for (const market of ['KOSPI', 'KOSDAQ', 'KONEX']) {
    await tab(page, market).click();
    await expect(page).toHaveURL(new RegExp(`/stocks\\?market=${market}$`));
    await expect(tab(page, market)).toHaveAttribute('aria-current', 'page');
    await expect(rows(page).first()).toContainText(market);
    await expect(rows(page).filter({ hasNotText: market })).toHaveCount(0);
  }
  await tab(page, '전체').click();
  await expect(page).toHaveURL(/\/stocks$/);
});

test('a heading sorts, and the same heading the other way round', async ({ page }) => {
  await heading(page, '현재가').getByRole('link').click();
  await expect(page).toHaveURL(/[?&]sort_by=close/);
  await expect(heading(page, '현재가')).toHaveAttribute('aria-sort', 'descending');
  const falling = await closes(page);
  expect(falling).toEqual(ascending(falling).reverse());

  await heading(page, '현재가').getByRole('link').click();
  await expect(page).toHaveURL(/[?&]sort_by=close&order=asc/);
  await expect(heading(page, '현재가')).toHaveAttribute('aria-sort', 'ascending');
  const rising = await closes(page);
  expect(rising).toEqual(ascending(rising));
  await expect(page.locator('main th[aria-sort]')).toHaveCount(1);
});

test('finds a stock by name and by code', async ({ page }) => {
  const first = rows(page).first();
  const name = (await first.locator('.name__text').innerText()).trim();
  const code = /[0-9][0-9A-Z]{5}/.exec(await first.locator('.name__meta').innerText())![0];

  for (const query of [name, code]) {
    await search(page).fill(query);
    await search(page).press('Enter');
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === query);
    await expect(rows(page).first()).toContainText(code);
    await expect(search(page)).toHaveValue(query);
  }
});

test('says when nothing is found, as text', async ({ page }) => {
  const query = '<b>없는종목</b>';
  await search(page).fill(query);
  await search(page).press('Enter');
  await expect(page.getByRole('main')).toContainText(`'${query}' 종목을 찾을 수 없습니다.`);
  await expect(rows(page)).toHaveCount(0);
});

test('turns pages, and the browser’s back button with them', async ({ page }) => {
  const first = (await rows(page).first().textContent())!;
  await pager(page).getByRole('link', { name: '다음' }).click();
  await expect(page).toHaveURL(/\/stocks\?page=2$/);
  await expect(rows(page).first().locator('.rank')).toHaveText('51');
  await expect(rows(page)).toHaveCount(50);
  await expect(pager(page).locator('[aria-current="page"]')).toHaveText('2');

  await page.goBack();
  await expect(page).toHaveURL(/\/stocks$/);
  await expect(rows(page).first()).toHaveText(first);
});

test('market, order and search stay together', async ({ page }) => {
  await open(page, '/stocks?market=KOSPI&sort_by=name&order=asc&page=2');
  await search(page).fill('가');
  await search(page).press('Enter');
  await expect(page).toHaveURL(({ searchParams }) =>
    searchParams.get('market') === 'KOSPI' && searchParams.get('sort_by') === 'name' &&
    searchParams.get('order') === 'asc' && searchParams.get('q') === '가' && !searchParams.has('page'));
  await expect(tab(page, 'KOSPI')).toHaveAttribute('aria-current', 'page');
});

test('an address full of nonsense still shows a listing', async ({ page }) => {
  const response = await open(page, '/stocks?market=NASDAQ&sort_by=beauty&order=up&page=-7');
  expect(response!.status()).toBe(200);
  await expect(rows(page)).toHaveCount(50);
});

test('nothing of that reloads the page @js', async ({ page }) => {
  await page.evaluate(() => Object.assign(window, { marker: 'still here' }));
  const documents: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'document') documents.push(request.url());
  });

  await tab(page, 'KOSDAQ').click();
  await expect(rows(page).first()).toContainText('KOSDAQ');
  await heading(page, '등락률').getByRole('link').click();
  await expect(heading(page, '등락률')).toHaveAttribute('aria-sort', 'descending');
  await pager(page).getByRole('link', { name: '다음' }).click();
  await expect(rows(page).first().locator('.rank')).toHaveText('51');
  await search(page).fill('ㅅ');
  await search(page).press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'ㅅ');
  await page.goBack();
  await expect(rows(page).first().locator('.rank')).toHaveText('51');

  expect(await page.evaluate(() => (window as { marker?: string }).marker)).toBe('still here');
  expect(documents).toEqual([]);
});
