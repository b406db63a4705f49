import { setTimeout as sleep } from 'node:timers/promises'
import { fireOn, handlerOf, type RenderedElement } from './mini-events.ts'
import { MiniProgramModules } from './mini-program-modules.ts'
import { MiniStack } from './mini-stack.ts'
import { findControl, findTappable, linesOf, placedElements } from './mini-tree.ts'
import { createWx, type WxCall, type WxOverrides } from './wx-stub.ts'

export type MiniProgramOptions = {
  /** The built folder, e.g. `(await builtPatient('mp-weixin')).dist`. */
  readonly dist: string
  /** Where requests go, whatever origin the build carries. */
  readonly origin?: string
  readonly fetch?: typeof fetch
  /** Replaces or adds functions of `wx`; calls of these are written into `calls`. */
  readonly wx?: WxOverrides
  /** By plugin name: what `requirePlugin(name)` gives. */
  readonly plugin?: Readonly<Record<string, unknown>>
  /** `plugin://` pages that open, without their query; every other one fails, as before the plugin is there. */
  readonly pluginPages?: readonly string[]
  /** Replaces what every script of the app sees beside `wx`, e.g. `setTimeout`. */
  readonly globals?: Readonly<Record<string, unknown>>
  /** What the phone has stored before. */
  readonly storage?: Iterable<readonly [string, unknown]>
}

export type MiniPage = {
  readonly route: string
  readonly query: Readonly<Record<string, string>>
  readonly data: Readonly<Record<string, unknown>>
  readonly lines: readonly string[]
}

export type MiniProgram = Awaited<ReturnType<typeof openMiniProgram>>

/** Runs a built mini program: its real code on a stub of WeChat, with the components' trees rendered. */
export async function openMiniProgram(options: MiniProgramOptions) {
  const storage = new Map(options.storage ?? [])
  const calls: WxCall[] = []
  const errors: string[] = []
  const files = new Map<string, Uint8Array>()
  const stack = new MiniStack(() => modules, options.pluginPages)

  const { wx, pending } = createWx({
    origin: options.origin ?? 'http://127.0.0.1:9', // discard port: nothing answers
    fetch: options.fetch ?? fetch,
    overrides: options.wx ?? {},
    storage,
    calls,
    files,
    navigate: (kind, { url, delta }) => stack.navigate(kind, String(url ?? ''), Number(delta ?? 1)),
  })
  const app: Record<string, unknown> = {}
  const modules: MiniProgramModules = new MiniProgramModules(options.dist, {
    wx,
    getApp: () => app,
    getCurrentPages: () => stack.pages.map(({ component }) => component.scope),
    requirePlugin: (name: string) => {
      const plugin = options.plugin?.[name]
      if (plugin === undefined) throw new Error(`plugin ${name} was not given to the harness`)
      return plugin
    },
    console: { ...console, error: (...args: unknown[]) => errors.push(args.map(String).join(' ')) },
    ...options.globals,
  })
  const pages = modules.allPages()
  modules.require('app')
  Object.assign(app, modules.appOptions)
  callApp('onLaunch')
  callApp('onShow')

  function callApp(name: string, args: object = { path: pages[0], query: {}, scene: 1001 }) {
    const fn = app[name]
    if (typeof fn === 'function') fn.call(app, args)
  }

  const screen = () => stack.top.component.shadow

  /** Waits until nothing is under way: no request, and no change for some turns of the event loop. */
  async function settle(timeoutMs = 45_000): Promise<void> {
    const until = Date.now() + timeoutMs
    for (let quiet = 0; quiet < 5; ) {
      if (Date.now() > until) throw new Error(`${pending()} requests are still under way`)
      const before = stack.pages.map(({ component }) => component.renders).join()
      await sleep(pending() > 0 ? 5 : 0)
      quiet =
        pending() > 0 || before !== stack.pages.map(({ component }) => component.renders).join()
          ? 0
          : quiet + 1
    }
  }

  async function change(element: RenderedElement, event: string, value: unknown): Promise<void> {
    if (!fireOn(element, event, { value })) throw new Error(`<${element.tag}> does not listen to ${event}`)
    fireOn(element, 'blur', { value })
    await settle()
  }

  return {
    storage,
    navigations: stack.navigations,
    calls,
    errors,
    files,
    settle,

    /** The page on top. `data` is what its template sees. */
    get currentPage(): MiniPage {
      const { route, query, component } = stack.top
      return { route, query, data: component.data, lines: linesOf(component.shadow) }
    },

    /** As if opened from a link: everything before is closed. Values of `query` arrive encoded, as WeChat's do. */
    async open(path: string, query: Readonly<Record<string, string>> = {}): Promise<MiniPage> {
      const route = path.replace(/^\//, '')
      const encoded = Object.entries(query).map(([key, value]) => [key, encodeURIComponent(value)] as const)
      stack.leave(stack.pages.length)
      if (pages.includes(route)) stack.show(route, Object.fromEntries(encoded))
      else callApp('onPageNotFound', { path: route, query, isEntryPage: true })
      await settle()
      return this.currentPage
    },

    /** Taps what says this text, has this aria-label, or has this handler; the event bubbles as in WeChat. */
    async tap(wanted: string): Promise<void> {
      for (const element of findTappable(screen(), wanted).path.toReversed()) {
        if (element.tag === 'button' && element.attributes['disabled'] === true) break
        const handler = handlerOf(element, 'tap')
        if (handler) fireOn(element, 'tap', { x: 0, y: 0 })
        if (handler?.stops) break
      }
      await settle()
    },

    async input(label: string, value: string): Promise<void> {
      await change(findControl(screen(), ['input', 'textarea'], label), 'input', value)
    },

    /** Chooses from a picker by what it shows, or sets a date. */
    async pick(label: string, choice: string): Promise<void> {
      const picker = findControl(screen(), ['picker'], label)
      const { range, mode } = picker.attributes
      if (mode !== 'selector') return change(picker, 'change', choice)
      const index = Array.isArray(range) ? range.indexOf(choice) : -1
      if (index < 0) throw new Error(`「${choice}」 is not among 「${String(range)}」`)
      return change(picker, 'change', index)
    },

    /** Any event of a native or plugin element, e.g. `fire('health-card-login', 'authSuccess', { result })`. */
    async fire(tag: string, event: string, detail: unknown = {}): Promise<void> {
      const found = [...placedElements(screen())].find(
        ({ element }) => element.tag === tag && handlerOf(element, event),
      )
      if (!found) throw new Error(`no <${tag}> listens to ${event}`)
      fireOn(found.element, event, detail)
      await settle()
    },

    /** The attributes of every element with this tag on the screen, e.g. the `src` of `web-view`. */
    elements(tag: string): Readonly<Record<string, unknown>>[] {
      return [...placedElements(screen())].flatMap(({ element }) =>
        element.tag === tag ? [element.attributes] : [],
      )
    },

    has(text: string): boolean {
      return linesOf(screen()).some((line) => line.includes(text))
    },

    async waitFor(text: string, timeoutMs = 45_000): Promise<void> {
      const until = Date.now() + timeoutMs
      while (!this.has(text)) {
        if (Date.now() > until)
          throw new Error(`「${text}」 did not appear; there is: ${this.currentPage.lines.join(' / ')}`)
        await sleep(10)
      }
    },

    async back(): Promise<void> {
      stack.navigate('navigateBack', '')
      await settle()
    },

    close(): void {
      stack.leave(stack.pages.length)
    },
  }
}
