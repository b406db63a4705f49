import type { ConfigProblem } from '../config-error.ts'
import { wholeRequest } from '../mapping/mapped-plan.ts'
import type { HisMapping, Template } from '../mapping/mapping-schema.ts'
import { parseTemplate } from '../mapping/parse-template.ts'
import type { SoapStyle } from './soap-style.ts'
import { methodOf } from './write-envelope.ts'
import { isElementName } from './write-xml.ts'

/** What of a style and a mapping cannot be written as SOAP: found at start, not at the first patient. */
export function checkSoap(
  style: SoapStyle,
  mapping: HisMapping,
  settings: Readonly<Record<string, string>>,
): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const report = (path: string, message: string) => problems.push({ path, message })
  const known = new Set(['code', ...Object.keys(settings).map((name) => `settings.${name}`)])
  const used = new Set<string>()
  const check = (template: string, path: string, names: ReadonlySet<string>) => {
    try {
      for (const piece of parseTemplate(template)) {
        if (piece.kind === 'text') continue
        used.add(piece.path)
        if (!names.has(piece.path)) report(path, `没有名为「${piece.path}」的值`)
      }
    } catch (error) {
      report(path, (error as Error).message)
    }
  }
  check(style.method, 'style.method', new Set(['code']))
  if (style.soapAction !== undefined) check(style.soapAction, 'style.soapAction', known)
  for (const [name, template] of Object.entries(style.parameters))
    check(template, `style.parameters.${name}`, new Set([...known, 'xml']))
  if (!used.has('xml')) report('style.parameters', '要有一个参数带 {xml}，否则请求的内容发不出去')
  if (problems.length > 0) return problems

  for (const [name, operation] of Object.entries(mapping.operations)) {
    const path = `operations.${name}`
    const { code = '' } = operation.call
    if (used.has('code') && code === '') report(`${path}.call.code`, '缺少交易代码')
    else if (!isElementName(methodOf(style, code))) report(`${path}.call.code`, '不能作为方法的元素名')
    checkNames(wholeRequest(mapping, operation), `${path}.request`, report)
  }
  return problems
}

function checkNames(template: Template, path: string, report: (path: string, message: string) => void): void {
  if (typeof template !== 'object' || template === null) return
  for (const [name, member] of Object.entries(template)) {
    const isName = Array.isArray(template) || ['$each', '$item'].includes(name) || isElementName(name)
    if (!isName) report(`${path}.${name}`, '不是有效的 XML 元素名')
    checkNames(member as Template, `${path}.${name}`, report)
  }
}
