import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type Hospital, hospitalSchema } from '../../hospitals/hospitals.ts'
import { SETTINGS, type Settings } from '../settings.ts'
import { type ConfigSchema, HIDDEN, hiddenValue, shownValue } from './shown-value.ts'

export interface SettingRow {
  /** Where it stands in the file, or the environment variable. */
  readonly path: string
  readonly about: string
  readonly value: string
  /** Undefined where there is none. */
  readonly standard: string | undefined
  readonly isStandard: boolean
}

export interface SettingGroup {
  readonly key: string
  readonly name: string
  /** False: the whole channel or chapter is left out of the file. */
  readonly isSet: boolean
  readonly rows: readonly SettingRow[]
}

const BASICS = 'hospital'
const NAMES: Readonly<Record<string, string>> = {
  [BASICS]: '医院',
  healthCard: '电子健康卡平台',
  wechat: '微信（小程序、公众号）',
  his: '医院 HIS',
  wechatPay: '微信支付商户',
  sms: '短信',
  notices: '退费消息：渠道和模板',
  refunds: '预交金退款',
  enrolment: '建档',
  verification: '实人验证',
  cardCode: '展码',
  records: '报告',
  usage: '用卡数据上报',
  visits: '挂号缴费',
}
const ORDER = Object.keys(NAMES)

/** Everything that is configured for a hospital, chapter by chapter, by the schema that reads the file. */
export function listSettings(hospital: Hospital): readonly SettingGroup[] {
  const schema = z.toJSONSchema(hospitalSchema, { io: 'output', unrepresentable: 'any' }) as ConfigSchema
  const groups = new Map<string, SettingRow[]>()
  const unset = new Set<string>()
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    const value = hospital[key as keyof Hospital]
    const isChapter = child.properties !== undefined || child.oneOf !== undefined
    const group = isChapter ? key : BASICS
    if (isChapter && value === undefined) unset.add(key)
    groups.set(group, [...(groups.get(group) ?? []), ...rowsOf(key, child, value)])
  }
  return [...groups]
    .map(([key, rows]) => ({ key, name: NAMES[key] ?? key, isSet: !unset.has(key), rows }))
    .sort((one, other) => placeOf(one.key) - placeOf(other.key))
}

function placeOf(key: string): number {
  const place = ORDER.indexOf(key)
  return place < 0 ? ORDER.length : place
}

function rowsOf(path: string, schema: ConfigSchema, value: unknown): readonly SettingRow[] {
  const { oneOf, properties, description: about = '' } = schema
  const inner = (value ?? {}) as Readonly<Record<string, unknown>>
  if (oneOf) {
    const option = oneOf.find((one) => isOption(one, inner))
    return option ? rowsOf(path, option, value) : []
  }
  const name = path.slice(path.lastIndexOf('.') + 1)
  if (HIDDEN.has(name))
    return [{ path, about, value: hiddenValue(value), standard: undefined, isStandard: value === undefined }]
  if (properties && value === undefined)
    return [{ path, about: about || '整个对象没有配置', value: '', standard: undefined, isStandard: true }]
  if (properties)
    return Object.entries(properties).flatMap(([child, one]) => rowsOf(`${path}.${child}`, one, inner[child]))
  const standard = schema.default
  return [
    {
      ...{ path, about, value: shownValue(value) },
      standard: standard === undefined ? undefined : shownValue(standard),
      isStandard: isDeepStrictEqual(value, standard),
    },
  ]
}

function isOption({ properties = {} }: ConfigSchema, value: Readonly<Record<string, unknown>>): boolean {
  const constants = Object.entries(properties).filter(([, one]) => one.const !== undefined)
  return constants.length > 0 && constants.every(([name, one]) => value[name] === one.const)
}

/** The settings of the whole installation; secrets are never among them, only the files that hold them. */
export function listInstallation(settings: Settings): readonly SettingRow[] {
  return Object.entries(SETTINGS).map(([name, { env, schema, zh }]) => {
    const standard = (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ConfigSchema).default
    const value = settings[name as keyof Settings]
    return {
      ...{ path: env, about: zh, value: shownValue(value) },
      standard: standard === undefined ? undefined : shownValue(standard),
      isStandard: isDeepStrictEqual(value, standard) || value === undefined,
    }
  })
}
