import type { ScryptOptions } from 'node:crypto'

/** OWASP's figures for scrypt; some 60 ms and 64 MB a try. */
export const PASSWORD_COST = { N: 2 ** 16, r: 8, p: 1 } as const satisfies ScryptOptions
