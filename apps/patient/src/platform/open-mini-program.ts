import { isAllowedUrl } from './allowed-hosts.ts'

// Where WeChat's links that open a mini program live (URL Link).
const LINK_HOSTS = ['wxaurl.cn', 'wxmpurl.cn']

/** H5: leaves for the mini program by a link that the gateway made. False: it is no such link. */
export function openMiniProgram(url: string): boolean {
  if (!isAllowedUrl(url, LINK_HOSTS)) return false
  window.location.assign(url)
  return true
}
