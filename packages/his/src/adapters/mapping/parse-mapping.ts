import { ALL_OPERATIONS, type HisOperation } from '../../operations.ts'
import { type ConfigProblem, HisConfigError, parseConfig } from '../config-error.ts'
import { OPERATION_SHAPES, type OperationShape } from '../shapes/operation-shapes.ts'
import { nothing, type RecordShape, record } from '../shapes/shape.ts'
import { checkFields } from './check-fields.ts'
import { checkTemplate, mentions, shapeAt, type TemplateNames } from './check-template.ts'
import { replyRules } from './judge-reply.ts'
import { wholeRequest } from './mapped-plan.ts'
import {
  type ErrorRule,
  type HisMapping,
  type Meaning,
  mappingSchema,
  type OperationMapping,
} from './mapping-schema.ts'

const NO_INPUT: OperationShape = { input: record('Probe', {}), argumentNames: [], output: nothing }
/** What a request must say: without it the HIS answers about something else, or takes another sum. */
const MUST_SAY: Partial<Record<HisOperation, readonly string[]>> = {
  'deposits.hold': ['patid', 'amount'],
  'deposits.status': ['forRequestKey'],
  'deductions.deduct': ['patid', 'amount'],
  'deductions.status': ['forRequestKey'],
  'appointments.status': ['forRequestKey'],
  'fees.status': ['forRequestKey'],
}
/** Changes that a status is asked about by their key: a HIS that never got the key could only say "never received". */
const ASKED_BY_KEY = new Set<HisOperation>([
  'deposits.hold',
  'deductions.deduct',
  'appointments.book',
  'fees.post',
])
/** Meanings that the gateway takes for a statement of the HIS: what nobody knows must not fall under them. */
const STATEMENTS: readonly Meaning[] = ['refused', 'not-found', 'key-reused', 'empty', 'done']
// No HIS says this; a pattern that fits it fits everything.
const NEVER_SAID = '\u{F0000}'
const CHANGES = new Set<string>(ALL_OPERATIONS.filter(([, kind]) => kind === 'change').map(([name]) => name))

/**
 * A mapping from its JSON, checked against the port: every field known and of the right kind, every amount with its
 * unit, every change with the request key. Throws `HisConfigError`, which names all problems in Chinese.
 *
 * `settingNames` are the names that the adapter will be given values for (`{settings.…}`).
 */
export function parseMapping(content: unknown, settingNames: readonly string[] = []): HisMapping {
  const mapping = parseConfig('HIS 映射', mappingSchema, content)
  const problems: ConfigProblem[] = []
  // What stands in a shared part is seen once for each operation that uses it.
  const report = (path: string, message: string) => {
    if (!problems.some((one) => one.path === path && one.message === message))
      problems.push({ path, message })
  }
  const settings = new Set(settingNames)
  checkErrors(mapping.errors, 'errors', report)
  for (const [name, operation] of Object.entries(mapping.operations))
    checkOperation(mapping, name as HisOperation, operation, settings, report)
  if (problems.length > 0) throw new HisConfigError('HIS 映射', problems)
  return mapping
}

function checkOperation(
  mapping: HisMapping,
  name: HisOperation,
  operation: OperationMapping,
  settings: ReadonlySet<string>,
  report: (path: string, message: string) => void,
): void {
  const path = `operations.${name}`
  const { input, output } = name === 'probe' ? NO_INPUT : OPERATION_SHAPES[name]
  const names: TemplateNames = { settings, requestKey: true, each: elementOf(operation, input) }
  checkEach(operation, output.kind === 'list' ? output.of : undefined, names, path, report)
  // Common members may name the request key for reads, too: it is absent there.
  checkTemplate(mapping.common, input, names, 'common', report)
  checkTemplate(operation.request, input, names, `${path}.request`, report)
  checkErrors(operation.errors ?? [], `${path}.errors`, report)
  if (!isPlainObject(operation.request ?? {})) report(`${path}.request`, '请求要写成一个对象')
  const request = wholeRequest(mapping, operation)
  for (const field of MUST_SAY[name] ?? [])
    if (!mentions(request, field)) report(`${path}.request`, `请求要带上 {${field}}`)
  // Everything would be asked about everybody, and a change would go without its key.
  if (operation.call.method === 'GET' && Object.keys(input.fields).length > 0)
    report(`${path}.call.method`, 'GET 没有请求体，什么也带不上；请写 POST 或 PUT')
  if (CHANGES.has(name) && !mentions(request, 'requestKey')) {
    if (ASKED_BY_KEY.has(name)) report(`${path}.request`, '请求要带上 {requestKey}：status 就按它查')
    else if (operation.withoutRequestKey !== true)
      report(`${path}.request`, '办理类的请求要带上 {requestKey}；HIS 不收的，写 "withoutRequestKey": true')
  }
  const rules = replyRules(mapping, operation)
  if (rules.code === '') report(`${path}.reply.code`, '要写结果代码在哪里')
  if (rules.ok.length === 0) report(`${path}.reply.ok`, '要写哪些结果代码是成功')
  const check = { mapping, input, names, report }
  const of = output.kind === 'list' || output.kind === 'optional' ? output.of : output
  if (output.kind === 'list' && operation.reply?.list === undefined)
    report(`${path}.reply.list`, '要写列表在哪里')
  if (output.kind !== 'list' && operation.reply?.list !== undefined)
    report(`${path}.reply.list`, '这个操作的结果不是列表')
  if (of.kind === 'record') checkFields(operation.reply?.fields, of, `${path}.reply.fields`, check)
}

/** A rule for every text would turn what nobody knows into a statement. */
function checkErrors(
  rules: readonly ErrorRule[],
  path: string,
  report: (path: string, message: string) => void,
): void {
  rules.forEach(({ code, match = '', means }, index) => {
    if (code !== undefined || !STATEMENTS.includes(means)) return
    const pattern = new RegExp(match, 'u')
    if (pattern.test('') || pattern.test(NEVER_SAID))
      report(`${path}.${index}.match`, '这条规则什么文字都符合，会把「结果不明」当成确定的答复')
  })
}

function isPlainObject(template: unknown): boolean {
  const isObject = typeof template === 'object' && template !== null && !Array.isArray(template)
  return isObject && !Object.hasOwn(template, '$each')
}

function elementOf({ each }: OperationMapping, input: RecordShape) {
  const shape = each === undefined ? undefined : shapeAt(input, each)
  return shape?.kind === 'list' ? shape.of : undefined
}

function checkEach(
  { each, distinctBy }: OperationMapping,
  row: OperationShape['output'] | undefined,
  names: TemplateNames,
  path: string,
  report: (path: string, message: string) => void,
): void {
  if (each === undefined) return
  if (names.each === undefined) report(`${path}.each`, `「${each}」不是这个操作的列表字段`)
  if (row?.kind !== 'record') report(`${path}.each`, '只有结果是列表的查询能逐个询问')
  else if (distinctBy === undefined || !Object.hasOwn(row.fields, distinctBy))
    report(`${path}.distinctBy`, '逐个询问时，要写按结果的哪个字段去掉重复的行')
}
