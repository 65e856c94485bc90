// Signing up, in and out.
import { enter, expect, fillSignIn, fillSignUp, hasScripts, newUser, open, signIn, signUp, submit, test } from './fixtures';

const wrongCredentials = '아이디 또는 비밀번호가 올바르지 않습니다.';

test('a new user signs up, signs in and finds the account', async ({ page }) => {
  const user = await signUp(page);
  await expect(page.getByRole('main').getByRole('status')).toContainText('가입이 완료되었습니다');

  await fillSignIn(page, user);
  await expect(page).toHaveURL(/\/stocks$/);

  await open(page, '/account');
  const profile = page.getByRole('main');
  await expect(profile).toContainText(user.id);
  await expect(profile).toContainText(user.name);
  await expect(profile).toContainText(user.email);
});

test.describe('a refused sign-up', () => {
  // Without JavaScript the page itself answers with the status.
  test.use({ allowedErrors: /status of 4(00|09|22)/ });

  test('a taken id: said beside the field, nothing lost but the password', async ({ page }) => {
    const taken = await enter(page);
    await page.context().clearCookies();
    const user = { ...newUser(), id: taken.id.toUpperCase() };

    await open(page, '/signup');
    await fillSignUp(page, user);
    await submit(page, '회원가입');

    const message = page.locator('#user_id-error');
    await expect(message).toHaveText('이미 존재하는 아이디입니다.');
    await expect(message).toHaveRole('alert');
    const id = page.getByLabel('아이디', { exact: true });
    await expect(id).toHaveAttribute('aria-describedby', /(^| )user_id-error( |$)/);
    await expect(id).toHaveAttribute('aria-invalid', 'true');
    await expect(id).toHaveValue(user.id);
    await expect(page.getByLabel('이메일', { exact: true })).toHaveValue(user.email);
    await expect(page.getByLabel('이름', { exact: true })).toHaveValue(user.name);
    await expect(page.getByRole('checkbox', { name: /^\(필수\) 이용약관/ })).toBeChecked();
    await expect(page.getByLabel('비밀번호', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('비밀번호 확인', { exact: true })).toHaveValue('');
    await expect(id).toBeFocused();
  });

  test('an empty form: every fault at once', async ({ page }) => {
    await open(page, '/signup');
    await submit(page, '회원가입');
    for (const field of ['user_id', 'email', 'name', 'password', 'agree']) {
      await expect(page.locator(`#${field}-error`)).toHaveRole('alert');
    }
    await expect(page).toHaveURL(/\/signup$/);
  });

  test('a missing consent: its own box has the focus', async ({ page }) => {
    await open(page, '/signup');
    await fillSignUp(page, newUser());
    const privacy = page.getByRole('checkbox', { name: /^\(필수\) 개인정보/ });
    await privacy.uncheck();
    await submit(page, '회원가입');
    await expect(page.locator('#agree-error')).toHaveText('개인정보 수집·이용에 동의해야 가입할 수 있습니다.');
    await expect(privacy).toHaveAccessibleDescription('개인정보 수집·이용에 동의해야 가입할 수 있습니다.');
    await expect(page.getByRole('checkbox', { name: /^\(필수\) 이용약관/ })).not.toHaveAttribute('aria-invalid');
    if (hasScripts()) await expect(privacy).toBeFocused();
  });

  test('two different passwords', async ({ page }) => {
    await open(page, '/signup');
    await fillSignUp(page, newUser());
    await page.getByLabel('비밀번호 확인', { exact: true }).fill('Quartz-Zebra-72!');
    await submit(page, '회원가입');
    await expect(page.locator('#password_confirm-error')).toHaveText('비밀번호가 서로 일치하지 않습니다.');
    await expect(page.getByLabel('비밀번호 확인', { exact: true })).toBeFocused();
  });
});

test.describe('a refused sign-in', () => {
  test.use({ allowedErrors: /status of 401/ });

  test('a wrong password and an unknown id get the same answer', async ({ page }) => {
    const user = await enter(page);
    await page.context().clearCookies();

    for (const id of [user.id, newUser().id]) {
      await open(page, '/login');
      await fillSignIn(page, { id, password: 'Wrong-Zebra-71!' });
      await expect(page.getByRole('main').getByRole('alert')).toHaveText(wrongCredentials);
      await expect(page).toHaveURL(/\/login$/);
      await expect(page.getByLabel('아이디', { exact: true })).toHaveValue(id);
      await expect(page.getByLabel('비밀번호', { exact: true })).toHaveValue('');
    }
  });
});

test('a device that is remembered keeps its cookies, another one loses them with the browser', async ({ page }) => {
  const user = await signUp(page);
  const cookie = async () => {
    const cookies = await page.context().cookies();
    return cookies.find(({ name }) => name === 'refresh_token');
  };

  await signIn(page, user);
  expect(await cookie()).toMatchObject({ expires: -1, httpOnly: true, sameSite: 'Lax', path: '/' });

  await page.context().clearCookies();
  await signIn(page, user, { remember: true });
  const days = ((await cookie())!.expires - Date.now() / 1000) / 86_400;
  expect(days).toBeGreaterThan(29);
  expect(days).toBeLessThan(31);
});

for (const path of ['/stocks', '/stocks?market=KOSDAQ&page=2', '/account']) {
  test(`a visitor of ${path} signs in first and comes back`, async ({ page, baseURL }) => {
    const user = await enter(page);
    await page.context().clearCookies();

    await open(page, path);
    await expect(page).toHaveURL(`${baseURL}/login?next=${encodeURIComponent(path)}`);
    await fillSignIn(page, user);
    await expect(page).toHaveURL(`${baseURL}${path}`);
  });
}

for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)']) {
  test(`signing in never leads to another site: next=${JSON.stringify(next)}`, async ({ page, baseURL }) => {
    const user = await enter(page);
    await page.context().clearCookies();

    await open(page, `/login?next=${encodeURIComponent(next)}`);
    await fillSignIn(page, user);
    await expect(page).toHaveURL(`${baseURL}/stocks`);
  });
}

test('signing out ends it, for the back button too', async ({ page }) => {
  await enter(page);
  await open(page, '/account');
  await page.getByRole('banner').getByRole('button', { name: '로그아웃' }).click();
  await expect(page).toHaveURL(/\/login$/);
  const cookies = await page.context().cookies();
  expect(cookies.map(({ name }) => name).filter((name) => name.endsWith('_token'))).toEqual([]);

  await page.goBack();
  await expect(page).toHaveURL(/\/login\?next=%2Faccount$/);
});

test('no script ever sees a token @js', async ({ page }) => {
  await enter(page);
  await open(page, '/stocks');
  const cookies = await page.context().cookies();
  const tokens = cookies.filter(({ name }) => name.endsWith('_token'));
  expect(tokens.map(({ name }) => name).sort()).toEqual(['access_token', 'refresh_token']);
  expect(tokens.every(({ httpOnly }) => httpOnly)).toBe(true);

  const seen = await page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML]),
  );
  for (const { value } of tokens) expect(seen).not.toContain(value);
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
});

test('a password can be shown while it is typed @js', async ({ page }) => {
  await open(page, '/login');
  const password = page.getByLabel('비밀번호', { exact: true });
  await password.fill('Quartz');
  await expect(password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: '비밀번호 표시' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(password).toHaveValue('Quartz');
  await page.getByRole('button', { name: '비밀번호 숨기기' }).click();
  await expect(password).toHaveAttribute('type', 'password');
});
