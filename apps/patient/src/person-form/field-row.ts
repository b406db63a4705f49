import type { Choice, FieldKind } from '../components/field-kinds.ts'

/** One question of a form; the name is the gateway's field name. */
export type FieldRow = {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly choices?: readonly Choice[]
  readonly placeholder?: string
  readonly hint?: string
  readonly maxlength?: number
  readonly max?: string
  /** The hospital still needs it: said in words and shown by the edge. */
  readonly need?: boolean
  readonly required?: boolean
}
