import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../credentials.ts'

export interface TemplateField {
  /** Type and number, e.g. `thing1`. */
  readonly key: string
  readonly label: string
  /** The approved values of a `const` or `enum` field. */
  readonly approved?: readonly string[]
}

export interface Template {
  readonly templateId: string
  /** A template belongs to one appid: service-account templates and subscription templates are two libraries. */
  readonly appid: string
  readonly title: string
  readonly fields: readonly TemplateField[]
}

const REFUND_FIELDS: readonly TemplateField[] = [
  { key: 'name1', label: '就诊人' },
  { key: 'character_string2', label: '就诊卡号' },
  { key: 'amount3', label: '门诊余额' },
  { key: 'thing4', label: '备注' },
]
const APPOINTMENT_FIELDS: readonly TemplateField[] = [
  { key: 'name1', label: '就诊人' },
  { key: 'thing2', label: '就诊科室' },
  { key: 'time3', label: '就诊时间' },
  { key: 'thing4', label: '就诊地点' },
]

/** 43 characters, as WeChat's are. */
const id = (text: string) => text.padEnd(43, '0')

export const SANDBOX_TEMPLATES = {
  refund: id('sandbox-tmpl-refund-'),
  appointment: id('sandbox-tmpl-appointment-'),
  everyType: id('sandbox-tmpl-every-type-'),
  subscribeRefund: id('sandbox-sub-refund-'),
  subscribeAppointment: id('sandbox-sub-appointment-'),
} as const

export const TEMPLATES: readonly Template[] = [
  template(OFFICIAL_ACCOUNT.appid, SANDBOX_TEMPLATES.refund, '预交金退费提醒', REFUND_FIELDS),
  template(OFFICIAL_ACCOUNT.appid, SANDBOX_TEMPLATES.appointment, '预约成功通知', APPOINTMENT_FIELDS),
  template(OFFICIAL_ACCOUNT.appid, SANDBOX_TEMPLATES.everyType, '每种字段各一个', [
    { key: 'thing1', label: '事项' },
    { key: 'short_thing2', label: '短事项' },
    { key: 'character_string3', label: '编号' },
    { key: 'number4', label: '数量' },
    { key: 'letter5', label: '代号' },
    { key: 'symbol6', label: '符号' },
    { key: 'phrase7', label: '状态' },
    { key: 'name8', label: '姓名' },
    { key: 'time9', label: '时间' },
    { key: 'date10', label: '日期' },
    { key: 'amount11', label: '金额' },
    { key: 'phone_number12', label: '电话' },
    { key: 'car_number13', label: '车牌' },
    { key: 'const14', label: '结果', approved: ['退费成功', '退费失败'] },
    { key: 'enum15', label: '类别', approved: ['门诊', '住院'] },
  ]),
  template(MINI_PROGRAM.appid, SANDBOX_TEMPLATES.subscribeRefund, '退款进度提醒', REFUND_FIELDS),
  template(MINI_PROGRAM.appid, SANDBOX_TEMPLATES.subscribeAppointment, '就诊提醒', APPOINTMENT_FIELDS),
]

function template(
  appid: string,
  templateId: string,
  title: string,
  fields: readonly TemplateField[],
): Template {
  return { appid, templateId, title, fields }
}
