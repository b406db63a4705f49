import type { Session } from '../session/session-api.ts'

export interface PaletteEntry {
  readonly key: string
  readonly text: string
  readonly note: string
  readonly path: string
  readonly isOld: boolean
}

const TRACE = /^ZY-[2-9A-Z]{4}-[2-9A-Z]{4}$/i

/** What a text in the search field may mean: a page of the menu, or a number to look for where the account may look. */
export function paletteEntries({ menu, permissions }: Session, text: string): readonly PaletteEntry[] {
  const wanted = text.trim()
  const places = wanted === '' ? [] : searches(wanted).filter(({ needs }) => permissions.includes(needs))
  const pages = menu.flatMap(({ group, items }) =>
    items
      .filter(({ name }) => name.includes(wanted))
      .map(({ path, name, isOld }) => ({ key: path, text: name, note: group || '页面', path, isOld })),
  )
  return [...places.map(({ needs: _, ...entry }) => entry), ...pages]
}

function searches(wanted: string): readonly (PaletteEntry & { readonly needs: string })[] {
  const isTrace = TRACE.test(wanted)
  const value = isTrace ? wanted.toUpperCase() : wanted
  const place = (key: string, name: string, page: string, filter: string) => ({
    ...{ key, text: `找${name} ${value}`, note: page === 'calls' ? '接口调用' : '审计' },
    ...{ path: `/${page}?${new URLSearchParams({ [filter]: value })}`, isOld: false, needs: `${page}.read` },
  })
  return isTrace
    ? [place('call-trace', '追踪号', 'calls', 'number'), place('audit-trace', '追踪号', 'audit', 'traceId')]
    : [place('call-number', '单号', 'calls', 'number'), place('audit-subject', '对象', 'audit', 'subject')]
}
