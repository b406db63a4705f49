export type Scope = Readonly<Record<string, unknown>>

const compiled = new Map<string, (scope: object) => unknown>()

/** One WXML expression. Like WeChat, reading a field of nothing gives undefined instead of an error. */
export function evaluate(expression: string, scope: Scope): unknown {
  let run = compiled.get(expression)
  if (!run) {
    run = new Function('scope', `with (scope) { return (${expression}\n) }`) as (scope: object) => unknown
    compiled.set(expression, run)
  }
  // Every name is looked up in the page's data and never in Node's globals.
  const sealed = new Proxy(scope, {
    has: (_target, name) => name !== Symbol.unscopables,
    get: (target, name) => (typeof name === 'string' ? target[name] : undefined),
  })
  try {
    return run(sealed)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw new Error(`WXML expression {{${expression}}}: ${String(error)}`)
  }
}

/** An attribute or text: a lone `{{…}}` keeps its type, anything else becomes text. */
export function interpolate(source: string | true, scope: Scope): unknown {
  if (source === true) return true
  const parts = source.split(/\{\{([\s\S]*?)\}\}(?!\})/)
  if (parts.length === 1) return source
  if (parts.length === 3 && parts[0] === '' && parts[2] === '') return evaluate(parts[1] ?? '', scope)
  return parts.map((part, index) => (index % 2 === 0 ? part : textOf(evaluate(part, scope)))).join('')
}

export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value)
}
