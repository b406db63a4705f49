// A mini program has no `URL`, so the parts that matter are read here, and strictly: anything unusual
// (user info, backslash, blanks, control characters) is refused rather than understood.
const WEB_URL = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?(?:[/?#][^\s\\]*)?$/i

/** `host` or `host:port` of an address, lower case; undefined when it is not a plain web address. */
export function hostOf(url: string): { scheme: 'http' | 'https'; host: string } | undefined {
  const match = WEB_URL.exec(url)
  if (!match?.[1] || !match[2]) return undefined
  const scheme = match[1].toLowerCase() === 'https' ? 'https' : 'http'
  return { scheme, host: (match[2] + (match[3] ?? '')).toLowerCase() }
}

/**
 * Exact hosts only: a suffix rule would let `evil-example.cn` or a forgotten sub-domain in. Plain http is
 * for the sandbox on this very machine.
 */
export function isAllowedUrl(url: string, allowedHosts: readonly string[]): boolean {
  const parts = hostOf(url)
  if (!parts || !allowedHosts.includes(parts.host)) return false
  return parts.scheme === 'https' || /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(parts.host)
}

export function parseHostList(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '')
}

let allowedHosts: readonly string[] = parseHostList(import.meta.env?.VITE_ZHANGYI_WEB_HOSTS)

/** Called once with what the gateway says; the list never comes from a page's query, which anybody can write. */
export function allowWebHosts(hosts: readonly string[]): void {
  allowedHosts = hosts.map((host) => host.toLowerCase())
}

export function mayOpenWebPage(url: string): boolean {
  return isAllowedUrl(url, allowedHosts)
}
