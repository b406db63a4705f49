import { DAY_MS, MINUTE_MS } from '@zhangyi/core'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { readTime } from './read-time.ts'
import type { EventProblem, ToldEvent } from './told-event.ts'

const FUTURE_MS = 5 * MINUTE_MS
const MAX_CARD_TEXT = 256
const MAX_NAME = 64

const FIELDS = [
  ...['key', 'scene', 'occurredAt', 'qrCodeText', 'patid', 'department', 'departmentId', 'departmentName'],
  ...['cardChannel', 'cardCostTypes', 'campus', 'subHospitalCode', 'appid', 'openid'],
] as const
type Field = (typeof FIELDS)[number]
const KNOWN_FIELDS: ReadonlySet<string> = new Set(FIELDS)

/** A key as it may be told back in an answer. */
export const EVENT_KEY = /^[A-Za-z0-9_-]{1,64}$/
const SCENE = /^\d{6,8}$/
const FOUR_DIGITS = /^\d{4}$/
const CODE = /^[A-Za-z0-9_.-]{1,32}$/
// Numbers of archives and departments, in whatever form a HIS has them; nothing that a database or a log trips over.
const NUMBER = /^[^\p{C}\s]{1,64}$/u
const NAME = /^[^\p{C}]+$/u
const CARD_TEXT = /^[\x21-\x7e]+$/
const WECHAT_ID = /^[A-Za-z0-9_-]{1,64}$/

/** What one hospital asks of an event; made once. */
export class EventRules {
  readonly #departmentScenes: ReadonlySet<string>
  readonly #usage: Hospital['usage']
  readonly #agesMs: number

  constructor({ usage }: Pick<Hospital, 'usage'>) {
    this.#usage = usage
    this.#departmentScenes = new Set(usage.departmentScenes)
    this.#agesMs = usage.intakeDays * DAY_MS
  }

  /**
   * Checks one event. Without a schema library: in a batch of a thousand it would cost more than all the rest. Messages
   * name no value, because a value may be about a patient.
   */
  read(value: unknown, nowMs: number): ToldEvent | EventProblem {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return problem('event', '每个事件是一个 JSON 对象')
    const event = value as Readonly<Record<string, unknown>>
    for (const name in event)
      if (!KNOWN_FIELDS.has(name)) return problem(/^\w{1,40}$/.test(name) ? name : 'event', '没有这个字段')
    const wrong = wrongForm(event)
    if (wrong) return wrong
    // Every member is a text of its form, or absent.
    return this.#whole(event as Readonly<Partial<Record<Field, string>>>, nowMs)
  }

  #whole(event: Readonly<Partial<Record<Field, string>>>, nowMs: number): ToldEvent | EventProblem {
    const { key, scene, cardChannel, qrCodeText, patid } = event
    if (key === undefined) return problem('key', MISSING)
    if (scene === undefined) return problem('scene', MISSING)
    if (cardChannel === undefined) return problem('cardChannel', MISSING)
    const occurredAtMs = this.#occurredAt(event.occurredAt, nowMs)
    if (typeof occurredAtMs !== 'number') return occurredAtMs
    if ((qrCodeText === undefined) === (patid === undefined))
      return problem(qrCodeText === undefined ? 'qrCodeText' : 'patid', 'qrCodeText 和 patid 要有且只有一个')
    const { departmentId, departmentName, appid, openid } = event
    if ((departmentId === undefined) !== (departmentName === undefined))
      return problem(
        departmentId === undefined ? 'departmentId' : 'departmentName',
        'departmentId 和 departmentName 要一起给出',
      )
    if ((appid === undefined) !== (openid === undefined))
      return problem(appid === undefined ? 'appid' : 'openid', 'appid 和 openid 要一起给出')
    const { department, cardCostTypes } = event
    const isWithout = department === undefined && departmentId === undefined
    if (isWithout && this.#departmentScenes.has(scene) && this.#usage.otherDepartment === undefined)
      return problem('department', '这个环节必须带科室：department，或者 departmentId 和 departmentName')
    const subHospitalCode = this.#campus(event)
    if (typeof subHospitalCode === 'object') return subHospitalCode
    return {
      key,
      scene,
      occurredAtMs,
      qrCodeText,
      patid,
      department,
      hisDepartment:
        departmentId === undefined ? undefined : { id: departmentId, name: departmentName ?? '' },
      cardChannel,
      cardCostTypes,
      subHospitalCode,
      relatedUser: appid !== undefined && openid !== undefined ? { appid, openid } : undefined,
    }
  }

  #occurredAt(text: string | undefined, nowMs: number): number | EventProblem {
    if (text === undefined) return problem('occurredAt', MISSING)
    const ms = readTime(text)
    if (ms === undefined)
      return problem('occurredAt', '写成 yyyy-MM-dd HH:mm:ss（北京时间），或带时区的 ISO 8601')
    if (ms > nowMs + FUTURE_MS) return problem('occurredAt', '时间在将来，请核对对方系统的时钟')
    if (ms < nowMs - this.#agesMs) return problem('occurredAt', `超过 ${this.#usage.intakeDays} 天的不再接收`)
    return ms
  }

  #campus({
    campus,
    subHospitalCode,
  }: Readonly<Partial<Record<Field, string>>>): string | undefined | EventProblem {
    if (campus === undefined) return subHospitalCode
    if (subHospitalCode !== undefined) return problem('campus', 'campus 和 subHospitalCode 只写一个')
    const { campuses } = this.#usage
    return Object.hasOwn(campuses, campus)
      ? campuses[campus]
      : problem('campus', '医院配置 usage.campuses 里没有这个院区')
  }
}

const MISSING = '没有填写'

function problem(field: string, message: string): EventProblem {
  return { field, message }
}

export function isProblem(read: ToldEvent | EventProblem): read is EventProblem {
  return 'message' in read
}

interface Form {
  readonly field: Field
  readonly form: RegExp
  readonly message: string
  readonly most: number
}
const form = (field: Field, pattern: RegExp, message: string, most = MAX_NAME): Form => ({
  ...{ field, form: pattern, message, most },
})
const FORMS: readonly Form[] = [
  form('key', EVENT_KEY, '1 至 64 位字母、数字、- 和 _'),
  form('scene', SCENE, '6 至 8 位数字的环节代码'),
  form('occurredAt', NAME, '时间格式不对'),
  form('qrCodeText', CARD_TEXT, '健康卡二维码的文字，不含空格和汉字', MAX_CARD_TEXT),
  form('patid', NUMBER, '院内档案号，最多 64 位'),
  form('department', CODE, '平台的科室代码，最多 32 位'),
  form('departmentId', NUMBER, 'HIS 的科室编号，最多 64 位'),
  form('departmentName', NAME, 'HIS 的科室名称，最多 64 个字'),
  form('cardChannel', FOUR_DIGITS, '4 位数字的用卡渠道'),
  form('cardCostTypes', FOUR_DIGITS, '4 位数字的费别'),
  form('campus', NAME, 'HIS 的院区名称，最多 64 个字'),
  form('subHospitalCode', CODE, '平台的院区代码，最多 32 位'),
  form('appid', WECHAT_ID, '微信 appid'),
  form('openid', WECHAT_ID, '微信 openid'),
]

function wrongForm(event: Readonly<Record<string, unknown>>): EventProblem | undefined {
  for (const { field, form: pattern, message, most } of FORMS) {
    const value = event[field]
    if (value === undefined) continue
    if (typeof value !== 'string' || value.length > most || !pattern.test(value))
      return problem(field, message)
  }
  return undefined
}
