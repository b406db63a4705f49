/** Whether an address leads to this machine, where in development the sandbox stands. */
export function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || /^(127\.|\[::1\]|0\.0\.0\.0)/.test(hostname)
}
