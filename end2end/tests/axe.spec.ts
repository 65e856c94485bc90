// For everyone to use: axe finds nothing at all, on any page, in any of its states, light and dark.
// On a phone only what is laid out in another way there, and in one theme.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enter, expect, fillSignIn, fillSignUp, largest, newUser, open, test, watch, type User } from './fixtures';
import { LISTED, nameOf, places } from './places';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** What is seen of a name is part of it, for whoever speaks to a computer: axe does not ask of itself. */
const SEEN_NAMES = { 'label-content-name-mismatch': { enabled: true } };

interface State {
  name: string;
  path: string;
  /** Nobody by default; or a user, who watches so many issues. */
  signedIn?: boolean;
  watching?: number;
  /** Errors in the console that belong to it. */
  allowed?: RegExp;
  /** What is done on the page that is open. */
  act?: (page: Page, user: User) => Promise<void>;
}

const panel = (place: number) => async (page: Page) => {
  await page.locator('details.panel > summary').nth(place).click();
  await expect(page.locator('details.panel[open]')).toBeVisible();
};

const search = (text: string) => async (page: Page) => {
  await page.locator('#q').pressSequentially(text);
  await expect(page.locator('#suggestions, .suggestions--none').filter({ visible: true })).toBeVisible();
};

const faults = async (page: Page) => {
  await page.locator('main form.form [type=submit]').click();
  await expect(page.locator('main [role=alert]').first()).toBeVisible();
};

const states: State[] = [
  // Signing up and in.
  { name: 'sign-in after signing up', path: '/login?welcome=1' },
  { name: 'sign-in where a session is needed', path: '/login?next=%2Faccount' },
  { name: 'sign-in, wrong', path: '/login', allowed: /status of 401/, act: async (page) => {
    await fillSignIn(page, { id: newUser().id, password: 'Wrong-Zebra-71!' });
    await expect(page.locator('main [role=alert]').first()).toBeVisible();
  } },
  { name: 'sign-in, password shown', path: '/login', act: async (page) => {
    await page.locator('#password').fill('Quartz');
    await page.locator('.reveal').click();
  } },
  { name: 'sign-up, every fault', path: '/signup', allowed: /status of 422/, act: faults },
  { name: 'sign-up, weak password', path: '/signup', act: async (page) => {
    await page.locator('#password').pressSequentially('Password1!');
    await expect(page.getByRole('meter')).toBeVisible();
  } },
  { name: 'sign-up, password made', path: '/signup', act: async (page) => {
    await fillSignUp(page, { ...newUser(), password: '' });
    await page.locator('.generate__button').click();
    await expect(page.getByRole('meter')).toBeVisible();
  } },
  { name: 'sign-up, consents read', path: '/signup', act: async (page) => {
    for (const summary of await page.locator('.consents summary').all()) await summary.click();
  } },
  { name: 'sign-up in English', path: '/signup', act: async (page) => {
    await page.getByRole('button', { name: 'View in English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  } },
  { name: 'an account deleted', path: '/login?deleted=1' },
  // The listing.
  ...['ㄱ', 'zzzz'].map((text) => ({ name: `search, ${text}`, path: '/stocks?size=20', signedIn: true, act: search(text) })),
  { name: 'search, one chosen', path: '/stocks?size=20', signedIn: true, act: async (page) => {
    await search('ㄱ')(page);
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[role=option][aria-selected=true]')).toBeVisible();
  } },
  ...[0, 1, 2, 3].map((place) => ({ name: `panel ${place + 1}`, path: '/stocks?size=20', signedIn: true, act: panel(place) })),
  { name: 'filter, a range that is none', path: '/stocks?size=20&close_min=x', signedIn: true },
  { name: 'view, another of its name', path: '/stocks?size=20', signedIn: true, allowed: /status of 422/, act: async (page) => {
    const save = async () => {
      const opener = page.locator('details.panel > summary').nth(3);
      if (!(await page.locator('#screen-name').isVisible())) await opener.click();
      await page.locator('#screen-name').fill('내 화면');
      await page.locator('.screens__new [type=submit]').click();
    };
    await save();
    await expect(page.locator('a.screens__name')).toBeVisible();
    await open(page, '/stocks?size=20&market=KOSPI');
    await save();
    await expect(page.locator('#screen-fault')).toBeVisible();
    await page.locator('.screens__delete > summary').click();
  } },
  { name: 'keys explained', path: '/stocks?size=20', signedIn: true, act: async (page) => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
  } },
  { name: 'listing, past the end', path: '/stocks?size=20&page=999', signedIn: true },
  { name: 'listing, nonsense', path: '/stocks?size=20&sort_by=beauty', signedIn: true },
  { name: 'listing, one row focused', path: '/stocks?size=20', signedIn: true, act: async (page) => {
    await page.keyboard.press('j');
    await page.locator('main tbody tr').first().hover();
  } },
  { name: 'all rows', path: '/stocks?size=all&market=KONEX', signedIn: true },
  { name: 'a star undone', path: '/stocks?size=20', signedIn: true, watching: 1, act: async (page) => {
    await page.locator('.star__button[aria-pressed=true]').first().click();
    await expect(page.locator('.toast')).toBeVisible();
  } },
  { name: 'rise in green', path: '/stocks?size=20&sort_by=changes_ratio', signedIn: true, act: async (page) => {
    await page.locator('[name=palette][value=green]').click();
  } },
  { name: 'overview, all shares', path: '/?shares=all', signedIn: true },
  // One issue.
  { name: 'issue, by week, logarithmic', path: `/stocks/${LISTED}?range=1y&interval=weekly&scale=log&ma=5,60&days=50`, signedIn: true },
  { name: 'issue, values of a day', path: `/stocks/${LISTED}?range=1m`, signedIn: true, act: async (page) => {
    await page.locator('.chart__plot').focus();
    await page.keyboard.press('Home');
    await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
  } },
  { name: 'issue, stale address', path: `/stocks/${LISTED}?range=5d&since=1800`, signedIn: true },
  // The list of who is signed in.
  { name: 'watchlist, filled', path: '/watchlist', signedIn: true, watching: 3 },
  { name: 'watchlist, edited', path: '/watchlist', signedIn: true, watching: 3, act: async (page) => {
    const edit = page.locator('.watch-edit').first();
    await edit.locator('summary').click();
    await edit.locator('[name=note]').fill('메모 '.repeat(30));
  } },
  { name: 'watchlist, one taken off', path: '/watchlist', signedIn: true, watching: 3, act: async (page) => {
    await page.locator('.star__button').first().click();
    await expect(page.locator('.toast')).toBeVisible();
  } },
  { name: 'watchlist, unknown name', path: '/watchlist', signedIn: true, act: async (page) => {
    await page.locator('#watch-q').fill('없는회사이름');
    await page.locator('#watch-q').press('Enter');
    await expect(page.locator('#watch-q-error')).toBeVisible();
  } },
  // Side by side.
  { name: 'comparison of five', path: '/compare', signedIn: true, act: async (page) => {
    const stocks = await largest(page, 5);
    await open(page, `/compare?codes=${stocks.map(({ code }) => code).join(',')}`);
    await expect(page.locator('.chart__line')).toHaveCount(5);
  } },
  { name: 'comparison, unknown name', path: `/compare?codes=${LISTED}`, signedIn: true, act: async (page) => {
    await page.locator('#q').fill('없는종목');
    await page.locator('#q').press('Enter');
    await expect(page.locator('main [role=alert]')).toBeVisible();
  } },
  // The account.
  { name: 'account, name refused', path: '/account', signedIn: true, allowed: /status of 422/, act: async (page) => {
    await page.locator('#name').fill('');
    await faults(page);
  } },
  { name: 'account, name changed', path: '/account?saved=1', signedIn: true },
  { name: 'password refused', path: '/account/password', signedIn: true, allowed: /status of 4/, act: async (page) => {
    await page.locator('#new_password').fill('weak');
    await faults(page);
  } },
  { name: 'devices, two', path: '/account/devices', signedIn: true, act: async (page, user) => {
    await page.request.post('/api/auth/login', { data: { user_id: user.id, password: user.password } });
    await page.reload();
    await expect(page.locator('main .device')).toHaveCount(2);
  } },
  { name: 'deletion refused', path: '/account/delete', signedIn: true, allowed: /status of 4/, act: faults },
  { name: 'a form back after the session ended', path: '/account', signedIn: true, allowed: /status of 401/, act: async (page, user) => {
    await page.locator('#name').fill('홍길순');
    await page.context().clearCookies({ name: /token/ });
    await page.locator('main form.form [type=submit]').click();
    await expect(page).toHaveURL(/\/login\?next=/);
    await fillSignIn(page, user);
    await expect(page.locator('#name')).toHaveValue('홍길순');
  } },
  // What is answered without the site around it.
  { name: 'a fault', path: '/login', allowed: /status of 405/, act: async (page) => {
    await page.route('**/terms', (route) => route.continue({ method: 'DELETE' }));
    await page.goto('/terms');
    await expect(page.locator('.fault__code')).toHaveText('405');
  } },
];

async function findings(page: Page) {
  // Colours on their way from one to another have the contrast of neither.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  // What passes is not told node by node: that takes most of the time.
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'], rules: SEEN_NAMES }).withTags(TAGS).analyze();
  return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, target }) => `${target}: ${html}`) }));
}

/** In these themes; all that they differ in is colour. */
async function expectNoFindings(page: Page, ...themes: ('light' | 'dark')[]) {
  const found = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    found.push(...(await findings(page)).map((finding) => ({ colorScheme, ...finding })));
  }
  expect(found).toEqual([]);
}

/** As many rows as show everything that there is in one. */
function short(path: string): string {
  const [way, query = ''] = path.split('?');
  return way === '/stocks' ? `${way}?${query}${query && '&'}size=20` : path;
}

for (const place of places) {
  test.describe(nameOf(place), () => {
    test.use({ allowedErrors: place.status ? new RegExp(`status of ${place.status}`) : undefined });

    test('accessible @js', async ({ page, isMobile }) => {
      if (place.signedIn) await enter(page);
      await open(page, short(place.path));
      await expectNoFindings(page, ...(isMobile ? (['dark'] as const) : (['light', 'dark'] as const)));
    });
  });
}

for (const { name, path, signedIn, watching = 0, allowed, act } of states) {
  test.describe(name, () => {
    test.use({ allowedErrors: allowed });

    // What is laid out in another way on a phone is among the pages.
    test('accessible @js @desktop', async ({ page }) => {
      const user = signedIn ? await enter(page) : newUser();
      if (watching > 0) await watch(page, watching);
      await open(page, path);
      await act?.(page, user);
      await expectNoFindings(page, 'light', 'dark');
    });
  });
}
