import { MAX_ID, MAX_TEXT } from './check-scalar.ts'
import { type Shape, wireName } from './shape.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** Collects the records of a document, each once, under its name. */
export class SchemaBook {
  readonly schemas: Record<string, JsonSchema> = {}

  /** The JSON Schema (2020-12) of a shape on the wire; records as references. */
  of(shape: Shape): JsonSchema {
    switch (shape.kind) {
      case 'id':
        return { type: 'string', minLength: 1, maxLength: MAX_ID }
      case 'text':
        return { type: 'string', maxLength: MAX_TEXT }
      case 'fen':
        return shape.signed
          ? { type: 'integer', description: '金额，单位：分；退费、冲销的行是负数' }
          : { type: 'integer', minimum: 0, description: '金额，单位：分' }
      case 'count':
        return { type: 'integer', minimum: 0 }
      case 'flag':
        return { type: 'boolean' }
      case 'instant':
        return { type: 'string', format: 'date-time' }
      case 'day':
        return { type: 'string', format: 'date' }
      case 'time':
        return { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }
      case 'one-of':
        return { type: 'string', enum: shape.values }
      case 'list':
        return { type: 'array', items: this.of(shape.of) }
      case 'optional':
        return { anyOf: [this.of(shape.of), { type: 'null' }] }
      case 'nothing':
        return { type: 'null' }
      case 'record':
        return this.#reference(shape.name, shape.fields)
    }
  }

  #reference(name: string, fields: Readonly<Record<string, Shape>>): JsonSchema {
    if (!Object.hasOwn(this.schemas, name)) {
      // Taken first, so that a record could hold itself.
      this.schemas[name] = {}
      const entries = Object.entries(fields)
      const required = entries.filter(([, of]) => of.kind !== 'optional')
      this.schemas[name] = {
        type: 'object',
        properties: Object.fromEntries(entries.map(([field, of]) => [wireName(field, of), this.of(of)])),
        ...(required.length === 0 ? {} : { required: required.map(([field, of]) => wireName(field, of)) }),
      }
    }
    return { $ref: `#/components/schemas/${name}` }
  }
}
