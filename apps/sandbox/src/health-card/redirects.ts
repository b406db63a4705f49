import { z } from 'zod'

export type Placeholder = 'healthCode' | 'regInfoCode' | 'authCode' | 'registerOrderId'

/** `mini:/pages/…` leads back to a mini-program page; anything else is an absolute http(s) address. */
export const MINI_PREFIX = 'mini:'

/** A redirect template of a request: opened as it stands, once its placeholder is replaced. */
export function redirectTemplate(placeholder?: Placeholder) {
  const wanted = placeholder === undefined ? undefined : `\${${placeholder}}`
  return z
    .string()
    .refine((text) => isMiniAddress(text) || isHttp(text), refused('须为 http(s) 地址或 mini:/ 开头的页面'))
    .refine((text) => wanted === undefined || text.includes(wanted), refused(`须含原样占位符 ${wanted}`))
}

/** A page of the hospital that the platform opens with parameters: a mini-program path without `mini:`, or http(s). */
export const pageAddress = z
  .string()
  .refine((text) => isMiniPath(text) || isHttp(text), refused('须为 / 开头的小程序页面路径或 http(s) 地址'))

export function isMiniAddress(text: string): boolean {
  return text.startsWith(MINI_PREFIX) && isMiniPath(text.slice(MINI_PREFIX.length))
}

export function isMiniPath(text: string): boolean {
  return /^\/(?!\/)[^\s\\]*$/.test(text)
}

export function fill(template: string, placeholder: Placeholder, code: string): string {
  return template.replaceAll(`\${${placeholder}}`, code)
}

/**
 * Appends query members at the very end, also behind a `#/route`: single-page front ends with hash routes, which
 * is what hospitals' H5 pages mostly are, read them there.
 */
export function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(query).toString()}`
}

function isHttp(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

function refused(message: string) {
  return { message, params: { result: 'redirectInvalid' } }
}
