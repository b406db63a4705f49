const TIME = String.raw`\d{1,2}:\d{2}(:\d{2})?`
// Year, month and day, or two of them that stand beside each other.
const DAY = String.raw`(\d{4}年\d{1,2}月(\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{4}([-/.]\d{1,2}){1,2}|\d{1,2}[-/.]\d{1,2})`

/** What may stand in a field of each type, as WeChat's template library says it. */
const VALUE_TYPES = {
  thing: { zh: '20 个以内字符', allows: upTo(20) },
  short_thing: { zh: '5 个以内字符', allows: upTo(5) },
  character_string: {
    zh: '32 位以内数字、字母或符号，不含汉字',
    allows: matching(/^[\x20-\x7e]{1,32}$/),
  },
  number: { zh: '32 位以内数字，可带小数', allows: matching(/^(?=.{1,32}$)-?\d+(\.\d+)?$/) },
  letter: { zh: '32 位以内字母', allows: matching(/^[A-Za-z]{1,32}$/) },
  symbol: { zh: '5 位以内符号', allows: matching(/^[^\p{L}\p{N}\s]{1,5}$/u) },
  phrase: { zh: '5 个以内汉字', allows: matching(/^\p{Script=Han}{1,5}$/u) },
  name: {
    zh: '10 个以内汉字，或 20 个以内字母、符号',
    allows: (text: string) =>
      /\p{Script=Han}/u.test(text) ? upTo(10)(text) && !/\d/.test(text) : /^[^\d]{1,20}$/u.test(text),
  },
  time: {
    zh: '24 小时制时间，可带日期，可用 ~ 连接两个',
    allows: matching(new RegExp(`^(${DAY} ?)?${TIME}(~(${DAY} ?)?${TIME})?$`)),
  },
  date: {
    zh: '年月日（可只写年月、月日），可带时间，可用 ~ 连接两个',
    allows: matching(new RegExp(`^${DAY}( ?${TIME})?(~${DAY}( ?${TIME})?)?$`)),
  },
  amount: { zh: '币种符号加 10 位以内数字，可带小数和“元”', allows: isAmount },
  phone_number: { zh: '17 位以内号码', allows: matching(/^[\d+\- ()]{1,17}$/) },
  car_number: {
    zh: '8 位以内车牌号',
    allows: matching(/^\p{Script=Han}?[A-Z0-9]{4,6}[A-Z0-9\p{Script=Han}]$/u),
  },
  const: { zh: '只能是审核过的值', allows: upTo(20) },
  enum: { zh: '只能是审核过的值', allows: upTo(20) },
} as const

export type ValueType = keyof typeof VALUE_TYPES

/** `thing12` → `thing`; undefined for a key of no known type. */
export function valueTypeOf(key: string): ValueType | undefined {
  const type = /^([a-z_]+?)\d*$/.exec(key)?.[1] ?? ''
  return type in VALUE_TYPES ? (type as ValueType) : undefined
}

/** Why a value may not stand under a key, in Chinese; undefined if it may. `approved` are the values of const and enum. */
export function valueProblem(key: string, value: string, approved?: readonly string[]): string | undefined {
  const type = valueTypeOf(key)
  if (type === undefined) return '没有这种字段类型'
  const { zh, allows } = VALUE_TYPES[type]
  const listed = type !== 'const' && type !== 'enum' ? true : (approved ?? []).includes(value)
  return allows(value) && listed ? undefined : zh
}

function upTo(characters: number): (text: string) => boolean {
  return (text) => text.trim() !== '' && Array.from(text).length <= characters
}

function matching(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text)
}

function isAmount(text: string): boolean {
  const digits = /^[¥￥$€£]?(\d+(\.\d+)?)元?$/.exec(text)?.[1]
  return digits !== undefined && digits.replace('.', '').length <= 10
}
