/** One text of a request template, taken apart once. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly path: string; readonly filters: readonly Filter[] }

export interface Filter {
  readonly name: 'yuan' | 'fen' | 'shanghai' | 'map' | 'join' | 'upper' | 'number' | 'or'
  readonly argument: string
}

const FILTERS: Readonly<Record<Filter['name'], RegExp>> = {
  yuan: /^$/,
  fen: /^$/,
  shanghai: /^[yMdHms\-/:. T年月日时分秒]+$/,
  map: /^[^=,]+=[^=,]*(,[^=,]+=[^=,]*)*$/,
  join: /^.{1,3}$/,
  upper: /^$/,
  number: /^$/,
  or: /^.*$/,
}

// `{{` and `}}` stand for the braces themselves.
const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/gu

/** Throws an `Error` with a Chinese sentence for what is not a template. */
export function parseTemplate(template: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [token, inner] of template.matchAll(TOKEN)) {
    if (token === '{' || token === '}') throw new Error('花括号没有成对；要写花括号本身，请写两个')
    if (inner !== undefined) pieces.push(parsePlaceholder(inner))
    else pieces.push({ kind: 'text', text: token === '{{' ? '{' : token === '}}' ? '}' : token })
  }
  return pieces
}

function parsePlaceholder(inner: string): Piece {
  const [path = '', ...filters] = inner.split('|')
  if (!/^[A-Za-z]\w*(\.\w+)*$/.test(path)) throw new Error(`「{${inner}}」里没有字段名`)
  return { kind: 'placeholder', path, filters: filters.map(parseFilter) }
}

function parseFilter(text: string): Filter {
  const [, name = '', argument = ''] = /^(\w+)(?::(.*))?$/su.exec(text) ?? []
  if (!isFilterName(name))
    throw new Error(`没有名为「${text}」的过滤器；有：${Object.keys(FILTERS).join('、')}`)
  if (!FILTERS[name].test(argument)) throw new Error(`过滤器「${text}」的参数不对`)
  return { name, argument }
}

function isFilterName(name: string): name is Filter['name'] {
  return Object.hasOwn(FILTERS, name)
}
