import { isH5 } from './target.ts'

// Room for the title bar, so that the label is seen and not only the field.
const ABOVE_PX = 96

/** Brings a field into view and, where there is a keyboard focus, puts it there. */
export function revealField(fieldId: string, component: unknown): void {
  if (isH5) {
    document.getElementById(fieldId)?.focus()
    return
  }
  const query = uni.createSelectorQuery()
  if (component) query.in(component)
  query
    .select('.zy-field')
    .boundingClientRect()
    .selectViewport()
    .scrollOffset(() => undefined)
    .exec((found: readonly ({ top?: number; scrollTop?: number } | null)[]) => {
      const [field, viewport] = found
      if (field?.top === undefined) return
      const scrollTop = Math.max(0, (viewport?.scrollTop ?? 0) + field.top - ABOVE_PX)
      uni.pageScrollTo({ scrollTop, duration: 200, fail: () => undefined })
    })
}
