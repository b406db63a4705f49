import { describe, expect, test } from 'vitest'
import { HisConfigError } from '../config-error.ts'
import { vendorMapping } from '../testing/vendor-dialect.ts'
import { parseMapping } from './parse-mapping.ts'

type Json = Record<string, unknown>

/** The problems of the vendor's mapping after `path` was set to `value`, or taken out. */
function problemsAfter(path: readonly string[], value: unknown): readonly string[] {
  const mapping = structuredClone(vendorMapping())
  const last = path.at(-1) ?? ''
  const place = path.slice(0, -1).reduce<Json>((here, name) => here[name] as Json, mapping)
  if (value === undefined) delete place[last]
  else place[last] = value
  try {
    parseMapping(mapping, ['hospitalCode'])
    return []
  } catch (error) {
    if (!(error instanceof HisConfigError)) throw error
    return error.problems.map(({ path: where, message }) => `${where}：${message}`)
  }
}

const hold = ['operations', 'deposits.hold'] as const
const holdWithoutKey = {
  call: { code: 'hold' },
  request: { V_patid: '{patid}', V_amount: '{amount|yuan}' },
}
const find = ['operations', 'archives.find'] as const

describe('a mapping that cannot work is refused with the place of each problem', () => {
  test('the whole vendor is fine', () => {
    expect(problemsAfter(['absent'], 'omit')).toEqual([])
  })

  test.each<[string, readonly string[], unknown, string]>([
    [
      'an amount without a unit in the request',
      [...hold, 'request', 'V_amount'],
      '{amount}',
      '金额「amount」要写明单位',
    ],
    ['an amount without a unit in the reply', [...hold, 'reply', 'fields', 'amount'], 'JE', '金额要写明单位'],
    ['a field that the port does not know', [...hold, 'reply', 'fields', 'sum'], 'JE', '接口里没有这个字段'],
    [
      'a required field without a source',
      [...hold, 'reply', 'fields', 'state'],
      undefined,
      '必填的字段没有来源',
    ],
    ['a change without the request key', [...hold, 'request', 'Key'], undefined, '要带上 {requestKey}'],
    [
      'a placeholder that names nothing',
      [...hold, 'request', 'V_patid'],
      '{patientId}',
      '没有名为「patientId」的值',
    ],
    [
      'a setting that is not given',
      [...hold, 'request', 'V_patid'],
      '{settings.pass}',
      '没有给出设置「pass」',
    ],
    [
      'a filter that does not exist',
      [...hold, 'request', 'V_patid'],
      '{patid|trim}',
      '没有名为「trim」的过滤器',
    ],
    ['a brace alone', [...hold, 'request', 'V_patid'], '{patid', '花括号没有成对'],
    ['a list without join', [...find, 'request', 'V_idNumbers'], '{idNumbers}', '要用 join 或 $each'],
    ['a whole object', ['operations', 'fees.post', 'request', 'V_payment'], '{payment}', '请写到它的字段'],
    ['no list for a list', [...find, 'reply', 'list'], undefined, '要写列表在哪里'],
    [
      'a map that is not there',
      [...hold, 'reply', 'fields', 'state'],
      { from: 'ZT', map: 'zt' },
      'maps 里没有「zt」',
    ],
    [
      'a map to a word that the port lacks',
      [...hold, 'reply', 'fields', 'state'],
      { from: 'ZT', map: { 0: 'frozen' } },
      '「frozen」不在 held',
    ],
    [
      'a date conversion of a text',
      [...hold, 'reply', 'fields', 'patid'],
      { from: 'P', as: 'shanghai:yyyy' },
      '不是时间',
    ],
    ['an unknown operation', ['operations', 'deposits.freeze'], { call: {} }, 'deposits.freeze'],
    ['an unknown meaning', ['errors'], [{ match: 'x', means: 'no' }], 'errors.0.means'],
    ['a rule for everything', ['errors'], [{ means: 'refused' }], 'code 和 match 至少要写一个'],
    ['a broken pattern', ['errors'], [{ match: '(', means: 'refused' }], '不是有效的正则表达式'],
    ['a placeholder in an address', [...find, 'call', 'path'], '/p/{name}', '不能含参数'],
    ['each on a change', [...hold, 'each'], 'patid', '不是这个操作的列表字段'],
    ['each without distinctBy', [...find, 'each'], 'idNumbers', '要写按结果的哪个字段'],
    ['no code of success', ['reply', 'ok'], undefined, '要写哪些结果代码是成功'],
    [
      'the key in doubled braces, which stand for themselves',
      [...hold, 'request', 'Key'],
      '{{requestKey}}',
      '要带上 {requestKey}',
    ],
    [
      'the key mapped to one word',
      [...hold, 'request', 'Key'],
      '{requestKey|map:*=1}',
      '要带上 {requestKey}',
    ],
    [
      'a status that does not say of what',
      ['operations', 'deposits.status', 'request', 'V_forRequestKey'],
      undefined,
      '要带上 {forRequestKey}',
    ],
    ['a hold of no amount', [...hold, 'request', 'V_amount'], undefined, '要带上 {amount}'],
    [
      'a change by GET, which has no body for the key',
      [...hold, 'call'],
      { method: 'GET', path: '/x' },
      'GET 没有请求体',
    ],
    [
      'a read by GET that would ask about everybody',
      ['operations', 'balances.of', 'call'],
      { method: 'GET', path: '/x' },
      'GET 没有请求体',
    ],
    [
      'a request that is a text',
      [...hold, 'request'],
      '{patid}{requestKey}{amount|fen}',
      '请求要写成一个对象',
    ],
    [
      '$each without $item',
      ['operations', 'fees.post', 'request', 'V_billIds'],
      { $each: 'billIds' },
      '$each 要和 $item 一起写',
    ],
    ['two units', [...hold, 'request', 'V_amount'], '{amount|yuan|fen}', '只写一次'],
    ['a unit after another filter', [...hold, 'request', 'V_amount'], '{amount|or:1|yuan}', '写在第一个'],
    [
      'an amount echoed in fen and read in yuan',
      [...hold, 'reply', 'fields', 'amount'],
      { value: '{amount|fen}', as: 'yuan' },
      '金额写成 fen，却按 yuan 读',
    ],
    [
      'a default amount, which has no unit',
      ['operations', 'balances.of', 'reply', 'fields', 'refundable'],
      { from: 'K', as: 'yuan', default: 100 },
      '金额的 default 只能是 0',
    ],
    [
      'a map of an amount',
      [...hold, 'reply', 'fields', 'amount'],
      { from: 'JE', as: 'yuan', map: { 0: '0' } },
      '金额不能用 map',
    ],
    [
      'a default that is none',
      ['operations', 'schedules.slots', 'reply', 'fields', 'remaining'],
      { from: 'S', default: 'none' },
      'default 不是这个字段能有的值',
    ],
    [
      'a flag mapped to words',
      ['operations', 'appointments.book', 'reply', 'fields', 'cancellable'],
      { from: 'K', map: { 1: 'yes' } },
      '只能给出 true 或 false',
    ],
    [
      'a wildcard for the state of a hold',
      ['operations', 'deposits.status', 'reply', 'fields', 'state'],
      { from: 'ZT', map: { 0: 'held', '*': 'released' } },
      '认不出的状态是「不明」',
    ],
    [
      'a default state',
      ['operations', 'deposits.status', 'reply', 'fields', 'state'],
      { from: 'ZT', default: 'released' },
      '认不出的状态是「不明」',
    ],
    ['a refusal for every text', ['errors'], [{ match: '.*', means: 'refused' }], 'errors.0.match'],
    [
      '"never received" for every text',
      ['operations', 'deposits.status', 'errors'],
      [{ match: '.+', means: 'empty' }],
      'operations.deposits.status.errors.0.match',
    ],
    [
      'a hold without the key that its status is asked by',
      hold,
      { ...holdWithoutKey, withoutRequestKey: true },
      'status 就按它查',
    ],
    ['a misspelt member', [...hold, 'reqest'], {}, 'operations.deposits.hold'],
  ])('%s', (_, path, value, message) => {
    const problems = problemsAfter(path, value)
    expect(problems.join('\n')).toContain(message)
    expect(problems.length).toBeLessThan(40)
  })

  test('the common key that an operation overwrites does not count', () => {
    const mapping = vendorMapping()
    mapping['common'] = { Key: '{requestKey}' }
    const operations = mapping['operations'] as Record<string, { request: Json }>
    ;(operations['deposits.hold'] as { request: Json }).request['Key'] = 'ZYGZ'
    expect(() => parseMapping(mapping)).toThrow(/operations\.deposits\.hold\.request：.*\{requestKey\}/)
  })

  test('a rule for every text that means query later is fine', () => {
    expect(problemsAfter(['errors'], [{ match: '.*', means: 'unavailable' }])).toEqual([])
  })

  test('names all problems at once', () => {
    const mapping = vendorMapping()
    const operations = mapping['operations'] as Record<string, Json>
    delete operations['deposits.hold']?.['request']
    delete operations['deposits.release']?.['request']
    expect(() => parseMapping(mapping)).toThrow(/有 4 处问题：[\s\S]*deposits\.hold[\s\S]*deposits\.release/)
  })
})
