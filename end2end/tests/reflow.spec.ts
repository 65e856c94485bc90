// For who reads with larger letters or with colours of their own. That nothing scrolls sideways at
// 320 pixels, which is 1280 at 400 %: pages.spec.ts.
import type { Locator, Page } from '@playwright/test';
import { enter, expect, expectNoSidewaysScroll, open, test, watch } from './fixtures';
import { LISTED, nameOf, places } from './places';

test.use({ viewport: { width: 1280, height: 800 } });

/** The browser's own setting of the size of text; the page is not told. */
async function enlargeText(page: Page, percent: number) {
  const session = await page.context().newCDPSession(page);
  const size = (16 * percent) / 100;
  await session.send('Page.enable');
  await session.send('Page.setFontSizes', { fontSizes: { standard: size, fixed: size } });
}

/** What cannot be read or hit because something is in its way. */
async function expectNothingInTheWay(page: Page) {
  const found = await page.evaluate(() => {
    // What is far from the window is laid out too: else it has the sizes of another window.
    const all = new CSSStyleSheet();
    all.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [all];
    const name = (element: Element) => element.outerHTML.slice(0, 120);
    const isThere = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      // What is only read aloud is a pixel.
      return width > 2 && height > 2 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    };
    const faults: string[] = [];
    const main = document.querySelector('main')!;
    if (main.scrollWidth > main.clientWidth) faults.push(`main is ${main.scrollWidth} wide, has room for ${main.clientWidth}`);

    const controls = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    // What lies over the page on purpose, and what scrolls in a place of its own.
    const above = '.skip-link, .toast, .table-scroll, dialog';
    const boxes = controls
      .filter((control) => isThere(control) && !control.closest(above))
      .map((control) => ({ control, box: control.getBoundingClientRect() }));
    boxes.forEach(({ control, box }, place) => {
      for (const other of boxes.slice(place + 1)) {
        if (control.contains(other.control) || other.control.contains(control)) continue;
        // The switch that shows a password stands in its field.
        if (control.parentElement === other.control.parentElement && control.parentElement?.className === 'field__reveal') continue;
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 2 && down > 2) faults.push(`${name(control)} lies over ${name(other.control)}`);
      }
    });

    for (const element of document.querySelectorAll('body *')) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      if (!isThere(element) || !element.textContent?.trim() || element.closest('svg')) continue;
      // A scroll bar's width is no letter.
      if (hides(overflowX) && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 2) {
        faults.push(`${name(element)} is cut off at its side`);
      }
      if (hides(overflowY) && element.scrollHeight > element.clientHeight + 2) faults.push(`${name(element)} is cut off below`);
    }
    return faults;
  });
  expect(found).toEqual([]);
}

for (const place of places) {
  test.describe(nameOf(place), () => {
    test.use({ allowedErrors: place.status ? new RegExp(`status of ${place.status}`) : undefined });

    test('letters twice as large @js @desktop', async ({ page }) => {
      if (place.signedIn) await enter(page);
      if (place.path === '/watchlist') await watch(page, 2, '반도체');
      await enlargeText(page, 200);
      await open(page, place.path);
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
      for (const width of [1280, 640]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        await expectNothingInTheWay(page);
      }
    });
  });
}

test.describe('in forced colours', () => {
  test.beforeEach(async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await enter(page);
  });

  /** How it looks when neither pointer nor focus is on it. */
  async function look(page: Page, target: Locator) {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.mouse.move(0, 0);
    return target.screenshot({ animations: 'disabled' });
  }

  /** What is chosen looks other than before, and not by its colour: there is one for all. */
  async function expectToShow(page: Page, target: Locator, choose: () => Promise<void>, isChosen: () => Promise<void>) {
    const before = await look(page, target);
    await choose();
    await isChosen();
    expect((await look(page, target)).equals(before), `${target} looks the same`).toBe(false);
  }

  test('what is pressed or chosen shows it @js @desktop', async ({ page }) => {
    await open(page, '/stocks?size=20');
    const is = (target: Locator, attribute: string, value: string) => () => expect(target).toHaveAttribute(attribute, value);

    const star = page.locator('main .star__button').first();
    await expectToShow(page, star, () => star.click(), is(star, 'aria-pressed', 'true'));
    const tab = page.locator('.tabs a[href*="market=KOSDAQ"]');
    await expectToShow(page, tab, () => tab.click(), is(tab, 'aria-current', 'page'));
    const size = page.locator('.sizes a').nth(1);
    await expectToShow(page, size, () => size.click(), is(size, 'aria-current', 'true'));
    // Not dark: it changes the colours that are forced.
    for (const choice of ['[name=theme][value=light]', '[name=palette][value=green]']) {
      const button = page.locator(choice);
      await expectToShow(page, button, () => button.click(), is(button, 'aria-pressed', 'true'));
    }
    const summary = page.locator('details.panel > summary').first();
    await expectToShow(page, summary, () => summary.click(), () => expect(page.locator('details.panel[open]')).toHaveCount(1));
    const kind = page.locator('.chip-box:has([name=share_kind])').nth(1);
    await expectToShow(page, kind, () => kind.click(), () => expect(kind.locator('input')).toBeChecked());
    await page.keyboard.press('Escape');

    await page.locator('#q').pressSequentially('ㄱ');
    const option = page.getByRole('option').first();
    await expect(option).toBeVisible();
    const before = await option.screenshot();
    await page.keyboard.press('ArrowDown');
    await is(option, 'aria-selected', 'true')();
    expect((await option.screenshot()).equals(before)).toBe(false);

    await open(page, `/stocks/${LISTED}`);
    const range = page.locator('main nav a[href*="range=1m"]').first();
    await expectToShow(page, range, () => range.click(), is(range, 'aria-current', 'page'));
    const average = page.locator('main nav a[href*="ma=5,60,120"]');
    await expect(average).toHaveCount(1);
    const place = page.locator('main nav:has(a[href*="interval=weekly"])');
    await expectToShow(page, place, () => average.click(), () => expect(page).toHaveURL(/ma=/));
    const menu = page.locator('.site-nav a[href="/watchlist"]');
    await expectToShow(page, menu, () => menu.click(), is(menu, 'aria-current', 'page'));
  });

  test('the focus is seen on every kind of control @js @desktop', async ({ page }) => {
    for (const path of ['/stocks?size=20', '/watchlist', '/signup', `/stocks/${LISTED}`]) {
      await watch(page, 1);
      await open(page, path);
      const kinds = new Set<string>();
      for (let step = 0; step < 60; step += 1) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return undefined;
          const { outlineStyle, outlineWidth, outlineColor, backgroundColor } = getComputedStyle(element);
          return { kind: `${element.tagName}.${element.className}`, outlineStyle, outlineWidth, outlineColor, backgroundColor };
        });
        if (!focus) break;
        kinds.add(focus.kind);
        expect(focus, focus.kind).not.toMatchObject({ outlineStyle: 'none' });
        expect(Number.parseFloat(focus.outlineWidth), focus.kind).toBeGreaterThanOrEqual(2);
        expect(focus.outlineColor, focus.kind).not.toBe(focus.backgroundColor);
      }
      expect(kinds.size).toBeGreaterThan(5);
    }
  });
});
