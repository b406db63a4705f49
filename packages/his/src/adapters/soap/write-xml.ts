import { ExchangeFailure, NOT_ENCODABLE } from '../call/exchange-failure.ts'
import type { Filled } from '../mapping/fill-template.ts'

// What XML 1.0 cannot say at all, not even as a number.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that it is about
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser would make a line feed of it.
  '\r': '&#13;',
}

/** Throws `ExchangeFailure('not-encodable')` for a character that XML has no way to write. */
export function escapeXml(text: string): string {
  if (NOT_IN_XML.test(text)) throw new ExchangeFailure(NOT_ENCODABLE)
  return text.replace(/[<>&"'\r]/g, (character) => ESCAPES[character] ?? character)
}

export function cdata(text: string): string {
  if (NOT_IN_XML.test(text)) throw new ExchangeFailure(NOT_ENCODABLE)
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** Elements named by the members, one for each element of a list; an empty text is an empty tag. */
export function writeXml(name: string, content: Filled): string {
  if (!isElementName(name)) throw new ExchangeFailure(NOT_ENCODABLE, 'not an element name')
  if (isList(content)) return content.map((one) => writeXml(name, one)).join('')
  if (content === null) return `<${name}></${name}>`
  if (typeof content !== 'object') return `<${name}>${escapeXml(String(content))}</${name}>`
  const inner = Object.entries(content).map(([member, one]) => writeXml(member, one))
  return `<${name}>${inner.join('')}</${name}>`
}

export function isElementName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}._-]*(:[\p{L}_][\p{L}\p{N}._-]*)?$/u.test(name)
}

function isList(content: Filled): content is readonly Filled[] {
  return Array.isArray(content)
}
