/** The part of JSON Schema by which a configuration is walked. */
export interface ConfigSchema {
  readonly properties?: Readonly<Record<string, ConfigSchema>>
  readonly oneOf?: readonly ConfigSchema[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly description?: string
}

const MOST = 2_000

/** What goes to somebody's own module, or into headers and templates: it may hold what nobody should read. */
export const HIDDEN = new Set(['options', 'headers', 'settings', 'mapping'])

/** As it stands in the file; an address without what may be secret in it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return /^https?:\/\//.test(value) ? shownAddress(value) : value
  const text = JSON.stringify(value, (_key, inner) =>
    typeof inner === 'string' && /^https?:\/\//.test(inner) ? shownAddress(inner) : inner,
  )
  return text.length > MOST ? `${text.slice(0, MOST)}……` : text
}

function shownAddress(text: string): string {
  const { protocol, host, pathname, search } = new URL(text)
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}${search === '' ? '' : '?……'}`
}

export function hiddenValue(value: unknown): string {
  const count = Object.keys((value ?? {}) as object).length
  return count === 0 ? '' : `${count} 项，不显示`
}
