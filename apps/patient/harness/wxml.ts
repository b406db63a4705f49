export type WxmlElement = {
  readonly kind: 'element'
  /** Unique in its file: the stable part of a component instance's key. */
  readonly id: number
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string | true>
  readonly children: WxmlNode[]
}
export type WxmlText = { readonly kind: 'text'; readonly text: string }
export type WxmlNode = WxmlElement | WxmlText

const TOKEN =
  /<!--[\s\S]*?-->|<\/([\w-]+)\s*>|<([\w-]+)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>|[^<]+/g
const ATTRIBUTE = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g
// What uni-app does not emit for this app; refusing is better than rendering something else than WeChat.
const UNSUPPORTED = new Set(['template', 'import', 'include', 'wxs'])

/** Reads WXML as uni-app's compiler writes it. */
export function parseWxml(source: string, file: string): WxmlNode[] {
  const root: WxmlNode[] = []
  const open: { tag: string; children: WxmlNode[] }[] = [{ tag: '', children: root }]
  let nextId = 0
  let end = 0
  for (const match of source.matchAll(TOKEN)) {
    if (match.index !== end) throw new Error(`${file}: cannot read WXML at "${source.slice(end, end + 60)}"`)
    end = match.index + match[0].length
    const [token, closing, opening, attributes = '', selfClosing] = match
    const top = open.at(-1)
    if (!top) throw new Error(`${file}: too many closing tags`)
    if (token.startsWith('<!--')) continue
    if (closing) {
      if (top.tag !== closing) throw new Error(`${file}: </${closing}> closes <${top.tag}>`)
      open.pop()
    } else if (opening) {
      if (UNSUPPORTED.has(opening)) throw new Error(`${file}: <${opening}> is not supported by the harness`)
      const element: WxmlElement = {
        kind: 'element',
        id: nextId++,
        tag: opening,
        attributes: readAttributes(attributes),
        children: [],
      }
      top.children.push(element)
      if (!selfClosing) open.push({ tag: opening, children: element.children })
    } else if (token.trim() !== '') {
      top.children.push({ kind: 'text', text: token })
    }
  }
  if (end !== source.length || open.length !== 1)
    throw new Error(`${file}: WXML ends inside <${open.at(-1)?.tag}>`)
  return root
}

function readAttributes(source: string): Map<string, string | true> {
  return new Map(
    [...source.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', match[2] ?? match[3] ?? true] as const),
  )
}
