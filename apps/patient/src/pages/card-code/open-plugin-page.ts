import { isH5 } from '../../platform/target.ts'

// The only plugin of this mini program; an address of anything else is not opened.
const CODE_PAGES = 'plugin://healthCardPlugins/'

/** Opens the card platform's own page for the code. False: it did not open, and our page goes on. */
export function openPluginPage(url: string): Promise<boolean> {
  if (isH5 || !url.startsWith(CODE_PAGES)) return Promise.resolve(false)
  return new Promise((resolve) => {
    uni.navigateTo({ url, success: () => resolve(true), fail: () => resolve(false) })
  })
}
