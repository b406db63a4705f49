/** Members of the port that are amounts: on this wire they carry their unit in their name (`amountFen`). */
const AMOUNTS: readonly string[] = ['amount', 'total', 'available', 'refundable', 'refunded', 'fee']
const SUFFIX = 'Fen'

export class NamedWithoutUnit extends Error {
  override readonly name = 'NamedWithoutUnit'
  readonly field: string

  constructor(field: string) {
    super(`金额字段应写作 ${field}${SUFFIX}，单位是分`)
    this.field = field
  }
}

/** `{ amount: 1250 }` → `{ amountFen: 1250 }`, at any depth; members without a value are left out. */
export function toWire(value: unknown): unknown {
  return mapMembers(value, (name, member) =>
    typeof member === 'number' && AMOUNTS.includes(name) ? name + SUFFIX : name,
  )
}

/** The other way. Throws `NamedWithoutUnit` for an amount that does not say its unit: it could be yuan. */
export function fromWire(value: unknown): unknown {
  return mapMembers(value, (name) => {
    if (AMOUNTS.includes(name)) throw new NamedWithoutUnit(name)
    const bare = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : ''
    return AMOUNTS.includes(bare) ? bare : name
  })
}

/** How the wire calls a member of the port. */
export function wireName(name: string): string {
  return AMOUNTS.includes(name) ? name + SUFFIX : name
}

function mapMembers(value: unknown, rename: (name: string, member: unknown) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => mapMembers(one, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [rename(name, member), mapMembers(member, rename)]),
  )
}
