// Help with choosing a password: a meter beside the field, a generator, and nothing in the way of
// password managers.
import { enter, expect, fillSignIn, fillSignUp, newUser, open, submit, test } from './fixtures';

const password = '비밀번호';
const meter = { name: '비밀번호 안전도' };

test('the meter follows what is typed @js', async ({ page }) => {
  await open(page, '/signup');
  await expect(page.getByRole('meter')).toHaveCount(0);
  const field = page.getByLabel(password, { exact: true });
  await field.pressSequentially('Password1!');
  await expect(page.getByRole('meter', meter)).toHaveAttribute('aria-valuenow', '1');
  await expect(page.locator('.strength__text')).toContainText('널리 쓰여');
  await field.fill('Quartz-Zebra-71!');
  await expect(page.getByRole('meter', meter)).toHaveAttribute('aria-valuenow', '4');
  await field.fill('');
  await expect(page.getByRole('meter')).toHaveCount(0);
});

test('the meter knows who it is for @js', async ({ page }) => {
  await open(page, '/signup');
  await page.getByLabel('아이디', { exact: true }).fill('hong_gd');
  await page.getByLabel(password, { exact: true }).fill('Hong_GD-Zebra-7!');
  await expect(page.locator('.strength__text')).toContainText('아이디, 이메일, 이름');
});

test('a password is made, shown in both fields, and good enough @js', async ({ page }) => {
  const user = newUser();
  await open(page, '/signup');
  await fillSignUp(page, { ...user, password: '' });
  await page.getByRole('button', { name: '안전한 비밀번호 만들기' }).click();
  const first = page.getByLabel(password, { exact: true });
  await expect(first).toHaveAttribute('type', 'text');
  await expect(first).toHaveValue(/^\S{16,}$/);
  const made = await first.inputValue();
  await expect(page.getByLabel('비밀번호 확인', { exact: true })).toHaveValue(made);
  await expect(page.getByRole('meter', meter)).toHaveAttribute('aria-valuenow', '4');
  await submit(page, '회원가입');
  await expect(page).toHaveURL(/\/login\?welcome=1$/);
  await fillSignIn(page, { id: user.id, password: made });
  await expect(page).toHaveURL(/\/stocks$/);
});

test('where the password is changed there is the same help @js', async ({ page }) => {
  await enter(page);
  await open(page, '/account/password');
  await page.getByLabel('새 비밀번호', { exact: true }).fill('Quartz-Zebra-72!');
  await expect(page.getByRole('meter', meter)).toHaveAttribute('aria-valuenow', '4');
});

test('without scripts nothing is promised that only they can do', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/signup');
  await expect(page.getByLabel(password, { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: '안전한 비밀번호 만들기' })).toBeHidden();
  await expect(page.getByRole('meter')).toHaveCount(0);
  await context.close();
});
