// A session that ends in the middle of work: signed in again, one is back, and nothing typed is lost.
import type { Page } from '@playwright/test';
import { enter, expect, fillSignIn, open, test, type User } from './fixtures';

// What a server function answers to whom nobody knows any more.
test.use({ allowedErrors: /status of 401/ });

/** As if the session were over: the browser has nothing left that signs it in. */
async function forgetSession(page: Page) {
  await page.context().clearCookies({ name: /token/ });
}

async function signInAgain(page: Page, user: User, back: RegExp) {
  await expect(page).toHaveURL(/\/login\?next=/);
  await expect(page.getByText('로그인이 필요한 페이지입니다.')).toBeVisible();
  await fillSignIn(page, user);
  await expect(page).toHaveURL(back);
}

test('a form is there again, with what was typed', async ({ page }) => {
  const user = await enter(page);
  await open(page, '/account');
  await page.getByLabel('이름', { exact: true }).fill('홍길순');
  await forgetSession(page);
  await page.getByRole('main').getByRole('button', { name: '저장' }).click();
  await signInAgain(page, user, /\/account$/);
  await expect(page.getByLabel('이름', { exact: true })).toHaveValue('홍길순');
  await expect(page.getByText('입력한 내용은 그대로')).toBeVisible();
  // Once only.
  await open(page, '/account');
  await expect(page.getByLabel('이름', { exact: true })).toHaveValue(user.name);
});

test('a note is there again', async ({ page }) => {
  const user = await enter(page);
  const answer = await page.request.get('/api/stocks/listings?limit=1');
  const [{ code }] = ((await answer.json()) as { stocks: { code: string }[] }).stocks;
  await page.request.put(`/api/watchlist/${code}`, { data: {} });
  await open(page, '/watchlist');
  const item = page.locator(`#w-${code}`);
  await item.locator('summary').click();
  await item.getByRole('textbox', { name: '메모' }).fill('분할 매수');
  await forgetSession(page);
  await item.getByRole('button', { name: '저장' }).click();
  await signInAgain(page, user, /\/watchlist$/);
  await expect(page.locator(`#w-${code}`).getByRole('textbox', { name: '메모' })).toHaveValue('분할 매수');
});

test('the listing is there again as it was asked for', async ({ page }) => {
  const user = await enter(page);
  await open(page, '/stocks?market=KOSDAQ');
  await forgetSession(page);
  await page.locator('#q').fill('가');
  await page.locator('#q').press('Enter');
  await signInAgain(page, user, /\/stocks\?/);
  const { searchParams } = new URL(page.url());
  expect([searchParams.get('market'), searchParams.get('q')]).toEqual(['KOSDAQ', '가']);
});

test('a star leads back to its page', async ({ page }) => {
  const user = await enter(page);
  await open(page, '/stocks?market=KOSDAQ');
  await forgetSession(page);
  await page.getByRole('button', { name: /관심종목에 담기$/ }).first().click();
  await signInAgain(page, user, /\/stocks\?market=KOSDAQ$/);
  await expect(page.locator('main tbody tr').first()).toBeVisible();
});

for (const by of ['a link', 'an address']) {
  test(`who was signed out on another device is told so, by ${by}`, async ({ page, playwright, baseURL }) => {
    const user = await enter(page);
    await open(page, '/stocks?size=20');
    const elsewhere = await playwright.request.newContext({ baseURL });
    const answer = await elsewhere.post('/api/auth/login', { data: { user_id: user.id, password: user.password } });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const ended = await elsewhere.delete('/api/auth/sessions', { headers: { Authorization: `Bearer ${token}` } });
    expect(ended.status()).toBe(204);
    await elsewhere.dispose();

    if (by === 'a link') await page.locator('.site-nav a[href="/watchlist"]').click();
    else await page.goto('/watchlist');
    await expect(page).toHaveURL(/\/login\?next=%2Fwatchlist$/);
    await expect(page.getByRole('main').getByRole('status').first()).toHaveText('로그인이 끝났습니다. 다시 로그인하면 보던 페이지로 돌아갑니다.');
    await fillSignIn(page, user);
    await expect(page).toHaveURL(/\/watchlist$/);
  });
}
