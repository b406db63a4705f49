import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { type Members, parseJsonObject } from '../call/parse-json.ts'
import { WechatCallbackError } from './callback-error.ts'

/** XML or JSON: whichever the admin pages say; a reply is written in the same. */
export type DocumentFormat = 'xml' | 'json'

export interface CallbackDocument {
  readonly format: DocumentFormat
  /** Texts as they are, a number of JSON as its text; nested members only where WeChat nests them. */
  readonly members: Members
}

// Everything stays a text: an id of 19 digits is no number. Entities are not resolved, WeChat writes CDATA.
const PARSER = new XMLParser({
  processEntities: false,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
})

// WeChat nests two levels; a parser that calls itself must not be led deeper.
const MAX_TAGS = 500
const MAX_DEPTH = 8

/** Reads a callback, told apart by its first character. Throws `WechatCallbackError('malformed')`. */
export function readDocument(text: string): CallbackDocument {
  const first = text.trimStart()[0]
  const members = first === '<' ? xmlMembers(text) : first === '{' ? jsonMembers(text) : undefined
  if (!members) throw new WechatCallbackError('malformed')
  return { format: first === '<' ? 'xml' : 'json', members }
}

function xmlMembers(text: string): Members | undefined {
  // A definition of a document has no place here, and its entities are the known way to harm a reader.
  if (/<!(?!\[CDATA\[|--)/.test(text) || (text.match(/<[^/!]/g) ?? []).length > MAX_TAGS) return undefined
  try {
    if (XMLValidator.validate(text) !== true) return undefined
    const { xml } = PARSER.parse(text) as { readonly xml?: unknown }
    return isObject(xml) && depthOf(xml) <= MAX_DEPTH ? xml : undefined
  } catch {
    return undefined
  }
}

function jsonMembers(text: string): Members | undefined {
  const members = parseJsonObject(text)
  return members && depthOf(members) <= MAX_DEPTH ? members : undefined
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return depth
  // Not spread into `Math.max`: a list may have more members than a call takes arguments.
  return Object.values(value).reduce<number>(
    (deepest, member) => Math.max(deepest, depthOf(member, depth + 1)),
    depth,
  )
}
