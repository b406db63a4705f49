import { checkScalar } from './check-scalar.ts'
import { at, Malformed } from './malformed.ts'
import { type Shape, wireName } from './shape.ts'

// As many rows as a large hospital's slots of two weeks; more is a mistake.
const MAX_ROWS = 50_000

/** How a field is found in what came: `wire` by its JSON name (`amountFen`), `port` by the port's own. */
export type Naming = 'wire' | 'port'

/**
 * Checks what came and answers a value of the port: exactly the fields of the shape, an absent, `null` or blank
 * optional one as `undefined`. What is more is ignored, so that a HIS may grow. Throws `Malformed`.
 */
export function decodeValue(shape: Shape, value: unknown, naming: Naming, path = ''): unknown {
  switch (shape.kind) {
    case 'nothing':
      return undefined
    case 'optional':
      return isAbsent(value) ? undefined : decodeValue(shape.of, value, naming, path)
    case 'list':
      return decodeList(shape.of, value, naming, path)
    case 'record':
      return decodeRecord(shape.fields, value, naming, path)
    default:
      return checkScalar(shape, value, path)
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function decodeList(of: Shape, value: unknown, naming: Naming, path: string): unknown {
  if (!Array.isArray(value)) throw new Malformed(path, 'expected a list')
  if (value.length > MAX_ROWS) throw new Malformed(path, 'too many rows')
  return value.map((one, index) => decodeValue(of, one, naming, at(path, index)))
}

function decodeRecord(
  fields: Readonly<Record<string, Shape>>,
  value: unknown,
  naming: Naming,
  path: string,
): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed(path, 'expected an object')
  return Object.fromEntries(
    Object.entries(fields).map(([field, shape]) => {
      const name = naming === 'wire' ? wireName(field, shape) : field
      const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
      return [field, decodeValue(shape, member, naming, at(path, name))]
    }),
  )
}
