import type { Session } from '../session/session-api.ts'

export interface PaletteEntry {
  readonly key: string
  readonly text: string
  readonly note: string
  readonly path: string
}

interface Place {
  readonly page: string
  readonly note: string
  /** The list's own filter. */
  readonly filter: string
  readonly what: string
  readonly more?: string
}

const TRACE = /^ZY-[2-9A-Z]{4}-[2-9A-Z]{4}$/i
const OF_TRACE: readonly Place[] = [
  { page: 'calls', note: '接口调用', filter: 'number', what: '追踪号' },
  { page: 'audit', note: '审计', filter: 'traceId', what: '追踪号' },
]
// Only numbers that stand for no person: an address keeps what it is given.
const OF_NUMBER: readonly Place[] = [
  { page: 'refunds', note: '退款', filter: 'number', what: '单号', more: 'list=all' },
  { page: 'visits', note: '挂号与缴费', filter: 'number', what: '单号' },
  { page: 'calls', note: '接口调用', filter: 'number', what: '单号' },
  { page: 'audit', note: '审计', filter: 'subject', what: '对象' },
]

/** What a text in the search field may mean: a page of the menu, or a number to look for where the account may look. */
export function paletteEntries({ menu, permissions }: Session, text: string): readonly PaletteEntry[] {
  const wanted = text.trim()
  const places = wanted === '' ? [] : searches(wanted, permissions)
  const pages = menu.flatMap(({ group, items }) =>
    items
      .filter(({ name }) => name.includes(wanted))
      .map(({ path, name }) => ({ key: path, text: name, note: group || '页面', path })),
  )
  return [...places, ...pages]
}

function searches(wanted: string, permissions: readonly string[]): readonly PaletteEntry[] {
  const isTrace = TRACE.test(wanted)
  const value = isTrace ? wanted.toUpperCase() : wanted
  return (isTrace ? OF_TRACE : OF_NUMBER)
    .filter(({ page }) => permissions.includes(`${page}.read`))
    .map(({ page, note, filter, what, more }) => {
      const query = new URLSearchParams(more)
      query.set(filter, value)
      return { key: `${page}-${filter}`, text: `找${what} ${value}`, note, path: `/${page}?${query}` }
    })
}
