import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'

// The deepest real reply seen has nine levels.
const MAX_DEPTH = 64
const TEXT = '#text'
const CDATA = '#cdata'
const COMMENT = '#comment'

/** An element of texts and elements: a text if it holds no elements, `''` if it is empty; repeated ones as a list. */
export type XmlTree = string | { readonly [element: string]: XmlTree | readonly XmlTree[] }

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  // Entities are resolved here, below: the five of XML and numbers, nothing that a document defines.
  processEntities: false,
  cdataPropName: CDATA,
  commentPropName: COMMENT,
  maxNestedTags: MAX_DEPTH,
})

type Nodes = readonly Readonly<Record<string, unknown>>[]

/**
 * The root element of a document, its name and what it holds; attributes and prefixes are left out. Throws
 * `ExchangeFailure('malformed')` for what is not well-formed, cut off, too deep or has a DTD (external entities,
 * "billion laughs").
 */
export function readXml(text: string): { readonly root: string; readonly tree: XmlTree } {
  const document = text.replace(/^\uFEFF/, '').trim()
  if (hasDtd(document)) throw new ExchangeFailure(MALFORMED, 'a DTD')
  const [element, ...more] = parse(document).filter((node) => !(COMMENT in node) && !(TEXT in node))
  const root = element === undefined ? undefined : nameOf(element)
  if (element === undefined || root === undefined || more.length > 0)
    throw new ExchangeFailure(MALFORMED, 'not one root element')
  return { root, tree: treeOf(element[root] as Nodes, 0) }
}

function parse(document: string): Nodes {
  try {
    // The parser alone would close what was cut off: half a reply must not look like a whole one.
    if (XMLValidator.validate(document) !== true) throw new Error('not well-formed')
    return parser.parse(document) as Nodes
  } catch {
    // Its message quotes the document.
    throw new ExchangeFailure(MALFORMED, 'not XML')
  }
}

/** Whether there is a `<!` that begins neither a comment nor a CDATA, or one of these without its end. */
function hasDtd(document: string): boolean {
  let at = document.indexOf('<!')
  while (at >= 0) {
    const end = document.startsWith('<!--', at)
      ? '-->'
      : document.startsWith('<![CDATA[', at)
        ? ']]>'
        : undefined
    const closed = end === undefined ? -1 : document.indexOf(end, at)
    // Given up at once: to look for the end from each beginning anew would take minutes for a hostile reply.
    if (closed < 0) return true
    at = document.indexOf('<!', closed)
  }
  return false
}

function treeOf(nodes: Nodes, depth: number): XmlTree {
  if (depth > MAX_DEPTH) throw new ExchangeFailure(MALFORMED, 'too deep')
  const elements = nodes.filter((node) => !(TEXT in node) && !(CDATA in node) && !(COMMENT in node))
  if (elements.length === 0) return nodes.map(textOf).join('')
  const tree: Record<string, XmlTree | XmlTree[]> = Object.create(null) as Record<string, XmlTree | XmlTree[]>
  for (const element of elements) {
    const name = nameOf(element) ?? ''
    const inner = treeOf(element[name] as Nodes, depth + 1)
    const before = tree[name]
    if (before === undefined) tree[name] = inner
    else if (Array.isArray(before)) before.push(inner)
    else tree[name] = [before, inner]
  }
  return tree
}

function nameOf(node: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(node).find((key) => key !== ':@')
}

function textOf(node: Readonly<Record<string, unknown>>): string {
  if (TEXT in node) return decodeEntities(String(node[TEXT]))
  return CDATA in node ? (node[CDATA] as Nodes).map((inner) => String(inner[TEXT] ?? '')).join('') : ''
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Resolves `&lt;` and numbers; any other entity makes the document malformed. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,16}));/gi, (_, hex, decimal, name) => {
    const point = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined
    const character = point === undefined ? NAMED[name] : characterAt(point)
    if (character === undefined) throw new ExchangeFailure(MALFORMED, 'an unknown entity')
    return character
  })
}

function characterAt(point: number): string | undefined {
  const isSurrogate = point >= 0xd800 && point <= 0xdfff
  return point === 0 || point > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(point)
}
