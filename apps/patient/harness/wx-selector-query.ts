import type { WxCall } from './wx-stub.ts'

/** `wx.createSelectorQuery`: nothing has a place here, so every element is found at the top of the screen. */
export function createSelectorQuery(calls: WxCall[]): Record<string, unknown> {
  const answers: object[] = []
  const query: Record<string, unknown> = {}
  const ask = (result: object) => (done?: (result: object) => void) => {
    answers.push(result)
    done?.(result)
    return query
  }
  const nodes = {
    boundingClientRect: ask({ left: 0, top: 0, right: 360, bottom: 48, width: 360, height: 48 }),
    scrollOffset: ask({ scrollLeft: 0, scrollTop: 0 }),
    fields: (_wanted: object, done?: (result: object) => void) => ask({})(done),
  }
  return Object.assign(query, {
    in: () => query,
    select: (selector: string) => {
      calls.push({ name: 'createSelectorQuery.select', options: selector })
      return nodes
    },
    selectAll: () => nodes,
    selectViewport: () => nodes,
    exec: (done?: (results: object[]) => void) => {
      done?.(answers)
      return query
    },
  })
}
