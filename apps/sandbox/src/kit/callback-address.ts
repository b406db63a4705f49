/** Simulators lead a browser back only to this machine: a sandbox must not be a way to send people elsewhere. */
export const LOCAL_HOSTS: readonly string[] = ['127.0.0.1', 'localhost']

/** The address if it is an absolute http(s) URL on one of the hosts, undefined otherwise. */
export function callbackAddress(
  text: string | undefined,
  hosts: readonly string[] = LOCAL_HOSTS,
): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && hosts.includes(url.hostname) ? url : undefined
}
