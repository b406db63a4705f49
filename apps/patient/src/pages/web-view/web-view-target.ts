import { mayOpenWebPage } from '../../platform/allowed-hosts.ts'

/** The address from the page's query, or undefined when it may not be shown. */
export function webViewTarget(
  encoded: unknown,
  mayOpen: (url: string) => boolean = mayOpenWebPage,
): string | undefined {
  if (typeof encoded !== 'string') return undefined
  // WeChat hands the query over still encoded, uni-app on H5 decoded: accept the address in either form.
  if (mayOpen(encoded)) return encoded
  try {
    const url = decodeURIComponent(encoded)
    return mayOpen(url) ? url : undefined
  } catch {
    return undefined
  }
}
