/** What a field takes, and what that means for the keyboards of both targets. */
export type FieldKind = 'text' | 'name' | 'phone' | 'id-number' | 'number' | 'code' | 'choice' | 'date'

export type Choice = { readonly value: string; readonly label: string }

type Typing = {
  readonly type: 'text' | 'tel'
  readonly inputmode: 'text' | 'tel' | 'numeric' | 'decimal'
  readonly autocomplete: string
  /** WeChat's keyboards; `idcard` has the X. */
  readonly weixinType: 'text' | 'number' | 'idcard' | 'digit'
}

const typings: Record<Exclude<FieldKind, 'choice' | 'date'>, Typing> = {
  text: { type: 'text', inputmode: 'text', autocomplete: 'off', weixinType: 'text' },
  name: { type: 'text', inputmode: 'text', autocomplete: 'name', weixinType: 'text' },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel-national', weixinType: 'number' },
  // Not `numeric`: the last place of an ID number may be an X, which that keyboard lacks.
  'id-number': { type: 'text', inputmode: 'text', autocomplete: 'off', weixinType: 'idcard' },
  number: { type: 'text', inputmode: 'decimal', autocomplete: 'off', weixinType: 'digit' },
  code: { type: 'text', inputmode: 'numeric', autocomplete: 'one-time-code', weixinType: 'number' },
}

export function typingOf(kind: FieldKind): Typing {
  return kind === 'choice' || kind === 'date' ? typings.text : typings[kind]
}

export function choiceIndex(choices: readonly Choice[], value: string): number {
  return choices.findIndex((choice) => choice.value === value)
}

/** WeChat's picker answers with an index, as number or as text. */
export function choiceAt(choices: readonly Choice[], index: number | string): string {
  return choices[Number(index)]?.value ?? ''
}

/** Events of the mini program carry the value in `detail`, where the browser's type has a number or nothing. */
export function weixinValue(event: object): string | number {
  const detail: unknown = 'detail' in event ? event.detail : undefined
  if (typeof detail !== 'object' || detail === null || !('value' in detail)) return ''
  return typeof detail.value === 'number' ? detail.value : String(detail.value ?? '')
}
