import { interpolate, type Scope, textOf } from './expression.ts'
import { copyData, isSelected, propertiesOf, putAt } from './mini-data.ts'
import { fireOn, type Rendered, type RenderedElement } from './mini-events.ts'
import type { Definition } from './mini-program-modules.ts'
import type { WxmlElement, WxmlNode } from './wxml.ts'

type Fn = (...args: unknown[]) => unknown
type Definitions = (path: string) => Definition

/** A page or component as WeChat runs it: `scope` is the `this` that uni-app's runtime sees. */
export class MiniComponent {
  readonly scope: Record<string, unknown> = {}
  readonly definition: Definition
  shadow: Rendered[] = []
  host: RenderedElement | undefined
  renders = 0
  readonly #definitions: Definitions
  readonly #children = new Map<string, MiniComponent>()
  #visited = new Set<string>()
  #attached = false
  #ready = false
  #rendering = false
  #dirty = false

  constructor(definition: Definition, definitions: Definitions, host?: RenderedElement) {
    this.definition = definition
    this.#definitions = definitions
    this.host = host
    const { options } = definition
    const data: Record<string, unknown> = { ...copyData(options.data ?? {}) }
    for (const [name, property] of Object.entries(options.properties ?? {})) {
      data[name] = copyData((property as { value?: unknown } | null)?.value)
    }
    Object.assign(this.scope, options.methods, {
      data,
      properties: data,
      is: definition.path,
      dataset: {},
      setData: (changes: Record<string, unknown>, done?: () => void) => {
        this.setData(changes)
        done?.call(this.scope)
      },
      triggerEvent: (name: string, detail?: unknown) => {
        if (this.host) fireOn(this.host, name, detail)
      },
      selectComponent: (selector: string) => this.#select(selector)[0] ?? null,
      selectAllComponents: (selector: string) => this.#select(selector),
      getOpenerEventChannel: () => ({ on() {}, once() {}, off() {}, emit() {} }),
    })
    this.#lifetime('created')
  }

  get data(): Record<string, unknown> {
    return this.scope['data'] as Record<string, unknown>
  }

  attach(): void {
    this.#lifetime('attached')
    this.#attached = true
    this.render()
  }

  /** Children before parents, once each, as in WeChat. */
  ready(): void {
    for (const child of this.#children.values()) child.ready()
    if (this.#ready) return
    this.#ready = true
    this.#lifetime('ready')
  }

  detach(): void {
    for (const child of this.#children.values()) child.detach()
    this.#children.clear()
    this.#attached = false
    this.#lifetime('detached')
  }

  call(method: string, ...args: unknown[]): unknown {
    const fn = this.scope[method]
    return typeof fn === 'function' ? (fn as Fn).apply(this.scope, args) : undefined
  }

  setData(changes: Record<string, unknown>): void {
    for (const [path, value] of Object.entries(changes)) this.#put(path, copyData(value))
    this.render()
  }

  setProperties(values: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(values)) {
      const old = this.data[name]
      if (value !== old || (typeof value === 'object' && value !== null)) this.#put(name, copyData(value))
    }
    this.render()
  }

  #put(path: string, value: unknown): void {
    const { field, old, whole } = putAt(this.data, path, value)
    const property = this.definition.options.properties?.[field] as { observer?: Fn } | null | undefined
    if (whole) property?.observer?.call(this.scope, value, old)
    const observer = this.definition.options.observers?.[field]
    if (typeof observer === 'function') (observer as Fn).call(this.scope, this.data[field])
  }

  render(): void {
    if (!this.#attached) return
    this.#dirty = true
    // A child's event may change this data while the tree is being made: then once more, afterwards.
    if (this.#rendering) return
    this.#rendering = true
    for (let round = 0; this.#dirty; round++) {
      if (round > 50) throw new Error(`${this.definition.path} renders without end`)
      this.#dirty = false
      this.renders += 1
      this.#visited = new Set()
      this.shadow = this.#renderNodes(this.definition.template, this.data, '')
      for (const [key, child] of this.#children) {
        if (this.#visited.has(key)) continue
        child.detach()
        this.#children.delete(key)
      }
    }
    this.#rendering = false
    if (this.#ready) for (const child of this.#children.values()) child.ready()
  }

  #renderNodes(nodes: readonly WxmlNode[], scope: Scope, key: string): Rendered[] {
    const result: Rendered[] = []
    let taken = false
    for (const node of nodes) {
      if (node.kind === 'text') {
        result.push({ kind: 'text', text: textOf(interpolate(node.text, scope)) })
        continue
      }
      const condition = (name: string) => Boolean(interpolate(node.attributes.get(name) ?? '', scope))
      if (!node.attributes.has('wx:for')) {
        if (node.attributes.has('wx:if')) {
          taken = condition('wx:if')
          if (!taken) continue
        } else if (node.attributes.has('wx:elif') || node.attributes.has('wx:else')) {
          if (taken || (node.attributes.has('wx:elif') && !condition('wx:elif'))) continue
          taken = true
        }
        result.push(...this.#renderElement(node, scope, `${key}/${node.id}`))
      } else {
        result.push(...this.#renderList(node, scope, key))
      }
    }
    return result
  }

  #renderList(node: WxmlElement, scope: Scope, key: string): Rendered[] {
    const name = (attribute: string, fallback: string) => textOf(node.attributes.get(attribute) ?? fallback)
    const source = interpolate(node.attributes.get('wx:for') ?? '', scope)
    const items: unknown[] = Array.isArray(source) ? source : []
    const keyField = name('wx:key', '')
    return items.flatMap((item, index) => {
      const inner = { ...scope, [name('wx:for-item', 'item')]: item, [name('wx:for-index', 'index')]: index }
      if (node.attributes.has('wx:if') && !interpolate(node.attributes.get('wx:if') ?? '', inner)) return []
      const field = typeof item === 'object' && item !== null ? (item as Scope)[keyField] : item
      return this.#renderElement(node, inner, `${key}/${node.id}[${textOf(field ?? index)}]`)
    })
  }

  #renderElement(node: WxmlElement, scope: Scope, key: string): Rendered[] {
    if (node.tag === 'block') return this.#renderNodes(node.children, scope, key)
    const attributes: Record<string, unknown> = {}
    for (const [name, value] of node.attributes) {
      if (!name.startsWith('wx:')) attributes[name] = interpolate(value, scope)
    }
    const element: RenderedElement = { kind: 'element', tag: node.tag, attributes, owner: this, children: [] }
    const target = this.definition.using[node.tag]
    if (target && !target.startsWith('plugin://'))
      element.component = this.#renderComponent(target, element, key)
    element.children = this.#renderNodes(node.children, scope, key)
    return [element]
  }

  #renderComponent(path: string, element: RenderedElement, key: string): MiniComponent {
    this.#visited.add(key)
    const known = this.#children.get(key)
    const component = known ?? new MiniComponent(this.#definitions(path), this.#definitions, element)
    component.host = element
    const declared = component.definition.options.properties ?? {}
    component.setProperties(propertiesOf(element.attributes, declared))
    if (!known) {
      this.#children.set(key, component)
      component.attach()
    }
    return component
  }

  #select(selector: string): Record<string, unknown>[] {
    return [...this.#children.values()]
      .filter(({ host }) => host && isSelected(host.attributes, selector))
      .map((child) => child.scope)
  }

  #lifetime(name: string): void {
    const fn = this.definition.options.lifetimes?.[name] ?? this.definition.options[name]
    // uni-app wraps `created` beside the lifetimes; WeChat runs what stands outside when nothing is inside.
    if (typeof fn === 'function') (fn as Fn).call(this.scope)
  }
}
