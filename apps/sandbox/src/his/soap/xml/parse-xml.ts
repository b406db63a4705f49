/** An element; texts and children lose their order, which no message here needs. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string
  /** Its namespace, empty if none was declared. */
  readonly namespace: string
  /** All character data directly in it, entities resolved, CDATA taken in. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

export class XmlError extends Error {
  override readonly name = 'XmlError'
}

/** Deepest nesting that is read; a message of this HIS has six levels. */
const MAX_DEPTH = 32

interface Open {
  readonly tag: string
  readonly prefixes: Readonly<Record<string, string>>
  text: string
  readonly children: XmlElement[]
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy

/**
 * Reads a well-formed document into its root element. Written for the simulator alone, so that a client's parser and
 * this one cannot share a mistake. No DTD is read: throws `XmlError`, as for anything that is not well-formed.
 */
export function parseXml(source: string): XmlElement {
  const stack: Open[] = []
  let root: XmlElement | undefined
  const close = () => {
    const done = elementOf(stack.pop() as Open)
    const parent = stack.at(-1)
    if (parent) parent.children.push(done)
    else if (root) throw new XmlError('多于一个根元素')
    else root = done
  }
  // A byte order mark may stand before the declaration.
  const text = source.replace(/^\uFEFF/, '')
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)
    if (!token) throw new XmlError('不是合法的 XML')
    const [, cdata, closing, opening, attributes = '', selfClosing, characters] = token
    const top = stack.at(-1)
    if (opening !== undefined) {
      if (stack.length >= MAX_DEPTH) throw new XmlError('嵌套太深')
      stack.push({ tag: opening, prefixes: prefixesOf(attributes, top?.prefixes), text: '', children: [] })
      if (selfClosing === '/') close()
    } else if (closing !== undefined) {
      if (top?.tag !== closing) throw new XmlError('标签没有配对')
      close()
    } else if (top) top.text += cdata ?? decodeEntities(characters ?? '')
    else if (cdata !== undefined || characters?.trim()) throw new XmlError('根元素之外有文字')
  }
  if (stack.length > 0 || !root) throw new XmlError('XML 不完整')
  return root
}

function elementOf({ tag, prefixes, text, children }: Open): XmlElement {
  const [prefix, name] = tag.includes(':') ? (tag.split(':') as [string, string]) : ['', tag]
  if (prefix !== '' && prefixes[prefix] === undefined) throw new XmlError(`前缀 ${prefix} 没有声明`)
  return { name, namespace: prefixes[prefix] ?? '', text, children }
}

function prefixesOf(attributes: string, inherited: Readonly<Record<string, string>> = {}) {
  const own: Record<string, string> = { ...inherited }
  for (const [, prefix = '', quoted = ''] of attributes.matchAll(
    /xmlns(?::([\w.-]+))?\s*=\s*("[^"]*"|'[^']*')/g,
  ))
    own[prefix] = decodeEntities(quoted.slice(1, -1))
  return own
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+)?;?/g, (entity, body: string | undefined) => {
    if (body === undefined || !entity.endsWith(';')) throw new XmlError('& 没有转义')
    const named = NAMED[body]
    if (named !== undefined) return named
    const code = body.startsWith('#x') ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1))
    if (!body.startsWith('#') || !(code > 0 && code <= 0x10ffff)) throw new XmlError('实体未定义')
    return String.fromCodePoint(code)
  })
}
