import { MiniComponent } from './mini-component.ts'
import type { MiniProgramModules } from './mini-program-modules.ts'
import type { Navigation } from './wx-stub.ts'

export type OpenPage = {
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  readonly component: MiniComponent
}
// WeChat's own limit.
const MOST_PAGES = 10

/** The pages that lie upon each other, and what `wx.navigateTo` and its sisters do with them. */
export class MiniStack {
  readonly pages: OpenPage[] = []
  readonly navigations: Navigation[] = []
  readonly #modules: () => MiniProgramModules
  readonly #pluginPages: readonly string[]

  constructor(modules: () => MiniProgramModules, pluginPages: readonly string[] = []) {
    this.#modules = modules
    this.#pluginPages = pluginPages
  }

  get top(): OpenPage {
    const page = this.pages.at(-1)
    if (!page) throw new Error('no page is open: call open(path) first')
    return page
  }

  show(route: string, query: Readonly<Record<string, string>>): void {
    const modules = this.#modules()
    const definition = this.#pluginPages.includes(route) ? foreignPage(route) : modules.definition(route)
    const component = new MiniComponent(definition, (path) => modules.definition(path))
    Object.assign(component.scope, { route, __route__: route })
    this.pages.push({ route, query, component })
    component.attach()
    component.call('onLoad', query)
    component.call('onShow')
    component.ready()
  }

  leave(count: number): void {
    for (const { component } of this.pages.splice(Math.max(0, this.pages.length - count)).reverse()) {
      component.call('onUnload')
      component.detach()
    }
  }

  /** Answers what is wrong, or nothing when it worked. */
  navigate(kind: string, url: string, delta = 1): string | undefined {
    this.navigations.push({ kind, url: kind === 'navigateBack' ? String(delta) : url })
    if (kind === 'navigateBack') {
      if (this.pages.length < 2) return 'cannot navigate back at first page'
      this.leave(Math.min(delta, this.pages.length - 1))
      this.top.component.call('onShow')
      return undefined
    }
    const { route, query } = parseUrl(url, this.pages.at(-1)?.route)
    const known = route.startsWith('plugin://') ? this.#pluginPages : this.#modules().allPages()
    if (!known.includes(route)) return `page "${route}" is not found`
    if (kind === 'navigateTo' && this.pages.length >= MOST_PAGES) return 'webview count limit exceed'
    if (kind === 'navigateTo') this.pages.at(-1)?.component.call('onHide')
    else this.leave(kind === 'redirectTo' ? 1 : this.pages.length)
    this.show(route, query)
    return undefined
  }
}

/** The query stays encoded, as in WeChat. */
function parseUrl(url: string, from = ''): { route: string; query: Record<string, string> } {
  const [path = '', ...search] = url.split('?')
  const pairs = search
    .join('?')
    .split('&')
    .flatMap((pair) => {
      const [key = '', ...value] = pair.split('=')
      return key === '' ? [] : [[key, value.join('=')] as const]
    })
  const route = path.startsWith('plugin://') ? path : new URL(path, `http://x/${from}`).pathname.slice(1)
  return { route, query: Object.fromEntries(pairs) }
}

/** A plugin's page: its insides are not ours to see. */
const foreignPage = (path: string) => ({ path, options: {}, template: [], using: {} })
