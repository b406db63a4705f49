import type { Locator, Page } from 'playwright-core'

/** Chooses from a list of choices by mouse. The field itself lies below what it shows: its frame is clicked. */
export async function choose(
  page: Page,
  within: Page | Locator,
  name: string,
  option: string,
): Promise<void> {
  const field = page.getByRole('combobox', { name })
  await within.locator('.el-select__wrapper').filter({ has: field }).click()
  await page.getByRole('option', { name: option }).click()
}
