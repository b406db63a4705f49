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

const THIS_MACHINE = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/

/**
 * Exact hosts only: a suffix rule would let `evil-example.cn` or a forgotten sub-domain in. Plain http is
 * for the sandbox on this very machine, whose ports `anyLocalPort` opens in development.
 */
export function isAllowedUrl(url: string, allowedHosts: readonly string[], anyLocalPort = false): boolean {
  const parts = hostOf(url)
  if (!parts) return false
  const local = THIS_MACHINE.test(parts.host)
  if (local && anyLocalPort) return true
  return allowedHosts.includes(parts.host) && (parts.scheme === 'https' || local)
}

export function isLocalUrl(url: string): boolean {
  return THIS_MACHINE.test(hostOf(url)?.host ?? '')
}

export function parseHostList(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '')
}

// Where the card platform's own pages live (contract 1); a province with a host of its own adds it by setting.
const CARD_PLATFORM_HOSTS = ['health.tengmed.com', '03-h5-health.tengmed.com', 'healthopen.healthcard.qq.com']
const fixedHosts: readonly string[] = [
  ...CARD_PLATFORM_HOSTS,
  ...parseHostList(import.meta.env?.VITE_ZHANGYI_WEB_HOSTS),
]
let allowedHosts = fixedHosts
let anyLocalPort = false

/** Called with what the gateway says; the list never comes from a page's query, which anybody can write. */
export function allowWebHosts(hosts: readonly string[], development: boolean): void {
  allowedHosts = [...fixedHosts, ...hosts.map((host) => host.toLowerCase())]
  anyLocalPort = development
}

export function mayOpenWebPage(url: string): boolean {
  return isAllowedUrl(url, allowedHosts, anyLocalPort)
}
