import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { compileFunction, createContext } from 'node:vm'
import { parseWxml, type WxmlNode } from './wxml.ts'

export type ComponentOptions = {
  readonly properties?: Record<string, unknown>
  readonly data?: Record<string, unknown>
  readonly methods?: Record<string, unknown>
  readonly lifetimes?: Record<string, unknown>
  readonly observers?: Record<string, unknown>
  readonly pageLifetimes?: Record<string, unknown>
  readonly [name: string]: unknown
}
export type Definition = {
  readonly path: string
  readonly options: ComponentOptions
  readonly template: WxmlNode[]
  /** Tag name → path of the component; `plugin://…` for those of a plugin. */
  readonly using: Readonly<Record<string, string>>
}
export type AppJson = {
  readonly pages: readonly string[]
  readonly subPackages?: readonly {
    root: string
    pages: readonly string[]
    plugins?: Record<string, unknown>
  }[]
}

/** Loads the built files as WeChat does: CommonJS in one context of its own, pages by path, components by JSON. */
export class MiniProgramModules {
  readonly appJson: AppJson
  readonly context
  appOptions: Record<string, unknown> = {}
  readonly #dist: string
  readonly #modules = new Map<string, { exports: unknown }>()
  readonly #definitions = new Map<string, Definition>()
  #registered: ComponentOptions | undefined

  constructor(dist: string, globals: Record<string, unknown>) {
    this.#dist = dist
    this.appJson = JSON.parse(this.#read('app.json')) as AppJson
    const register = (options: ComponentOptions) => {
      this.#registered = options
    }
    this.context = createContext({
      console,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      queueMicrotask,
      global: {},
      App: (options: Record<string, unknown>) => {
        this.appOptions = options
      },
      Page: register,
      Component: register,
      ...globals,
    })
  }

  allPages(): string[] {
    const sub = (this.appJson.subPackages ?? []).flatMap(({ root, pages }) =>
      pages.map((page) => posix.join(root, page)),
    )
    return [...this.appJson.pages, ...sub]
  }

  require(path: string): unknown {
    const file = path.endsWith('.js') ? path : `${path}.js`
    const known = this.#modules.get(file)
    if (known) return known.exports
    const module: { exports: unknown } = { exports: {} }
    this.#modules.set(file, module)
    const run = compileFunction(this.#read(file), ['require', 'module', 'exports'], {
      filename: join(this.#dist, file),
      parsingContext: this.context,
    })
    run((relative: string) => this.require(posix.join(posix.dirname(file), relative)), module, module.exports)
    return module.exports
  }

  definition(path: string): Definition {
    const known = this.#definitions.get(path)
    if (known) return known
    this.#registered = undefined
    this.require(path)
    const options: ComponentOptions | undefined = this.#registered
    if (!options) throw new Error(`${path}.js registered no page and no component`)
    const json = JSON.parse(this.#read(`${path}.json`)) as { usingComponents?: Record<string, string> }
    const using = Object.entries(json.usingComponents ?? {}).map(([tag, target]) => [
      tag,
      target.startsWith('plugin://') ? target : posix.resolve('/', posix.dirname(path), target).slice(1),
    ])
    const definition = {
      path,
      options,
      template: parseWxml(this.#read(`${path}.wxml`), path),
      using: Object.fromEntries(using),
    }
    this.#definitions.set(path, definition)
    return definition
  }

  #read(file: string): string {
    const full = join(this.#dist, file)
    if (!existsSync(full)) throw new Error(`${file} is not in ${this.#dist}`)
    return readFileSync(full, 'utf8')
  }
}
