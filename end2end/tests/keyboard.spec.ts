// From the sign-in page to a starred stock without a pointer.
import type { Page } from '@playwright/test';
import { expect, open, register, test } from './fixtures';

/** Tab until the element of that role and name has the focus, as somebody does who sees it. */
async function tabTo(page: Page, label: RegExp) {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])].map((l) => l.textContent) : [];
      return [element?.getAttribute('aria-label'), ...labels, element?.textContent].filter(Boolean).join(' ').trim();
    });
    if (label.test(here)) return;
  }
  throw new Error(`no ${label} within sixty steps`);
}

test('from sign-in to a starred stock by keys alone @js', async ({ page }) => {
  const user = await register(page);
  await open(page, '/login');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /본문/ })).toBeFocused();
  await tabTo(page, /^아이디/);
  await page.keyboard.type(user.id);
  await tabTo(page, /^비밀번호/);
  await page.keyboard.type(user.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/stocks$/);
  await page.waitForLoadState('networkidle');

  // The search by its key, a suggestion by the arrows.
  await page.keyboard.press('/');
  await page.keyboard.type('ㄱ');
  await expect(page.getByRole('listbox', { name: '검색 제안' }).getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === 'ㄱ');
  await expect(page.locator('main tbody tr').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const name = page.locator('main tbody a.name__text').nth(1);
  await expect(name).toBeFocused();
  const chosen = (await name.innerText()).trim();
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: `${chosen} 관심종목에 담기`, exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(chosen);

  // And the list by Tab.
  await page.waitForLoadState('networkidle');
  await tabTo(page, /^관심종목$/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/watchlist$/);
  await expect(page.locator('.watch-item')).toContainText([chosen]);
});
