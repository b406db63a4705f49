import { textOf } from './expression.ts'
import type { MiniComponent } from './mini-component.ts'
import { camelCase } from './mini-data.ts'

export type RenderedText = { readonly kind: 'text'; readonly text: string }
export type RenderedElement = {
  readonly kind: 'element'
  readonly tag: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** Whose template it stands in: its handlers are found there. */
  readonly owner: MiniComponent
  /** What stands inside it in the owner's template; a component puts these into its slots. */
  children: Rendered[]
  /** The component behind the tag, if it is one. */
  component?: MiniComponent
}
export type Rendered = RenderedText | RenderedElement

export type MiniEvent = { readonly type: string; readonly detail: unknown; readonly [name: string]: unknown }
const PREFIXES = ['bind', 'bind:', 'catch', 'catch:', 'capture-bind:', 'mut-bind:'] as const

/** The handler's name for an event on an element, and whether it stops there. */
export function handlerOf(
  element: RenderedElement,
  event: string,
): { name: string; stops: boolean } | undefined {
  for (const prefix of PREFIXES) {
    const name = element.attributes[prefix + event]
    if (typeof name === 'string' && name !== '') return { name, stops: prefix.startsWith('catch') }
  }
  return undefined
}

/** Fires on one element, without bubbling; `detail` stays the same object, as uni-app relies on it. */
export function fireOn(element: RenderedElement, type: string, detail: unknown = {}): boolean {
  const handler = handlerOf(element, type)
  if (!handler) return false
  const dataset = Object.fromEntries(
    Object.entries(element.attributes).flatMap(([name, value]) => {
      if (!name.startsWith('data-')) return []
      return [[camelCase(name.slice(5)), value]]
    }),
  )
  const target = { id: textOf(element.attributes['id']), dataset }
  element.owner.call(handler.name, {
    type,
    detail,
    target,
    currentTarget: target,
    mark: {},
    timeStamp: Date.now(),
  })
  return true
}
