// What the listing can be asked beside market, order and search: filter, columns, sizes, keys.
import type { Page } from '@playwright/test';
import { enter, expect, hasScripts, open, test } from './fixtures';

const rows = (page: Page) => page.locator('main tbody tr[aria-rowindex]');
const chips = (page: Page) => page.locator('nav[aria-label="적용된 조건"] .chip');
const options = (page: Page) => page.getByRole('listbox', { name: '검색 제안' }).getByRole('option');
const total = async (page: Page) => Number((await page.locator('.result-line strong').innerText()).replace(/,/g, ''));
const panel = (page: Page, name: string) => page.locator('summary').filter({ hasText: name });

test.beforeEach(async ({ page }) => {
  await enter(page);
});

test('a filter leaves rows out, and each condition can go', async ({ page }) => {
  await open(page, '/stocks');
  const all = await total(page);
  await panel(page, '필터').click();
  await page.getByRole('radio', { name: '우선주' }).check();
  await page.getByLabel('시가총액 최소').fill('1,000억');
  const apply = page.getByRole('button', { name: /^적용/ });
  if (hasScripts()) await expect(apply).toHaveText(/적용 \(\d+개 종목\)/);
  await apply.click();
  await expect(page).toHaveURL(/share_kind=preferred/);
  await expect(chips(page).filter({ hasText: '시가총액 1,000억원 이상' })).toBeVisible();
  const left = await total(page);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(all);
  await page.getByRole('link', { name: '조건 지우기', exact: true }).first().click();
  await expect(chips(page)).toHaveCount(0);
  expect(await total(page)).toBe(all);
});

test('a range that is none is said so at its field, and mended there', async ({ page }) => {
  await open(page, '/stocks?market=KOSDAQ');
  await panel(page, '필터').click();
  const low = page.getByLabel('현재가 최소');
  const apply = page.getByRole('button', { name: /^적용/ });
  await low.fill('만원쯤');
  await page.getByLabel('현재가 최대').fill('5만');
  await apply.click();
  await expect(page.locator('.notice')).toContainText('읽을 수 없는 범위는 빼고');
  await expect(chips(page).first()).toHaveText(/현재가 5만원 이하/);
  // The panel is open, what was typed is there, and one is where it is to be mended.
  await expect(low).toBeVisible();
  await expect(low).toHaveValue('만원쯤');
  await expect(low).toHaveAccessibleDescription(/0 이상의 정수/);
  if (hasScripts()) await expect(low).toBeFocused();
  if (hasScripts()) {
    // The same again, and something else.
    await page.getByLabel('거래량 최소').fill('10');
    await apply.click();
    await expect(page).toHaveURL(/volume_min=10/);
    await expect(low).toBeFocused();
    await page.getByLabel('거래량 최소').fill('');
  }
  await low.fill('6만');
  await apply.click();
  await expect(page.locator('.notice')).toContainText('둘을 바꾸어');
  await expect(chips(page).first()).toHaveText(/현재가 5만원 ~ 6만원/);
  if (hasScripts()) await expect(low).toBeHidden();
  await expect(page).toHaveURL(/market=KOSDAQ/);
});

test('columns are chosen', async ({ page }) => {
  await open(page, '/stocks');
  await panel(page, '열 선택').click();
  const body = page.locator('details[open]');
  await body.getByRole('checkbox', { name: 'ISIN' }).check();
  if (!hasScripts()) await body.getByRole('button', { name: '적용' }).click();
  await expect(page).toHaveURL(/cols=/);
  await expect(page.locator('main thead th').filter({ hasText: 'ISIN' })).toHaveCount(1);
  await expect(rows(page).first().locator('[data-label="ISIN"]')).toHaveText(/^KR7/);
});

test('a second column decides among equals', async ({ page }) => {
  await open(page, '/stocks?sort_by=changes_ratio');
  await panel(page, '정렬').click();
  const body = page.locator('details[open]');
  await body.getByRole('link', { name: '+ 거래량 다음 기준으로 추가' }).click();
  await expect(page).toHaveURL(/sort_by=changes_ratio,volume$/);
  const chip = chips(page);
  await expect(chip.filter({ hasText: '정렬 거래량 ▼' })).toBeVisible();
  await expect(page.locator('main th[aria-sort]')).toHaveCount(1);
  if (!hasScripts()) await panel(page, '정렬').click();
  await body.getByRole('link', { name: '거래량 내림차순 ▼ 순서 뒤집기' }).click();
  await expect(chip.filter({ hasText: '정렬 거래량 ▲' })).toBeVisible();
  if (!hasScripts()) await panel(page, '정렬').click();
  await body.getByRole('link', { name: '기본 순서로' }).click();
  await expect(page).toHaveURL(/\/stocks$/);
});

test('a heading adds its column to the order on a wide screen', async ({ page, isMobile }) => {
  await open(page, '/stocks?sort_by=changes_ratio');
  const further = page.locator('main thead').getByRole('link', { name: '같은 값은 거래량 순으로' });
  if (isMobile) {
    await expect(further).toBeHidden();
    return;
  }
  await further.click();
  await expect(page).toHaveURL(/sort_by=changes_ratio,volume$/);
});

test('a page may have more rows, or fewer', async ({ page }) => {
  await open(page, '/stocks');
  await page.getByRole('link', { name: '20개씩' }).click();
  await expect(rows(page)).toHaveCount(20);
  await expect(page).toHaveURL(/size=20$/);
});

test('a view is kept under a name', async ({ page }) => {
  await open(page, '/stocks?market=KOSDAQ');
  await panel(page, '저장한 화면').click();
  await page.getByLabel('이름', { exact: true }).fill('코스닥만');
  await page.getByRole('button', { name: '지금 화면 저장' }).click();
  await open(page, '/stocks');
  await panel(page, '저장한 화면').click();
  await page.getByRole('link', { name: '코스닥만', exact: true }).click();
  await expect(page).toHaveURL(/market=KOSDAQ$/);
});

test.describe('a view that was kept', () => {
  test.use({ allowedErrors: /status of 422/ });

  test('goes only after a question', async ({ page }) => {
    const name = page.getByLabel('이름', { exact: true });
    const save = page.getByRole('button', { name: '지금 화면 저장' });
    const kept = page.getByRole('link', { name: '내 화면', exact: true });
    await open(page, '/stocks?market=KOSDAQ');
    await panel(page, '저장한 화면').click();
    await name.fill('내 화면');
    await save.click();
    // What has come of it is seen at once.
    await expect(kept).toBeVisible();
    await expect(kept).toHaveAttribute('aria-current', 'page');

    await open(page, '/stocks?market=KOSPI');
    await panel(page, '저장한 화면').click();
    await name.fill('내 화면');
    await save.click();
    await expect(page.locator('#screen-fault')).toContainText('‘내 화면’ 화면이 이미 있습니다');
    await expect(name).toHaveValue('내 화면');
    await expect(kept).toHaveAttribute('href', '/stocks?market=KOSDAQ');
    await page.getByRole('checkbox', { name: '저장한 화면을 지금 화면으로 바꾸기' }).check();
    await save.click();
    await expect(page.locator('#screen-fault')).toHaveCount(0);
    await expect(kept).toHaveAttribute('href', '/stocks?market=KOSPI');

    const question = page.getByText('‘내 화면’ 화면을 삭제할까요?');
    await expect(question).toBeHidden();
    await page.locator('summary', { hasText: /^삭제$/ }).click();
    await expect(question).toBeVisible();
    await page.getByRole('button', { name: '화면 삭제' }).click();
    await expect(page.getByText('이름을 붙여 저장해')).toBeVisible();
    await expect(kept).toHaveCount(0);
  });
});

test('suggestions come while one types, and the arrows choose @js', async ({ page }) => {
  await open(page, '/stocks');
  const field = page.getByRole('combobox', { name: '종목 검색' });
  await field.pressSequentially('ㄱㄹ');
  await expect(options(page).first()).toBeVisible();
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(options(page)).toHaveCount(0);
  await field.fill('');
  await field.pressSequentially('ㄱㄹ');
  await expect(options(page).first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/stocks\/[0-9A-Z]{6}$/);
});

test('a suggestion is chosen as the pointer goes up, and not if it went elsewhere @js @desktop', async ({ page }) => {
  await open(page, '/stocks?size=20');
  await page.locator('#q').pressSequentially('ㄱㄹ');
  const first = options(page).first();
  await first.hover();
  await page.mouse.down();
  await page.locator('h1').hover();
  await page.mouse.up();
  await expect(page).toHaveURL(/\/stocks\?size=20$/);
  await expect(first).toBeVisible();
  await first.click();
  await expect(page).toHaveURL(/\/stocks\/[0-9A-Z]{6}$/);
});

test('a panel stays when a choice of its text ends outside @js @desktop', async ({ page }) => {
  await open(page, '/stocks?size=20');
  await panel(page, '필터').click();
  const filter = page.locator('details.panel').first();
  const field = page.getByLabel('현재가 최소');
  await field.fill('1234567');
  const box = (await field.boundingBox())!;
  await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2);
  await page.mouse.down();
  await page.locator('h1').hover();
  await page.mouse.up();
  await expect(filter).toHaveAttribute('open');
  await expect(field).toHaveValue('1234567');
  await page.locator('h1').click();
  await expect(filter).not.toHaveAttribute('open');
});

test('keys go through the rows, and never where text goes @js', async ({ page }) => {
  await open(page, '/stocks');
  const names = page.locator('main tbody a.name__text');
  await page.keyboard.press('j');
  await expect(names.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(names.nth(1)).toBeFocused();
  await page.keyboard.press('/');
  const field = page.locator('#q');
  await expect(field).toBeFocused();
  await page.keyboard.type('jk?');
  await expect(field).toHaveValue('jk?');
  await field.fill('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '단축키' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: '단축키' })).toBeHidden();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/stocks\/[0-9A-Z]{6}$/);
});

test('keys can be turned off, and stay so @js', async ({ page }) => {
  await open(page, '/stocks?size=20');
  const html = page.locator('html');
  const focused = page.locator('main tbody a.name__text:focus');
  await page.locator('[name=keys][value=off]').click();
  await expect(html).toHaveAttribute('data-keys', 'off');
  await expect.poll(async () => (await page.context().cookies()).find(({ name }) => name === 'appearance')?.value).toContain('off');
  for (const again of [false, true]) {
    if (again) await open(page, '/stocks?size=20');
    for (const key of ['j', '/', '?']) await page.keyboard.press(key);
    await expect(focused).toHaveCount(0);
    await expect(page.locator('#q')).not.toBeFocused();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  // What is no single letter still closes a panel.
  await panel(page, '정렬').click();
  await page.keyboard.press('Escape');
  await expect(page.locator('details.panel[open]')).toHaveCount(0);
  await page.locator('[name=keys][value=on]').click();
  await page.keyboard.press('j');
  await expect(focused).toHaveCount(1);
});

test('all rows are below each other, few of them in the page @js', async ({ page }) => {
  await open(page, '/stocks?size=all');
  await expect(page.getByRole('navigation', { name: '페이지' })).toBeHidden();
  const last = await total(page);
  await expect(page.locator('main table')).toHaveAttribute('aria-rowcount', String(last + 1));
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await expect(page.locator(`main tbody tr[aria-rowindex="${last + 1}"] a.name__text`)).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(150);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.locator('main tbody tr[aria-rowindex="2"] a.name__text')).toBeVisible();
});

test('without scripts all rows come in pages', async ({ page }) => {
  await open(page, '/stocks?size=all');
  const pages = page.locator('nav[aria-label="페이지"]');
  await expect(pages).toBeVisible({ visible: !hasScripts() });
  if (hasScripts()) return;
  await expect(rows(page)).toHaveCount(100);
  await pages.getByRole('link', { name: '다음' }).click();
  await expect(page).toHaveURL(/size=all&page=2$/);
  await expect(rows(page).first().locator('.rank')).toHaveText('101');
});

test('the overview shows both ends of each board, common shares or all', async ({ page }) => {
  await open(page, '/');
  for (const name of ['KOSPI 시가총액 상위 20', 'KOSPI 시가총액 하위 20', 'KOSDAQ 시가총액 상위 20', 'KOSDAQ 시가총액 하위 20']) {
    const table = page.getByRole('region', { name });
    await expect(table.locator('tbody tr')).toHaveCount(20);
    await expect(table.locator('thead th')).toHaveText(['관심', '종목명', '현재가', '등락률', '시가', '저가', '고가']);
  }
  await page.getByRole('link', { name: '우선주 포함' }).click();
  await expect(page).toHaveURL(/\?shares=all$/);
  await expect(page.getByRole('link', { name: '우선주 포함' })).toHaveAttribute('aria-current', 'true');
});
