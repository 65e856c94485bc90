// What a user watches: the star on every page, and the list with its groups, notes and order.
import type { Page } from '@playwright/test';
import { enter, expect, expectNoSidewaysScroll, largest, open, test, watch, type Stock } from './fixtures';

const FUNCTION = '**/_fn/change-watchlist';

test.beforeEach(async ({ page }) => {
  await enter(page);
});

/** The codes that the server has, in their order. */
async function kept(page: Page): Promise<string[]> {
  const answer = await page.request.get('/api/watchlist');
  return ((await answer.json()) as { items: Stock[] }).items.map(({ code }) => code);
}

function star(page: Page, name: string) {
  return page.getByRole('button', { name: `${name} 관심종목에 담기`, exact: true }).first();
}

/** The codes that the page shows, in their order. */
function shown(page: Page) {
  return page.locator('.watch-item').evaluateAll((items) => items.map((item) => item.getAttribute('data-code')));
}

function item(page: Page, { code }: Stock) {
  return page.locator(`#w-${code}`);
}

test('a star is pressed in a row, and shines wherever the issue is', async ({ page }) => {
  const [stock] = await largest(page, 1);
  const address = '/stocks?market=KRX&sort_by=marcap';
  await open(page, address);
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'false');
  await star(page, stock.name).click();
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(new RegExp('/stocks\\?market=KRX'));
  await expect.poll(() => kept(page)).toEqual([stock.code]);
  for (const path of ['/', `/stocks/${stock.code}`]) {
    await open(page, path);
    await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
  }
  await page.getByRole('navigation', { name: '주 메뉴' }).getByRole('link', { name: '관심종목' }).click();
  await expect(page).toHaveURL(/\/watchlist$/);
  await expect(item(page, stock)).toContainText(stock.name);
  await open(page, `/stocks/${stock.code}`);
  await star(page, stock.name).click();
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'false');
  await expect(page).toHaveURL(new RegExp(`/stocks/${stock.code}$`));
  await expect.poll(() => kept(page)).toEqual([]);
});

test('a star is pressed by key', async ({ page }) => {
  const [stock] = await largest(page, 1);
  await open(page, '/stocks');
  await star(page, stock.name).focus();
  await page.keyboard.press('Enter');
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => kept(page)).toEqual([stock.code]);
});

test('s presses the star of the row with the focus, and of the page @js', async ({ page }) => {
  const [stock] = await largest(page, 1);
  await open(page, '/stocks');
  await page.keyboard.press('s');
  await page.keyboard.press('j');
  await expect(page.locator('main tbody a.name__text').first()).toBeFocused();
  await page.keyboard.press('s');
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('main tbody a.name__text').first()).toBeFocused();
  await expect.poll(() => kept(page)).toEqual([stock.code]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(stock.name);
  await page.keyboard.press('s');
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => kept(page)).toEqual([]);
});

test.describe('when the server says no', () => {
  test.use({ allowedErrors: /status of 500/ });

  test('a star that shone at once goes out again, with a word @js', async ({ page }) => {
    const [stock] = await largest(page, 1);
    await open(page, '/stocks');
    let answer = () => {};
    const asked = new Promise<void>((done) => (answer = done));
    await page.route(FUNCTION, async (route) => {
      await asked;
      await route.fulfill({ status: 500, contentType: 'application/json', body: '{}' });
    });
    await star(page, stock.name).click();
    // The server has not answered yet.
    await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
    answer();
    await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'false');
    await expect(page.getByRole('status').filter({ hasText: '변경하지 못해 되돌렸습니다.' })).toBeVisible();
    expect(await kept(page)).toEqual([]);
    await page.unroute(FUNCTION);
    await star(page, stock.name).click();
    await expect.poll(() => kept(page)).toEqual([stock.code]);
  });

  test('the list is as it was @js', async ({ page }) => {
    const [first, second] = await watch(page, 2);
    await open(page, '/watchlist');
    await page.route(FUNCTION, (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{}' }));
    await star(page, first.name).click();
    await expect(page.getByRole('status').filter({ hasText: '되돌렸습니다' })).toBeVisible();
    expect(await shown(page)).toEqual([first.code, second.code]);
    await page.getByRole('button', { name: `${first.name} 아래로` }).click();
    await expect.poll(() => shown(page)).toEqual([first.code, second.code]);
    expect(await kept(page)).toEqual([first.code, second.code]);
  });
});

test('quick changes of mind arrive in their order @js', async ({ page }) => {
  const [stock] = await largest(page, 1);
  await open(page, '/stocks');
  for (let press = 0; press < 5; press += 1) await star(page, stock.name).click();
  await expect(star(page, stock.name)).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => kept(page)).toEqual([stock.code]);
});

test('what was taken off the list comes back', async ({ page }) => {
  const stocks = await watch(page, 3);
  const middle = stocks[1];
  await page.request.put(`/api/watchlist/${middle.code}`, { data: { note: '다시 본다' } });
  await open(page, '/watchlist');
  await star(page, middle.name).click();
  await expect(item(page, middle)).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: `'${middle.name}' 종목을 관심종목에서 뺐습니다.` })).toBeVisible();
  await page.getByRole('button', { name: '되돌리기' }).click();
  await expect(item(page, middle)).toContainText('다시 본다');
  expect(await shown(page)).toEqual(stocks.map(({ code }) => code));
  await expect.poll(() => kept(page)).toEqual(stocks.map(({ code }) => code));
});

test('issues are added by name and by code', async ({ page }) => {
  const [first, second] = await largest(page, 2);
  await open(page, '/watchlist');
  await expect(page.getByRole('heading', { name: '아직 담은 종목이 없습니다.' })).toBeVisible();
  await expectNoSidewaysScroll(page);
  const typed = page.getByLabel('종목명 또는 코드');
  const add = page.getByRole('button', { name: '담기', exact: true });
  for (const [text, stock] of [[first.name, first], [second.code, second]] as const) {
    await typed.fill(text);
    await add.click();
    await expect(item(page, stock)).toBeVisible();
  }
  expect(await kept(page)).toEqual([first.code, second.code]);
});

test.describe('what no issue is called', () => {
  // Without JavaScript it is the page's status.
  test.use({ allowedErrors: /status of 422/ });

  test('is said, and what was typed stays', async ({ page }) => {
    await open(page, '/watchlist');
    const typed = page.getByLabel('종목명 또는 코드');
    await typed.fill('없는회사이름');
    await typed.press('Enter');
    await expect(page.getByRole('alert')).toContainText("'없는회사이름' 종목을 찾을 수 없습니다.");
    await expect(typed).toHaveValue('없는회사이름');
    expect(await kept(page)).toEqual([]);
  });
});

test('the order is changed by buttons', async ({ page }) => {
  const [first, second, third] = await watch(page, 3);
  await open(page, '/watchlist');
  await page.getByRole('button', { name: `${third.name} 위로` }).click();
  await expect.poll(() => shown(page)).toEqual([first.code, third.code, second.code]);
  await page.getByRole('button', { name: `${first.name} 아래로` }).click();
  await expect.poll(() => shown(page)).toEqual([third.code, first.code, second.code]);
  await expect.poll(() => kept(page)).toEqual([third.code, first.code, second.code]);
  await open(page, '/watchlist');
  expect(await shown(page)).toEqual([third.code, first.code, second.code]);
});

test('the order is changed by keys, the focus goes along @js', async ({ page }) => {
  const [first, second, third] = await watch(page, 3);
  await open(page, '/watchlist');
  const link = item(page, first).getByRole('link');
  await link.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => shown(page)).toEqual([second.code, third.code, first.code]);
  await expect(link).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: '3개 가운데 3번째' })).toHaveCount(1);
  // At the end it stays.
  await page.keyboard.press('Alt+ArrowDown');
  const up = page.getByRole('button', { name: `${first.name} 위로` });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page)).toEqual([second.code, first.code, third.code]);
  await expect(up).toBeFocused();
  await expect.poll(() => kept(page)).toEqual([second.code, first.code, third.code]);
});

test('the order is changed by dragging @js', async ({ page }) => {
  const [first, second, third] = await watch(page, 3);
  await open(page, '/watchlist');
  // All of it has to be in sight.
  await item(page, third).scrollIntoViewIfNeeded();
  const from = await item(page, first).locator('.watch-item__handle').boundingBox();
  const to = await item(page, third).boundingBox();
  if (!from || !to) throw new Error('nothing to drag');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 5 });
  await expect(item(page, third)).toHaveAttribute('data-over', 'true');
  await page.mouse.up();
  await expect.poll(() => shown(page)).toEqual([second.code, third.code, first.code]);
  await expect.poll(() => kept(page)).toEqual([second.code, third.code, first.code]);
});

test('groups and notes are written in place', async ({ page }) => {
  const [first, second] = await watch(page, 2);
  await open(page, '/watchlist');
  const own = item(page, second);
  await own.locator('summary').click();
  await own.getByLabel('그룹', { exact: true }).fill('반도체');
  await own.getByLabel('메모', { exact: true }).fill('실적 발표 뒤에 다시 본다');
  await own.getByRole('button', { name: '저장' }).click();
  const group = page.getByRole('region', { name: '반도체' });
  await expect(group.locator('.watch-item__note')).toHaveText('실적 발표 뒤에 다시 본다');
  await expect(page.getByRole('region', { name: '그룹 없음' }).getByRole('link', { name: first.name, exact: true })).toBeVisible();
  await expect(group).toContainText('거래된 1종목의 등락률을 같은 비중으로 평균했습니다.');
  // Emptied, both are gone.
  await own.locator('summary').click();
  await own.getByLabel('그룹', { exact: true }).fill('');
  await own.getByLabel('메모', { exact: true }).fill('');
  await own.getByRole('button', { name: '저장' }).click();
  await expect(group).toHaveCount(0);
  await expect(page.locator('.watch-item__note')).toHaveCount(0);
});

test('the list shows figures, where they come from and that they are made up', async ({ page }) => {
  const [stock] = await watch(page, 1);
  await open(page, '/watchlist');
  await expect(page.getByText('예시 데이터').first()).toBeVisible();
  await expect(page.getByText(/^1개 종목 · \d{4}-\d{2}-\d{2} 기준/)).toBeVisible();
  await expect(item(page, stock).locator('.watch-item__price dd')).toHaveText(/^[\d,]+$/);
  await expect(item(page, stock).locator('.watch-item__ratio dd')).toHaveText(/^[+-]?[\d,.]+%$/);
  await expect(page.getByText('거래된 1종목의 등락률을 같은 비중으로 평균했습니다.').first()).toBeVisible();
});

test('a long note and an open form fit, too', async ({ page }) => {
  const [first] = await watch(page, 3, '반도체');
  await page.request.put(`/api/watchlist/${first.code}`, { data: { group: '', note: '메모 '.repeat(30) } });
  await open(page, '/watchlist');
  await item(page, first).locator('summary').click();
  await expectNoSidewaysScroll(page);
});
