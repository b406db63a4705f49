import type { LocationQuery } from 'vue-router'

/** One field of a search form. `days` is a range and fills `from` and `to` (`yyyy-MM-dd`, both included). */
export interface FilterField {
  readonly key: string
  readonly title: string
  readonly kind: 'text' | 'choice' | 'days'
  readonly options?: readonly { readonly value: string; readonly text: string }[]
  /** An example of what to put in; of a choice, what is shown while nothing is chosen. */
  readonly hint?: string
}

export type Filters = Readonly<Record<string, string>>

export function keysOf(fields: readonly FilterField[]): readonly string[] {
  return fields.flatMap(({ key, kind }) => (kind === 'days' ? ['from', 'to'] : [key]))
}

/** The filters of an address; whatever else stands in it is not ours. */
export function readFilters(fields: readonly FilterField[], query: LocationQuery): Filters {
  const pairs = keysOf(fields).map((key) => [key, query[key]] as const)
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => isFilled(pair[1])))
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export function cleanFilters(filters: Readonly<Record<string, string | undefined>>): Filters {
  const pairs = Object.entries(filters).map(([key, value]) => [key, value?.trim()] as const)
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => isFilled(pair[1])))
}

/** In words, for a saved search that nobody gave a name. */
export function describeFilters(fields: readonly FilterField[], filters: Filters): string {
  const parts = fields.map(({ key, title, kind, options }) => {
    if (kind === 'days') {
      const { from, to } = filters
      return from || to ? `${from ?? '最早'} 至 ${to ?? '今天'}` : undefined
    }
    const value = filters[key]
    if (value === undefined) return undefined
    return `${title} ${options?.find((option) => option.value === value)?.text ?? value}`
  })
  return parts.filter(Boolean).join('，')
}
