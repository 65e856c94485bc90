// Everything that can be done is done without a pointer, and one sees at every stop where one is.
import type { Locator, Page } from '@playwright/test';
import { enter, expect, largest, newUser, open, test, watch, type Stock } from './fixtures';
import { LISTED } from './places';

test.use({ viewport: { width: 1280, height: 800 } });

/** Whether who looks at the page sees where the focus is. */
async function expectVisibleFocus(page: Page) {
  const focus = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const { width, height, bottom, top } = element.getBoundingClientRect();
    return {
      element: element.outerHTML.slice(0, 160),
      isMarked: element.matches(':focus-visible'),
      ring: outlineStyle === 'none' || outlineColor === 'rgba(0, 0, 0, 0)' ? 0 : Number.parseFloat(outlineWidth),
      isInSight: width > 0 && height > 0 && bottom > 0 && top < window.innerHeight,
    };
  });
  // Beyond the last stop there is the browser itself.
  if (!focus) return;
  expect(focus).toEqual({ element: focus.element, isMarked: true, ring: expect.any(Number), isInSight: true });
  expect(focus.ring, focus.element).toBeGreaterThanOrEqual(2);
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Tab until the target has the focus, as somebody does who sees it. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await expect(target).toBeVisible();
  for (let step = 0; step < 100; step += 1) {
    await page.keyboard.press(key);
    await expectVisibleFocus(page);
    if (await hasFocus(target)) return;
  }
  throw new Error(`no ${target} within a hundred steps`);
}

const field = (page: Page, name: string) => page.locator(`main input[name=${name}]`);
const send = (page: Page) => page.locator('main form.form [type=submit]');
const menu = (page: Page, path: string) => page.locator(`.site-nav a[href="${path}"]`);

test('signing up, in and out, and leaving for good @js @desktop', async ({ page }) => {
  const user = newUser();
  await open(page, '/signup');
  await page.keyboard.press('Tab');
  const skip = page.locator('.skip-link');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();

  for (const [name, text] of [
    ['user_id', user.id],
    ['email', user.email],
    ['name', user.name],
    ['password', user.password],
    ['password_confirm', user.password],
  ]) {
    await tabTo(page, field(page, name));
    await page.keyboard.type(text);
  }
  for (const name of ['agree_terms', 'agree_privacy']) {
    await tabTo(page, field(page, name));
    await page.keyboard.press('Space');
    await expect(field(page, name)).toBeChecked();
  }
  await tabTo(page, send(page));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login\?welcome=1$/);
  await page.waitForLoadState('networkidle');

  await tabTo(page, field(page, 'user_id'));
  await page.keyboard.type(user.id);
  await tabTo(page, field(page, 'password'));
  await page.keyboard.type(user.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/stocks$/);

  // Another password, then the end of it.
  await open(page, '/account/password');
  const next = 'Quartz-Zebra-72!';
  for (const [name, text] of [
    ['current_password', user.password],
    ['new_password', next],
    ['new_password_confirm', next],
  ]) {
    await tabTo(page, field(page, name));
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/account\/password\?changed=1$/);
  await page.waitForLoadState('networkidle');
  await tabTo(page, page.locator('header form[action="/logout"] button'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/login$/);
  await page.waitForLoadState('networkidle');

  await tabTo(page, field(page, 'user_id'));
  await page.keyboard.type(user.id);
  await tabTo(page, field(page, 'password'));
  await page.keyboard.type(next);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/stocks$/);
  await open(page, '/account/delete');
  await tabTo(page, field(page, 'current_password'));
  await page.keyboard.type(next);
  await tabTo(page, field(page, 'confirm'));
  await page.keyboard.press('Space');
  await tabTo(page, send(page));
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/\/login\?deleted=1$/);
});

test('light, dark and the colours of rise and fall @js @desktop', async ({ page }) => {
  await open(page, '/login');
  const html = page.locator('html');
  await tabTo(page, page.locator('[name=theme][value=dark]'));
  await page.keyboard.press('Enter');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await tabTo(page, page.locator('[name=palette][value=green]'));
  await page.keyboard.press('Space');
  await expect(html).toHaveAttribute('data-palette', 'green');
  await tabTo(page, page.locator('[name=theme][value=light]'), 'Shift+Tab');
  await page.keyboard.press('Space');
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test.describe('the listing', () => {
  test.beforeEach(async ({ page }) => {
    await enter(page);
    await open(page, '/stocks?size=20');
  });

  test('is searched, and an issue opened from what is suggested @js @desktop', async ({ page }) => {
    await page.keyboard.press('/');
    await expect(page.locator('#q')).toBeFocused();
    await expectVisibleFocus(page);
    await page.keyboard.type(LISTED);
    const option = page.getByRole('option').first();
    await expect(option).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/stocks/${LISTED}$`));
    await expect(page.locator('h1')).toBeVisible();
  });

  test('is sorted, filtered and turned @js @desktop', async ({ page }) => {
    await tabTo(page, page.locator('main thead a.sort[href*="sort_by=changes_ratio"]'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/sort_by=changes_ratio/);
    await expect(page.locator('main th[aria-sort]').locator('a.sort')).toHaveAttribute('href', /changes_ratio/);

    const filter = page.locator('details.panel').first();
    await tabTo(page, filter.locator('summary'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, filter.locator('[name=share_kind]').first());
    await page.keyboard.press('ArrowDown');
    await expect(filter.locator('[name=share_kind]').nth(1)).toBeChecked();
    await tabTo(page, filter.locator('[type=submit]'));
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/share_kind=/);

    await tabTo(page, page.locator('.tabs a[href*="market=KOSDAQ"]'), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/market=KOSDAQ/);
    // An open panel is closed by its key, and what opened it has the focus.
    await tabTo(page, filter.locator('summary'));
    await page.keyboard.press('Enter');
    await expect(filter).toHaveAttribute('open');
    await page.keyboard.press('Escape');
    await expect(filter).not.toHaveAttribute('open');
    await expect(filter.locator('summary')).toBeFocused();
  });

  test('is gone through row by row, and starred @js @desktop', async ({ page }) => {
    const names = page.locator('main tbody a.name__text');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect(names.nth(1)).toBeFocused();
    await expectVisibleFocus(page);
    const star = page.locator('main tbody tr').nth(1).locator('.star__button');
    await tabTo(page, star, 'Shift+Tab');
    await page.keyboard.press('Space');
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await expect(star).toBeFocused();
    const chosen = (await names.nth(1).innerText()).trim();
    await tabTo(page, names.nth(1));
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText(chosen);
    await page.keyboard.press('s');
    await expect(page.locator('.stock-head .star__button')).toHaveAttribute('aria-pressed', 'false');
  });

  test('keeps the focus when a link that was pressed goes away @js @desktop', async ({ page }) => {
    // A condition that is taken back.
    await open(page, '/stocks?size=20&market=KOSDAQ&share_kind=common');
    await tabTo(page, page.locator('nav .chips a').first());
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(/share_kind/);
    await expect(page.locator('details.panel > summary').first()).toBeFocused();
    // What is no order any more, and columns that are the usual ones again.
    await open(page, '/stocks?size=20&sort_by=changes_ratio,volume&cols=close,volume');
    for (const [place, link] of [[1, '기본 순서로'], [2, '기본 열로']] as const) {
      const summary = page.locator('details.panel > summary').nth(place);
      await summary.press('Enter');
      await tabTo(page, page.getByRole('link', { name: link }));
      await page.keyboard.press('Enter');
      await expect(page.getByRole('link', { name: link })).toHaveCount(0);
      await expect(summary).toBeFocused();
      await summary.press('Enter');
    }
    // A page that has no next one.
    await open(page, '/stocks?market=KONEX&size=100');
    const next = page.locator('.pager').getByRole('link', { name: /다음/ });
    await next.press('Enter');
    await expect(next).toHaveCount(0);
    await expect(page.locator('.pager [aria-current]')).toBeFocused();
  });

  test('brings the focus back to what a message is about @js @desktop', async ({ page }) => {
    const star = page.locator('main tbody .star__button').first();
    await star.press('Enter');
    await star.press('Enter');
    for (const key of ['Enter', 'Escape']) {
      await tabTo(page, page.locator('.toast button').last());
      await page.keyboard.press(key);
      await expect(page.locator('.toast button')).toHaveCount(0);
      await expect(star).toBeFocused();
      await star.press('Enter');
      await star.press('Enter');
    }
    // What it says is undone from wherever one is.
    await expect(star).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.press('u');
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await expect(star).toBeFocused();
    await expect(page.locator('.toast button')).toHaveCount(0);
  });

  test('keeps the focus among all rows, while they come and go @js @desktop', async ({ page }) => {
    const active = () => page.evaluate(() => document.activeElement?.tagName);
    await open(page, '/stocks?size=all');
    await page.locator('main tbody a.name__text').nth(2).focus();
    for (let times = 0; times < 12; times += 1) {
      await page.keyboard.press('PageDown');
      await page.waitForTimeout(50);
    }
    // Until the page has come to rest.
    let top = 0;
    await expect
      .poll(async () => {
        const before = top;
        await page.waitForTimeout(300);
        top = await page.evaluate(() => window.scrollY);
        return top > 4_000 && top === before;
      })
      .toBe(true);
    await expect.poll(active).toBe('A');
    // On it goes from a row down here, and not from the first.
    await page.keyboard.press('Tab');
    const row = () => page.evaluate(() => Number(document.activeElement?.closest('main tbody tr')?.getAttribute('aria-rowindex')));
    expect(await row()).toBeGreaterThan(20);
    // To the very end, where the rows are still on their way: under no heading.
    const total = Number(await page.locator('main table').getAttribute('aria-rowcount'));
    let held = 0;
    await page.route('**/_fn/listings', async (route) => {
      held += 1;
      await new Promise((later) => setTimeout(later, 3_000));
      await route.continue();
    });
    await page.keyboard.press('End');
    await expect.poll(row, { timeout: 15_000 }).toBeGreaterThan(total - 60);
    const covered = await page.evaluate(() => {
      const { x, y, width } = document.activeElement!.getBoundingClientRect();
      return !document.activeElement!.contains(document.elementFromPoint(x + width / 2, y + 2));
    });
    expect(covered).toBe(false);
    expect(held).toBeGreaterThan(0);
    await page.unroute('**/_fn/listings');
  });

  test('closes a panel that the focus leaves @js @desktop', async ({ page }) => {
    const filter = page.locator('details.panel').first();
    await tabTo(page, filter.locator('summary'));
    await page.keyboard.press('Enter');
    await expect(filter).toHaveAttribute('open');
    await page.keyboard.press('Shift+Tab');
    await expect(filter).not.toHaveAttribute('open');
    await expect(page.locator(':focus')).toHaveCount(1);
  });

  test('explains its keys @js @desktop', async ({ page }) => {
    await page.keyboard.press('j');
    const before = page.locator('main tbody a.name__text').first();
    await expect(before).toBeFocused();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect(dialog.locator('button')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(before).toBeFocused();
  });
});

test('the watchlist is put in order and written on @js @desktop', async ({ page }) => {
  await enter(page);
  const [first, second, third] = await watch(page, 3);
  await open(page, '/watchlist');
  const item = ({ code }: Stock) => page.locator(`#w-${code}`);
  const order = () => page.locator('.watch-item').evaluateAll((items) => items.map((it) => it.getAttribute('data-code')));
  const down = item(first).locator('.watch-item__step[value=down]');
  await tabTo(page, down);
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual([second.code, first.code, third.code]);
  await expect(down).toBeFocused();
  await expectVisibleFocus(page);

  const edit = item(first).locator('.watch-edit');
  await tabTo(page, edit.locator('summary'));
  await page.keyboard.press('Enter');
  await tabTo(page, edit.locator('[name=group]'));
  await page.keyboard.type('반도체');
  await tabTo(page, edit.locator('[name=note]'));
  await page.keyboard.type('다시 본다');
  await page.keyboard.press('Enter');
  await expect(item(first).locator('.watch-item__note')).toHaveText('다시 본다');
  await expect(edit).not.toHaveAttribute('open');
  // The item has gone to its group; on it, and not at the top of the page, one goes on.
  await expect(item(first)).toBeFocused();
  await tabTo(page, edit.locator('summary'));
  await page.keyboard.press('Enter');
  await tabTo(page, edit.locator('[name=note]'));
  await page.keyboard.press('Enter');
  await expect(edit).not.toHaveAttribute('open');
  await expect(edit.locator('summary')).toBeFocused();

  // Taken off, and put back from the word about it.
  const star = item(third).locator('.star__button');
  await tabTo(page, star);
  await page.keyboard.press('Enter');
  await expect(item(third)).toHaveCount(0);
  await tabTo(page, page.locator('.toast button').first());
  await page.keyboard.press('Enter');
  await expect(item(third)).toBeVisible();
});

test('issues are compared, and taken out again @js @desktop', async ({ page }) => {
  await enter(page);
  const [first, second] = await largest(page, 2);
  await open(page, '/compare');
  await page.keyboard.press('/');
  for (const { code } of [first, second]) {
    // After the first, too: the next name is typed without a detour.
    await expect(page.locator('#q')).toBeFocused();
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`codes=[0-9A-Z,]*${code}$`));
    await expect(page.locator('#q')).toHaveValue('');
  }
  await expect(page.locator('.chart__line')).toHaveCount(2);
  const plot = page.locator('.chart__plot');
  await tabTo(page, plot);
  await page.keyboard.press('Home');
  await expect(page.locator('.chart__cross')).toHaveAttribute('d', /^M/);
  const out = page.locator(`main tbody a[href="/compare?codes=${first.code}"]`);
  await tabTo(page, out);
  await page.keyboard.press('Enter');
  await expect(page.locator('.chart__line')).toHaveCount(1);
});

test.describe('from page to page', () => {
  test('the focus goes to what is new, and back to where it was @js @desktop', async ({ page }) => {
    await enter(page);
    await open(page, '/stocks?size=20');
    for (const path of ['/watchlist', '/compare', '/stocks']) {
      await tabTo(page, menu(page, path));
      await page.keyboard.press('Enter');
      await expect(menu(page, path)).toHaveAttribute('aria-current', 'page');
      await expect(page.locator('main, main h1').and(page.locator(':focus'))).toHaveCount(1);
    }
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const link = page.locator('main tbody a.name__text').nth(2);
    await expect(link).toBeFocused();
    const name = (await link.innerText()).trim();
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText(name);
    await expect(page.locator('main, main h1').and(page.locator(':focus'))).toHaveCount(1);
    await page.goBack();
    await expect(page.locator('main tbody a.name__text').filter({ hasText: name }).first()).toBeFocused();
  });
});

test.describe('while a syllable is composed', () => {
  /** The key that ends it, as browsers tell it: the input method has it first. */
  async function pressEnterWhileComposing(page: Page) {
    const session = await page.context().newCDPSession(page);
    for (const type of ['rawKeyDown', 'keyUp'] as const) {
      await session.send('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
    }
    await session.detach();
  }

  async function compose(page: Page, text: string) {
    const session = await page.context().newCDPSession(page);
    await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await session.detach();
  }

  test.beforeEach(async ({ page }) => {
    await enter(page);
  });

  test('nothing is searched, and nothing that is suggested opens @js @desktop', async ({ page }) => {
    await open(page, '/stocks?size=20');
    const query = page.locator('#q');
    await query.focus();
    await page.keyboard.type('ㄱ');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[role=option][aria-selected=true]')).toHaveCount(1);
    await compose(page, '가');
    await expect(query).toHaveValue('ㄱ가');
    await pressEnterWhileComposing(page);
    // Longer than it takes to go anywhere.
    await page.waitForTimeout(500);
    await expect(page).toHaveURL(/\/stocks\?size=20$/);
    await expect(query).toBeFocused();
    await expect(query).toHaveValue('ㄱ가');
    // The syllable is whole now: the same key does what it says.
    await page.keyboard.insertText('가');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'ㄱ가');
  });

  test('nothing is added to the watchlist @js @desktop', async ({ page }) => {
    await open(page, '/watchlist');
    await page.locator('#watch-q').focus();
    await compose(page, '가');
    await pressEnterWhileComposing(page);
    await page.waitForTimeout(500);
    await expect(page.locator('#watch-q-error')).toHaveCount(0);
    await expect(page.locator('#watch-q')).toHaveValue('가');
  });

  test('no key of the page fires @js @desktop', async ({ page }) => {
    await open(page, '/stocks?size=20');
    await page.keyboard.press('j');
    const first = page.locator('main tbody a.name__text').first();
    await expect(first).toBeFocused();
    const star = page.locator('main tbody .star__button').first();
    await page.evaluate(() => {
      for (const key of ['ㅓ', 'ㄴ', 'j', 's', '/', '?']) {
        const how = { key, bubbles: true, cancelable: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...how, isComposing: true }));
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...how, keyCode: 229 }));
      }
    });
    await expect(first).toBeFocused();
    await expect(star).toHaveAttribute('aria-pressed', 'false');
    await expect(page.getByRole('dialog')).toBeHidden();
    // The same ones, outside of a syllable.
    await page.evaluate(() => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅓ', bubbles: true, cancelable: true }));
    });
    await expect(page.locator('main tbody a.name__text').nth(1)).toBeFocused();
  });
});
