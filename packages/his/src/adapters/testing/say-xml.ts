import iconv from 'iconv-lite'
import type { VendorTree } from './vendor-dialect.ts'

/** XML written by the test's own hand, so that a defect of the adapter's writer or reader cannot cancel out. */
export function sayXml(tree: VendorTree): string {
  return Object.entries(tree)
    .map(([name, content]) =>
      (Array.isArray(content) ? content : [content])
        .map((one: string | VendorTree) =>
          one === ''
            ? `<${name}/>`
            : `<${name}>${typeof one === 'string' ? escapeText(one) : sayXml(one)}</${name}>`,
        )
        .join(''),
    )
    .join('')
}

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

export interface Envelope {
  readonly inner?: 'escaped' | 'cdata' | 'elements' | 'twice'
  readonly charset?: string
  readonly declaration?: string
  readonly prefix?: string
}

/** A SOAP reply of the method `Trade`, in bytes. */
export function sayEnvelope(tree: VendorTree, envelope: Envelope = {}): Buffer {
  const { inner = 'escaped', charset = 'utf-8', prefix = 'soap' } = envelope
  const declaration = envelope.declaration ?? `<?xml version="1.0" encoding="${charset}"?>`
  const xml = `${inner === 'elements' ? '' : declaration}${sayXml({ Response: tree })}`
  const result =
    inner === 'cdata'
      ? `<![CDATA[${xml.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
      : inner === 'elements'
        ? xml
        : escapeText(inner === 'twice' ? escapeText(xml) : xml)
  const text = `${declaration}<${prefix}:Envelope xmlns:${prefix}="http://schemas.xmlsoap.org/soap/envelope/"><${prefix}:Body><TradeResponse xmlns="urn:v"><TradeResult>${result}</TradeResult></TradeResponse></${prefix}:Body></${prefix}:Envelope>`
  return iconv.encode(text, charset)
}
