import { nextTick } from 'vue'
import { canGoBack } from './navigate.ts'
import { isH5 } from './target.ts'

export function showTitle(title: string): void {
  uni.setNavigationBarTitle({ title, fail: () => undefined })
}

/**
 * A page change in H5 is silent for a screen reader: put the focus on the new page's title. Not on the first
 * page, where the browser itself reads from the top.
 */
export function announcePage(titleId: string): void {
  if (isH5 && canGoBack()) void nextTick().then(() => document.getElementById(titleId)?.focus())
}
