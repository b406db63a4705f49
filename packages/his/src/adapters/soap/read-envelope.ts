import { ExchangeFailure, MALFORMED } from '../call/exchange-failure.ts'
import { type Charset, decodeText } from './charset.ts'
import { decodeEntities, readXml, type XmlTree } from './read-xml.ts'

export interface ResultPlace {
  readonly charset: Charset
  readonly resultElement: string
  readonly responseRoot: string | undefined
}

/** The inner XML's root element of a reply. Throws `ExchangeFailure`: `malformed`, `soap-fault`. */
export function readEnvelope(
  bytes: Uint8Array,
  { charset, resultElement, responseRoot }: ResultPlace,
): XmlTree {
  const { root, tree } = readXml(decodeText(bytes, charset))
  const body = root === 'Envelope' ? child(tree, 'Body') : undefined
  if (body === undefined) throw new ExchangeFailure(MALFORMED, 'no SOAP body')
  // Whether the fault came before or after the work, nobody can say; its text may quote the request.
  if (child(body, 'Fault') !== undefined) throw new ExchangeFailure('soap-fault')
  const result = find(body, resultElement)
  if (result === undefined) throw new ExchangeFailure(MALFORMED, `no ${resultElement}`)
  const inner = typeof result === 'string' ? readInner(result) : soleElement(result)
  if (responseRoot !== undefined && inner.root !== responseRoot)
    throw new ExchangeFailure(MALFORMED, `no ${responseRoot}`)
  return inner.tree
}

/** The text of the result: plain XML, or escaped once more by a bus in between. */
function readInner(text: string): { readonly root: string; readonly tree: XmlTree } {
  const trimmed = text.trim()
  return readXml(trimmed.startsWith('&lt;') ? decodeEntities(trimmed) : trimmed)
}

/** A vendor that puts elements where it promises a text. */
function soleElement(result: XmlTree): { readonly root: string; readonly tree: XmlTree } {
  const [entry, ...more] = Object.entries(result)
  if (entry === undefined || more.length > 0 || Array.isArray(entry[1]))
    throw new ExchangeFailure(MALFORMED, 'not one element in the result')
  return { root: entry[0], tree: entry[1] as XmlTree }
}

function child(tree: XmlTree, name: string): XmlTree | undefined {
  if (typeof tree === 'string') return undefined
  const found = tree[name]
  return Array.isArray(found) ? undefined : (found as XmlTree | undefined)
}

/** The first element of that name, at most two levels below the body. */
function find(body: XmlTree, name: string): XmlTree | undefined {
  const direct = child(body, name)
  if (direct !== undefined || typeof body === 'string') return direct
  for (const response of Object.keys(body)) {
    const wrapper = child(body, response)
    const inner = wrapper === undefined ? undefined : child(wrapper, name)
    if (inner !== undefined) return inner
  }
  return undefined
}
