import { textOf } from './expression.ts'

/** WeChat sends data between two threads as JSON: what does not survive that must not survive here either. */
export function copyData<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}

/** `setData` takes paths such as `list[2].name`. */
export function putAt(data: Record<string, unknown>, path: string, value: unknown) {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '')
  const field = keys[0] ?? path
  const old = data[field]
  let target = data
  for (const [index, key] of keys.slice(0, -1).entries()) {
    target[key] ??= /^\d+$/.test(keys[index + 1] ?? '') ? [] : {}
    target = target[key] as Record<string, unknown>
  }
  target[keys.at(-1) ?? path] = value
  return { field, old, whole: keys.length <= 1 }
}

type Attributes = Readonly<Record<string, unknown>>

export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())
}

/** Of a tag's attributes those that the component declares. */
export function propertiesOf(attributes: Attributes, declared: object): Record<string, unknown> {
  const given = Object.entries(attributes).map(([name, value]) => [camelCase(name), value] as const)
  return Object.fromEntries(given.filter(([name]) => name in declared))
}

/** `#id` and `.class`, which is what uni-app asks for. */
export function isSelected(attributes: Attributes, selector: string): boolean {
  const name = selector.slice(1)
  if (selector.startsWith('#')) return attributes['id'] === name
  return textOf(attributes['class'])
    .split(/[\s,]+/)
    .includes(name)
}
