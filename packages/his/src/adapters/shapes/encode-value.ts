import { type Shape, wireName } from './shape.ts'

/** A value of the port as JSON: amounts under their wire names, absent fields left out. */
export function encodeValue(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'nothing':
      return null
    case 'optional':
      return value === undefined ? null : encodeValue(shape.of, value)
    case 'list':
      return (value as readonly unknown[]).map((one) => encodeValue(shape.of, one))
    case 'record':
      return Object.fromEntries(
        Object.entries(shape.fields)
          .map(([field, of]) => [field, of, (value as Readonly<Record<string, unknown>>)[field]] as const)
          .filter(([, , member]) => member !== undefined)
          .map(([field, of, member]) => [wireName(field, of), encodeValue(of, member)]),
      )
    default:
      return value
  }
}
