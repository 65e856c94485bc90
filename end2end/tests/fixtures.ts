// What every test stands on: a page on which any error in the console fails the test, and users.
import { randomBytes } from 'node:crypto';
import { expect, test as base, type Page } from '@playwright/test';

export { expect };

export interface User {
  id: string;
  email: string;
  name: string;
  password: string;
}

interface Options {
  /** Errors in the console that belong to the test, such as a status that it asks for. */
  allowedErrors: RegExp | undefined;
}

export const test = base.extend<Options & { failOnErrors: void }>({
  allowedErrors: [undefined, { option: true }],

  failOnErrors: [
    async ({ context, allowedErrors }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (fault) => errors.push(fault.error().stack || `an error without a stack: ${fault.error().name} ${fault.error().message}`));
      await use();
      expect(errors.filter((error) => !allowedErrors?.test(error))).toEqual([]);
    },
    { auto: true },
  ],
});

/** Somebody whom the server does not know yet. */
export function newUser(): User {
  const id = `t_${randomBytes(8).toString('hex')}`;
  return { id, email: `${id}@example.com`, name: '홍길동', password: 'Quartz-Zebra-71!' };
}

/** Whether the browser of the test runs scripts. */
export const hasScripts = () => test.info().project.use.javaScriptEnabled !== false;

/** Opens a page and waits until it is alive. */
export async function open(page: Page, path: string) {
  const response = await page.goto(path);
  await alive(page);
  return response;
}

/**
 * Waits until the page's scripts have taken over; before that, links and forms work by reloading.
 * Without JavaScript there is nothing to wait for.
 */
async function alive(page: Page) {
  if (hasScripts()) {
    await page.locator(':root[data-alive]').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
  }
}

export async function fillSignUp(page: Page, user: User) {
  await page.getByLabel('아이디', { exact: true }).fill(user.id);
  await page.getByLabel('이메일', { exact: true }).fill(user.email);
  await page.getByLabel('이름', { exact: true }).fill(user.name);
  await page.getByLabel('비밀번호', { exact: true }).fill(user.password);
  await page.getByLabel('비밀번호 확인', { exact: true }).fill(user.password);
  await page.getByRole('checkbox', { name: /^\(필수\) 이용약관/ }).check();
  await page.getByRole('checkbox', { name: /^\(필수\) 개인정보/ }).check();
}

/** Sends the form of the page, not the header's link of the same name. */
export async function submit(page: Page, label: string) {
  await page.getByRole('main').getByRole('button', { name: label, exact: true }).click();
}

/** A new account, made on the sign-up page; ends on the sign-in page. */
export async function signUp(page: Page, user = newUser()): Promise<User> {
  await open(page, '/signup');
  await fillSignUp(page, user);
  await submit(page, '회원가입');
  await expect(page).toHaveURL(/\/login\?welcome=1$/);
  return user;
}

/** Fills in and sends the sign-in form of the page that is open. */
export async function fillSignIn(page: Page, user: Pick<User, 'id' | 'password'>, options = { remember: false }) {
  await page.getByLabel('아이디', { exact: true }).fill(user.id);
  await page.getByLabel('비밀번호', { exact: true }).fill(user.password);
  if (options.remember) await page.getByLabel('로그인 상태 유지').check();
  await submit(page, '로그인');
}

/** Signs in on the sign-in page; ends on the listing. */
export async function signIn(page: Page, user: User, options = { remember: false }) {
  await open(page, '/login');
  await fillSignIn(page, user, options);
  await expect(page).toHaveURL(/\/stocks$/);
  await alive(page);
}

/** A new account, without a detour by the page that other tests are for. */
export async function register(page: Page, user = newUser()): Promise<User> {
  const made = await page.request.post('/api/auth/signup', {
    data: {
      user_id: user.id,
      email: user.email,
      name: user.name,
      password: user.password,
      password_confirm: user.password,
      agree: true,
    },
  });
  expect(made.status()).toBe(201);
  return user;
}

/** A new user with the browser signed in, likewise. */
export async function enter(page: Page, as = newUser()): Promise<User> {
  const user = await register(page, as);
  const entered = await page.request.post('/login', {
    form: { user_id: user.id, password: user.password },
    maxRedirects: 0,
  });
  expect(entered.status()).toBe(303);
  return user;
}

/** Nothing sticks out to the right of the window. */
export async function expectNoSidewaysScroll(page: Page) {
  const { content, window } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(content).toBeLessThanOrEqual(window);
}

export interface Stock {
  code: string;
  name: string;
}

/** The largest issues of the made-up market. */
export async function largest(page: Page, count: number): Promise<Stock[]> {
  const answer = await page.request.get(`/api/stocks/listings?limit=${count}`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { stocks: Stock[] }).stocks;
}

/** Puts issues on the list of who is signed in, without a detour by the pages. */
export async function watch(page: Page, count: number, group = ''): Promise<Stock[]> {
  const stocks = await largest(page, count);
  for (const { code } of stocks) {
    const put = await page.request.put(`/api/watchlist/${code}`, { data: { group } });
    expect(put.status()).toBe(200);
  }
  return stocks;
}
