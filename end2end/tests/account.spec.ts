// The user's own account: name, password, devices, history, the end of it.
import type { APIRequestContext, Page } from '@playwright/test';
import { enter, expect, fillSignIn, open, submit, test, type User } from './fixtures';

const otherPassword = 'Quartz-Zebra-72!';

/** Another device of the same user: a program that signs in. */
async function anotherDevice(request: APIRequestContext, user: User, userAgent = 'curl/8.5.0') {
  const answer = await request.post('/api/auth/login', {
    data: { user_id: user.id, password: user.password },
    headers: { 'User-Agent': userAgent },
  });
  expect(answer.status()).toBe(200);
  const { access_token: token } = await answer.json();
  return async () => (await request.get('/api/auth/me', { headers: { Authorization: `Bearer ${token}` } })).status();
}

/** As a client without any cookies of the page's. */
const elsewhere = test.extend<{ elsewhere: APIRequestContext }>({
  elsewhere: async ({ playwright, baseURL }, use) => {
    const request = await playwright.request.newContext({ baseURL });
    await use(request);
    await request.dispose();
  },
});

const notice = (page: Page) => page.getByRole('main').locator('.notice[role=status]');

elsewhere('the menu leads to every page of the account', async ({ page }) => {
  await enter(page);
  await open(page, '/account');
  const menu = () => page.getByRole('navigation', { name: '내 정보 메뉴' });
  for (const [name, path, heading] of [
    ['비밀번호', '/account/password', '비밀번호 변경'],
    ['기기', '/account/devices', '로그인한 기기'],
    ['로그인 기록', '/account/history', '로그인 기록'],
    ['회원 탈퇴', '/account/delete', '회원 탈퇴'],
    ['프로필', '/account', '내 정보'],
  ]) {
    await menu().getByRole('link', { name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(menu().getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
  }
});

elsewhere('the name is changed, in the header too', async ({ page }) => {
  await enter(page);
  await open(page, '/account');
  await page.getByLabel('이름', { exact: true }).fill('김철수');
  await submit(page, '저장');
  await expect(notice(page)).toHaveText('이름을 변경했습니다.');
  await expect(page.getByRole('banner')).toContainText('김철수님');
});

elsewhere('another password signs the other devices out and keeps this one', async ({ page, elsewhere }) => {
  const user = await enter(page);
  const other = await anotherDevice(elsewhere, user);
  expect(await other()).toBe(200);

  await open(page, '/account/password');
  await page.getByLabel('현재 비밀번호', { exact: true }).fill(user.password);
  await page.getByLabel('새 비밀번호', { exact: true }).fill(otherPassword);
  await page.getByLabel('새 비밀번호 확인', { exact: true }).fill(otherPassword);
  await submit(page, '변경');
  await expect(notice(page)).toContainText('비밀번호를 변경했습니다.');
  expect(await other()).toBe(401);

  await open(page, '/account');
  await page.getByRole('banner').getByRole('button', { name: '로그아웃' }).click();
  await fillSignIn(page, { id: user.id, password: otherPassword });
  await expect(page).toHaveURL(/\/stocks$/);
});

elsewhere.describe('a refused change of password', () => {
  elsewhere.use({ allowedErrors: /status of 4(00|03|22)/ });

  elsewhere('each fault stands beside its field', async ({ page }) => {
    const user = await enter(page);
    await open(page, '/account/password');
    await page.getByLabel('현재 비밀번호', { exact: true }).fill('Wrong-Zebra-71!');
    await page.getByLabel('새 비밀번호', { exact: true }).fill(otherPassword);
    await page.getByLabel('새 비밀번호 확인', { exact: true }).fill(otherPassword);
    await submit(page, '변경');
    await expect(page.locator('#current_password-error')).toHaveText('현재 비밀번호가 올바르지 않습니다.');
    await expect(page.getByLabel('현재 비밀번호', { exact: true })).toBeFocused();
    await expect(page.getByLabel('새 비밀번호', { exact: true })).toHaveValue('');

    await page.getByLabel('현재 비밀번호', { exact: true }).fill(user.password);
    await page.getByLabel('새 비밀번호', { exact: true }).fill('weak');
    await page.getByLabel('새 비밀번호 확인', { exact: true }).fill('weak');
    await submit(page, '변경');
    await expect(page.locator('#new_password-error')).toContainText('8자 이상');
  });
});

elsewhere('devices are told apart and signed out, one or all others', async ({ page, elsewhere }) => {
  const user = await enter(page);
  const [curl, phone] = [
    await anotherDevice(elsewhere, user),
    await anotherDevice(
      elsewhere,
      user,
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
  ];
  await open(page, '/account/devices');
  const devices = page.getByRole('main').getByRole('list').first().locator('.device');
  await expect(devices).toHaveCount(3);
  await expect(devices.first()).toContainText('이 기기');
  await expect(page.getByRole('heading', { name: /Safari/ })).toBeVisible();

  await page.getByRole('button', { name: /curl.* 로그아웃/ }).click();
  await expect(notice(page)).toHaveText('기기를 로그아웃했습니다.');
  await expect(devices).toHaveCount(2);
  expect([await curl(), await phone()]).toEqual([401, 200]);

  await page.getByRole('button', { name: '다른 기기 모두 로그아웃' }).click();
  await expect(notice(page)).toHaveText('다른 기기를 모두 로그아웃했습니다.');
  await expect(devices).toHaveCount(1);
  expect(await phone()).toBe(401);
  await expect(page.getByRole('main')).toContainText('로그인한 다른 기기가 없습니다.');
});

elsewhere('the history shows what worked and what did not', async ({ page, elsewhere }) => {
  const user = await enter(page);
  const wrong = await elsewhere.post('/api/auth/login', { data: { user_id: user.id, password: 'Wrong-Zebra-71!' } });
  expect(wrong.status()).toBe(401);
  await open(page, '/account/history');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('실패');
  await expect(rows.nth(2)).toContainText('성공');
});

elsewhere('the account is deleted with everything in it', async ({ page }) => {
  const user = await enter(page);
  await open(page, '/account/delete');
  await page.getByLabel('현재 비밀번호', { exact: true }).fill(user.password);
  await page.getByRole('checkbox').check();
  await submit(page, '계정 삭제');
  await expect(page).toHaveURL(/\/login\?deleted=1$/);
  await expect(notice(page)).toContainText('계정을 삭제했습니다.');
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).filter((name) => name.endsWith('_token'))).toEqual([]);
});

elsewhere.describe('a sign-in with the wrong password of a deleted account', () => {
  elsewhere.use({ allowedErrors: /status of 401/ });

  elsewhere('is one of an unknown user', async ({ page }) => {
    const user = await enter(page);
    const gone = await page.request.fetch('/api/auth/me', { method: 'DELETE', data: { password: user.password } });
    expect(gone.ok()).toBe(true);
    await page.context().clearCookies();
    await open(page, '/login');
    await fillSignIn(page, user);
    await expect(page.getByRole('main').getByRole('alert')).toHaveText('아이디 또는 비밀번호가 올바르지 않습니다.');
  });
});
