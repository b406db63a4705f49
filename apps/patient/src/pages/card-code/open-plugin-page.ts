import { isH5 } from '../../platform/target.ts'

// The only plugin of this mini program; an address of anything else is not opened.
const CODE_PAGES = 'plugin://healthCardPlugins/'

/**
 * Opens the card platform's own page for the code. False: it did not open, and our page goes on. The plugin belongs to
 * a subpackage and the caller to the main package: WeChat allows that for a plugin's pages (not for its components
 * or its interface) from base library 2.9.0 on; an older one fails here.
 */
export function openPluginPage(url: string): Promise<boolean> {
  if (isH5 || !url.startsWith(CODE_PAGES)) return Promise.resolve(false)
  return new Promise((resolve) => {
    uni.navigateTo({ url, success: () => resolve(true), fail: () => resolve(false) })
  })
}
