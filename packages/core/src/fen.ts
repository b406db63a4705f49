declare const fenBrand: unique symbol

/** Money in integer fen (1/100 yuan). Yuan strings exist only at the edges: `parseYuan`, `formatYuan`. */
export type Fen = number & { readonly [fenBrand]: true }

export class FenError extends Error {
  override readonly name = 'FenError'
}

/** Asserts that a number is a safe integer amount in fen; negative amounts are allowed (journal lines). */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new FenError(`not an amount in fen: ${value}`)
  return (Object.is(value, -0) ? 0 : value) as Fen
}

export function addFen(...amounts: readonly Fen[]): Fen {
  // Each partial sum is checked: beyond 2^53 a sum would be rounded and could come back as a wrong, safe number.
  return amounts.reduce<Fen>((sum, amount) => fen(sum + amount), fen(0))
}

export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount)
}

/** Parses `12`, `12.3`, `12.34` or `-0.05` yuan exactly, without floating point. Anything else throws. */
export function parseYuan(text: string): Fen {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) throw new FenError('not an amount in yuan with at most two decimals')
  const [, sign, yuan = '0', decimals = ''] = match
  const value = Number(yuan) * 100 + Number(decimals.padEnd(2, '0'))
  return fen(sign === '-' ? -value : value)
}

/** `1234` → `12.34`. */
export function formatYuan(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
