import { textOf } from './expression.ts'
import { handlerOf, type Rendered, type RenderedElement } from './mini-events.ts'

/** An element with everything around it on the screen, outermost first: the way an event bubbles. */
export type Placed = { readonly element: RenderedElement; readonly path: readonly RenderedElement[] }

/** What stands on the screen: components replaced by their insides, slots filled from outside. */
function insidesOf(element: RenderedElement): readonly Rendered[] {
  if (element.component) return element.component.shadow
  if (element.tag !== 'slot') return element.children
  const name = textOf(element.attributes['name'])
  const given = (element.owner.host?.children ?? []).filter(
    (child) => name === (child.kind === 'text' ? '' : textOf(child.attributes['slot'])),
  )
  return given.length > 0 ? given : element.children
}

export function* placedElements(
  nodes: readonly Rendered[],
  path: readonly RenderedElement[] = [],
): Generator<Placed> {
  for (const element of nodes) {
    if (element.kind === 'text' || element.attributes['hidden'] === true) continue
    const here = [...path, element]
    yield { element, path: here }
    yield* placedElements(insidesOf(element), here)
  }
}

const INLINE = new Set(['text', 'slot', 'label'])

/** Visible text, one line per box. */
export function linesOf(nodes: readonly Rendered[]): string[] {
  let lines = ['']
  const add = (node: Rendered) => {
    if (node.kind === 'text') lines = [...lines.slice(0, -1), (lines.at(-1) ?? '') + node.text]
    else if (node.attributes['hidden'] !== true) {
      const breaks = !INLINE.has(node.tag) && !node.component
      if (breaks) lines.push('')
      const value = node.tag === 'input' || node.tag === 'textarea' ? node.attributes['value'] : undefined
      if (value !== undefined) lines.push(textOf(value))
      insidesOf(node).forEach(add)
      if (breaks) lines.push('')
    }
  }
  nodes.forEach(add)
  return lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '')
}

/** The one thing that can be tapped and says `wanted` (a line of it, its aria-label, or its handler's name). */
export function findTappable(nodes: readonly Rendered[], wanted: string): Placed {
  const tappable = [...placedElements(nodes)].filter(({ element }) => handlerOf(element, 'tap') !== undefined)
  const say = ({ element }: Placed) => [
    textOf(element.attributes['aria-label']),
    ...linesOf(insidesOf(element)),
  ]
  const tests: ((placed: Placed) => boolean)[] = [
    (placed) => say(placed).includes(wanted),
    (placed) => say(placed).some((line) => line.includes(wanted)),
    ({ element }) => handlerOf(element, 'tap')?.name === wanted,
  ]
  for (const test of tests) {
    const found = tappable.filter(test)
    // Around a button may stand a tappable card with the same words: the inner one is meant.
    const inner = found.filter(
      (one) => !found.some((other) => other !== one && other.path.includes(one.element)),
    )
    if (inner.length > 1) throw new Error(`「${wanted}」 can be tapped in ${inner.length} places`)
    if (inner[0]) return inner[0]
  }
  const all = tappable.map((placed) => say(placed).filter(Boolean).join(' / '))
  throw new Error(
    `nothing to tap says 「${wanted}」; there are: ${all.map((text) => `「${text}」`).join(' ')}`,
  )
}

/** A form control by its label (aria-label, with or without 「需补充 · 」) or its placeholder. */
export function findControl(
  nodes: readonly Rendered[],
  tags: readonly string[],
  label: string,
): RenderedElement {
  const controls = [...placedElements(nodes)]
    .map(({ element }) => element)
    .filter(({ tag }) => tags.includes(tag))
  const names = (element: RenderedElement) =>
    ['aria-label', 'placeholder'].map((name) => textOf(element.attributes[name]))
  const found =
    controls.find((element) => names(element).includes(label)) ??
    controls.find((element) => names(element).some((name) => name.endsWith(label)))
  if (found) return found
  throw new Error(
    `no ${tags.join('/')} is called 「${label}」; there are: ${controls.map((one) => names(one)[0]).join('、')}`,
  )
}
