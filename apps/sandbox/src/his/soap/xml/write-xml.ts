/** Characters that XML 1.0 does not allow at all; a HIS drops them when it prints. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
const NOT_ALLOWED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

export function escapeXml(text: string): string {
  return text.replace(NOT_ALLOWED, '').replace(/[<>&"]/g, (character) => ESCAPES[character] as string)
}

/** `]]>` inside ends a CDATA section, so it is divided over two. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** `content` is XML already. */
export function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}
