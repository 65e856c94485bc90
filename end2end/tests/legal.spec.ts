// The texts that users agree to: to be read by everybody, and agreed to knowingly.
import { enter, expect, expectNoSidewaysScroll, open, test } from './fixtures';

for (const [path, title, tables] of [
  ['/terms', '이용약관', 1],
  ['/privacy', '개인정보처리방침', 3],
] as const) {
  test(`${path} says what it is, since when, and what the operator has to complete`, async ({ page }) => {
    await open(page, path);
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(main).toContainText(/시행일: \d{4}-\d{2}-\d{2}/);
    await expect(main.getByRole('region', { name: '운영자가 채워야 하는 항목이 남아 있습니다' })).toContainText('OPERATOR_NAME');
    await expect(main.locator('mark.to-complete').first()).toBeVisible();
    await expect(main.getByRole('table')).toHaveCount(tables);
    await expect(main.getByRole('heading', { level: 2, name: '변경 이력' })).toBeVisible();
  });

  test(`${path} is whole when it is reached by a link @js`, async ({ page }) => {
    await open(page, '/login');
    await page.getByRole('contentinfo').getByRole('link', { name: title }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(main.getByRole('table')).toHaveCount(tables);
    await expect(main).not.toContainText('{');
  });
}

test('the privacy policy fits a narrow screen with all its tables', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, '/privacy');
  await expectNoSidewaysScroll(page);
  await expect(page.getByRole('rowheader', { name: 'refresh_token' })).toBeVisible();
});

test('what is agreed to opens by the keyboard, and nothing is ticked before', async ({ page }) => {
  await open(page, '/signup');
  for (const box of await page.getByRole('checkbox').all()) await expect(box).not.toBeChecked();

  const privacy = page.locator('details', { has: page.locator('summary[aria-label^="개인정보처리방침"]') });
  const period = privacy.getByText('회원에서 탈퇴할 때까지. 로그인 기록은 365일');
  await expect(period).toBeHidden();
  await page.getByRole('checkbox', { name: /^\(필수\) 개인정보/ }).focus();
  await page.keyboard.press('Tab');
  await expect(privacy.locator('summary')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(period).toBeVisible();
  await expect(privacy).toContainText('동의하지 않으면 가입할 수 없습니다');
  await page.keyboard.press('Tab');
  await expect(privacy.getByRole('link', { name: /개인정보처리방침 전문/ })).toBeFocused();
  await expect(privacy.getByRole('link', { name: /개인정보처리방침 전문/ })).toHaveAttribute('href', '/privacy');
});

test('the sign-up fits with everything unfolded @js', async ({ page }) => {
  await open(page, '/signup');
  for (const summary of await page.locator('.consents summary').all()) await summary.click();
  await expect(page.locator('details.consent[open]')).toHaveCount(3);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
});

test('consents are shown on the account, and news are agreed to and withdrawn there', async ({ page }) => {
  await enter(page);
  await open(page, '/account');
  const consents = page.getByRole('region', { name: '약관 동의' });
  await expect(consents).toContainText(/\d{4}-\d{2}-\d{2}판에 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 동의/);
  await expect(consents).toContainText('동의하지 않음');
  await expect(page.getByRole('button', { name: '위 내용에 동의합니다' })).toHaveCount(0);

  await consents.getByRole('button', { name: '소식과 혜택 안내 받기' }).click();
  await expect(page).toHaveURL(/\/account\?consent=marketing-on$/);
  await expect(page.getByRole('main').getByRole('status')).toHaveText('소식과 혜택 안내를 받기로 했습니다.');
  await expect(consents).not.toContainText('동의하지 않음');

  await consents.getByRole('button', { name: '소식과 혜택 안내 동의 철회' }).click();
  await expect(page).toHaveURL(/\/account\?consent=marketing-off$/);
  await expect(consents).toContainText('동의하지 않음');
});
