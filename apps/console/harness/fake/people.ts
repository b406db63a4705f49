import type { Answer } from './answer.ts'
import { fakeTrace } from './rows.ts'
import { NOW_MS, type World } from './world.ts'

// 建档、患者、核验与授权、消息: people and numbers that exist only here.

const MINUTE = 60_000
const FLOWS = 64
const id = (kind: string, index: number) =>
  `${kind}_${Array.from({ length: 32 }, (_, at) => ((index * 13 + at * at * 7 + 5) % 16).toString(16)).join('')}`

const STOPS = [
  ['verify-failed', '实人验证没有通过或放弃了'],
  ['his-refused', '医院系统没有受理，或档案上是另一个姓名'],
  ['platform-unavailable', '健康卡平台连不上或没有答复'],
] as const
const INTENTS = [
  ['register', '新用户建档'],
  ['add-patient', '添加就诊人'],
  ['bind-card', '关联健康卡'],
  ['upgrade', '老用户补领健康卡'],
] as const

function flow(index: number) {
  const [intent, intentName] = INTENTS[(index * 3) % 4] ?? INTENTS[0]
  const stage = index === 0 ? 'under-way' : index % 5 === 1 ? 'stopped' : index % 7 === 3 ? 'left' : 'done'
  const [reason, reasonName] = STOPS[index % 3] ?? STOPS[0]
  const isStopped = stage === 'stopped'
  return {
    ...{ id: id('flow', index), intent, intentName, stage },
    step: isStopped ? `停下：${reasonName}` : stage === 'done' ? '完成：就诊人已绑定' : '患者到了平台的页面',
    ...{ reason: isStopped ? reason : null, reasonName: isStopped ? reasonName : null },
    traceId: isStopped ? fakeTrace(index) : null,
    ...{ userId: id('user', index), patientId: stage === 'done' ? id('pat', index) : null },
    createdAtMs: NOW_MS - index * 7 * MINUTE,
    changedAtMs: NOW_MS - index * 7 * MINUTE + 2 * MINUTE,
  }
}

function flowDetail(index: number) {
  const one = flow(index)
  const at = (minutes: number) => one.createdAtMs + minutes * MINUTE
  const step = (state: string, name: string, minutes: number, more: object = {}) => ({
    ...{ state, name, isStop: false, code: null, traceId: fakeTrace(index), atMs: at(minutes), ...more },
  })
  return {
    ...one,
    expiresAtMs: at(30),
    person: {
      ...{ name: '李*华', idType: '居民身份证', idNumber: '330102********2217', isSelf: true },
      ...{ verified: true, source: '电子健康卡' },
    },
    steps: [
      step('starting', '患者发起建档，向健康卡平台要授权页', 0),
      step('on-platform', '患者到了平台的页面', 0),
      step('exchanging', '平台带着授权码回来，换取健康卡资料', 1),
      step('archiving', '在医院系统里查找档案', 1),
      step('creating-archive', '在医院系统里新建档案', 1),
      step('ways-on', one.step, 2, { isStop: true, code: 'PATIENT_NAME_CONFLICT' }),
    ],
    codes: [{ name: '健康卡授权码', outcome: 'yes', atMs: at(1) }],
    binding: null,
    advice: '按返回码请信息科核对 HIS 里这位患者的档案：姓名、证件号码是否一致。改好后请患者重新开始。',
  }
}

const NAMES = ['陈*', '李*华', '赵*明', '孙*', '欧**娜', '周*兰', 'A**********a'] as const

function patient(index: number) {
  const isForeign = index % 7 === 6
  return {
    ...{ id: id('pat', index), name: NAMES[index % NAMES.length] ?? NAMES[0] },
    idType: isForeign ? '护照' : '居民身份证',
    idNumber: isForeign ? 'E******78' : `330102********${2_217 + index}`,
    phone: index % 6 === 5 ? null : `138****${String(218 + index).padStart(4, '0')}`,
    relation: index % 3 === 1 ? '子女' : '本人',
    state: isForeign ? 'unverified' : index % 9 === 4 ? 'unlinked' : 'verified',
    card: isForeign ? 'none' : index % 8 === 2 ? 'offered-later' : 'linked',
    ...{ patid: `00${86_120_931 + index}`, visitCard: index % 4 === 3 ? null : `****${931 + index}` },
    ...{ userId: id('user', index), createdAtMs: NOW_MS - index * 53 * MINUTE },
  }
}

function patientDetail(index: number) {
  const one = patient(index)
  return {
    ...one,
    ...{
      gender: '女',
      birthYear: '1990',
      isDefault: true,
      healthCardId: one.card === 'linked' ? '…7F3A29C1' : null,
    },
    unlinkedAtMs: one.state === 'unlinked' ? NOW_MS : null,
    confirmation: one.state === 'unverified' ? 'waiting' : null,
    identities: [
      { app: '小程序', openid: 'oZy1…8Qxk', createdAtMs: one.createdAtMs },
      { app: '公众号', openid: 'o5Kp…Mw2d', createdAtMs: one.createdAtMs },
    ],
    consents: [{ version: '2026-11', acceptedAtMs: one.createdAtMs, withdrawnAtMs: null }],
    others: [patient(index + 7)],
  }
}

const UNMASKED = {
  ...{ name: '李明华', idNumber: '330102199001012217', phone: '13800000218', birthday: '1990-01-01' },
  visitCard: '0000123420931',
}

function archive(index: number) {
  return {
    ...{
      patid: `00${86_200_117 + index * 31}`,
      state: 'waiting',
      createdAtMs: NOW_MS - (30 - index * 4) * 60 * MINUTE,
    },
    ...{ refusedAtMs: null, refusedBy: null },
    patient: index === 3 ? null : { ...patient(index * 7 + 6), phone: `139****${1_234 + index}` },
  }
}

function change(index: number) {
  return {
    ...{
      id: id('pdc', index),
      patientId: id('pat', index),
      patid: `00${86_130_500 + index}`,
      state: 'parked',
    },
    fields: [
      { name: '手机号', before: index === 1 ? null : '138****0218', after: '139****1234' },
      ...(index === 0 ? [{ name: '现住址', before: '浙江省杭州市***', after: '浙江省宁波市***' }] : []),
    ],
    ...{
      tries: 11,
      problem: 'HIS 没有说清结果（timeout）',
      createdAtMs: NOW_MS - (52 - index) * 60 * MINUTE,
    },
    settledAtMs: null,
  }
}

const BINDING = {
  ...{ patientId: id('pat', 2), patid: '0086120933', cardId: 'C1', state: 'parked', attempts: 9 },
  ...{ problem: '医院系统没有受理（返回码 1001）', nextAtMs: null },
}

const PURPOSES = ['检验报告', '检查报告', '展码', '个人信息', '住院清单'] as const
const ENDS = [
  ['failed', '没有通过，或在平台的页面上放弃了'],
  ['too-many-attempts', '当天次数用完'],
  ['result-unknown', '没有查到验证结果'],
] as const

function verification(index: number) {
  const stage = index === 0 ? 'under-way' : index % 4 === 1 ? 'stopped' : index % 9 === 5 ? 'left' : 'granted'
  const [reason, reasonName] = ENDS[index % 3] ?? ENDS[0]
  const isStopped = stage === 'stopped'
  return {
    ...{ id: id('ver', index), patientId: id('pat', index), userId: id('user', index) },
    ...{ purpose: 'lab-report', purposeName: PURPOSES[index % PURPOSES.length], stage },
    ...{ reason: isStopped ? reason : null, reasonName: isStopped ? reasonName : null },
    traceId: isStopped ? fakeTrace(index) : null,
    grantId: stage === 'granted' ? id('grant', index) : null,
    createdAtMs: NOW_MS - index * 4 * MINUTE,
    changedAtMs: NOW_MS - index * 4 * MINUTE + MINUTE,
  }
}

function verificationDetail(index: number) {
  const one = verification(index)
  const step = (name: string, tone: string, note: string | null, minutes: number) => ({
    ...{ name, tone, note, atMs: one.createdAtMs + minutes * MINUTE },
  })
  return {
    ...one,
    ...{ expiresAtMs: one.createdAtMs + 30 * MINUTE, ofPatient: { used: 3, most: 5 }, grant: null },
    steps: [
      step(`患者确认就诊人，要看${one.purposeName}`, 'plain', null, 0),
      step('打开平台的验证页，或核对兜底信息', 'plain', '计一次', 0),
      step('从平台回来，向平台查询结果', 'plain', null, 1),
      step('停下：没有通过，或在平台的页面上放弃了', 'warn', `追踪号 ${fakeTrace(index)}`, 1),
      step('兜底：短信验证码已发出', 'plain', '没有用，试了 2 次', 2),
    ],
    advice: '不用处理。患者可以再试、用兜底方式，或带身份证到窗口。',
  }
}

function face(index: number) {
  const state = ['passed', 'failed', 'started', 'passed', 'unknown'][index % 5] ?? 'passed'
  return {
    ...{
      id: id('face', index),
      userId: id('user', index),
      outSeqNo: id('', index).slice(1),
      openid: 'oZy1…8Qxk',
    },
    ...{ purpose: 'refund', purposeName: '退款', method: index % 6 === 5 ? 'ncidas' : 'face', state },
    resultCode: state === 'failed' ? 10_302 : null,
    resultName: state === 'failed' ? '人脸和证件不是同一个人，请本人在光线好的地方再试。' : null,
    ...{ counts: state === 'failed', grantId: state === 'passed' ? id('grant', index) : null },
    createdAtMs: NOW_MS - index * 9 * MINUTE,
    expiresAtMs: NOW_MS - index * 9 * MINUTE + 30 * MINUTE,
  }
}

const GRANT_STATES = ['live', 'live', 'spent', 'voided', 'expired', 'expired'] as const
const ASSURANCES = [
  ['real-person', '平台验证了本人'],
  ['face', '本院人脸核验'],
  ['fallback', '兜底：短信验证码'],
] as const
function grant(index: number, asked: readonly string[]) {
  const [assurance, assuranceName] = ASSURANCES[index % 3] ?? ASSURANCES[0]
  const own = id('grant', index)
  const state = asked.includes(`POST /grants/${own}/void`) ? 'voided' : (GRANT_STATES[index % 6] ?? 'expired')
  const createdAtMs = NOW_MS - index * 6 * MINUTE
  return {
    ...{ id: own, userId: id('user', index), patientId: assurance === 'face' ? null : id('pat', index) },
    ...{ purpose: 'lab-report', purposeName: assurance === 'face' ? '退款' : PURPOSES[index % 5] },
    ...{ assurance, assuranceName, state, source: id('ver', index), byProxy: index % 5 === 2, createdAtMs },
    expiresAtMs: createdAtMs + 30 * MINUTE,
    spentAtMs: state === 'spent' ? createdAtMs + 3 * MINUTE : null,
    spentOn: state === 'spent' ? id('case', index) : null,
    voidedAtMs: state === 'voided' ? createdAtMs + 5 * MINUTE : null,
    voidReason: state === 'voided' ? '患者换了就诊人' : null,
  }
}

const KINDS = ['等待接收退款', '退款成功', '提醒接收退款', '余额通知'] as const
const CHANNELS = [
  ['assistant', '就医助手'],
  ['template', '模板消息'],
  ['subscribe', '订阅消息'],
] as const
const NOTICE_STATES = [
  'delivered',
  'accepted',
  'accepted',
  'unreachable',
  'delivered',
  'unknown',
  'failed',
] as const
const NOT_SENT: Readonly<Record<string, string>> = {
  failed: '模板消息：模板编号不对，请在公众平台核对（40037）',
  unreachable: '订阅消息：用户拒绝或没有订阅（43101）',
  unknown: '就医助手：微信没有答复，不知道有没有发出，不再用别的渠道（no-answer）',
}

function notice(index: number) {
  const state = NOTICE_STATES[index % NOTICE_STATES.length] ?? 'accepted'
  const [channel, channelName] =
    state === 'failed'
      ? CHANNELS[1]
      : state === 'unreachable'
        ? CHANNELS[2]
        : (CHANNELS[index % 2] ?? CHANNELS[0])
  return {
    ...{ id: id('note', index), key: `refund:${index}`, userId: id('user', index) },
    ...{ kind: 'paid', kindName: KINDS[index % KINDS.length], state, channel, channelName },
    ...{ problem: NOT_SENT[state] ?? null, journey: id('case', index), campaignId: null },
    ...{ createdAtMs: NOW_MS - index * 5 * MINUTE, settledAtMs: null },
  }
}

function noticeDetail(index: number) {
  const one = notice(index)
  const step = (name: string, tone: string, note: string | null, seconds: number) => ({
    ...{ name, tone, note, atMs: one.createdAtMs + seconds * 1_000 },
  })
  const lines = [
    { name: '事项', value: one.kindName },
    { name: '姓名', value: '李*华' },
    { name: '卡号', value: '****0931' },
    { name: '金额', value: '386.50元' },
    { name: '备注', value: '点此进入“我的退款”查看到账说明' },
  ]
  return {
    ...one,
    ...{ nextAtMs: null, patient: '李*华' },
    steps: [
      step(`要告诉患者：${one.kindName}`, 'plain', null, 0),
      step('用就医助手发送', 'plain', null, 1),
      step('就医助手：用户没有开通（43004）', 'warn', '明确没有发出', 1),
      step('改用下一个渠道：模板消息', 'plain', null, 2),
      step('微信已收下', 'ok', null, 2),
      step('微信告知：已送达', 'ok', null, 6),
    ],
    texts: [{ channel: 'template', channelName: '模板消息', msgId: '3387215561', lines }],
    advice: '微信说已经送达，不用处理。',
  }
}

const COUNTS = {
  day: '2026-11-28',
  counts: [
    { channel: 'assistant', state: 'accepted', count: 318 },
    { channel: 'template', state: 'delivered', count: 141 },
    { channel: 'template', state: 'failed', count: 4 },
    { channel: 'subscribe', state: 'accepted', count: 37 },
    { channel: 'subscribe', state: 'unreachable', count: 22 },
    { channel: 'assistant', state: 'unknown', count: 2 },
    { channel: null, state: 'queued', count: 9 },
  ],
}

const PAGE = 20

/** Undefined: asks for something else. */
export function peopleAnswer(
  world: World,
  asked: string,
  url: URL,
  body: Record<string, unknown>,
): Answer | undefined {
  if (asked === 'GET /grants') return ok(named('grants', url, (index) => grant(index, world.asked), 'state'))
  const [, kind = '', own = ''] = /^GET \/([\w-]+)\/(\w+)$/.exec(asked) ?? []
  const detail = DETAILS[kind]?.(indexOf(kind, own))
  if (detail !== undefined && own !== 'counts') return ok(detail)
  const list = LISTS[asked]
  if (list) return ok(list(url))
  if (asked === 'GET /notices/counts') return ok(COUNTS)
  if (asked === 'POST /patients/search')
    return ok({ patients: body['text'] === '没有这个人' ? [] : [patient(1)], isCut: false })
  if (/^POST \/patients\/\w+\/unmask$/.test(asked)) return ok(UNMASKED)
  return /^POST \/(grants|unconfirmed-archives|personal-data-changes|card-bindings)\//.test(asked)
    ? ok({})
    : undefined
}

const DETAILS: Readonly<Record<string, (index: number) => object>> = {
  enrolments: flowDetail,
  patients: patientDetail,
  verifications: verificationDetail,
  notices: noticeDetail,
}
const KEYS: Readonly<Record<string, string>> = {
  ...{ enrolments: 'flow', patients: 'pat', verifications: 'ver', notices: 'note' },
}

function indexOf(kind: string, own: string): number {
  const found = Array.from({ length: FLOWS }, (_, index) => index).find(
    (index) => id(KEYS[kind] ?? '', index) === own,
  )
  return found ?? 1
}

const LISTS: Readonly<Record<string, (url: URL) => object>> = {
  'GET /enrolments': (url) => named('flows', url, flow, 'stage'),
  'GET /patients': (url) => named('patients', url, patient, 'state'),
  'GET /verifications': (url) => named('verifications', url, verification, 'stage'),
  'GET /face-checks': (url) => named('faceChecks', url, face, 'state'),
  'GET /notices': (url) => named('notices', url, notice, 'state'),
  'GET /unconfirmed-archives': () => ({
    archives: Array.from({ length: 4 }, (_, at) => archive(at)),
    next: null,
  }),
  'GET /personal-data-changes': () => ({ changes: [change(0), change(1)], next: null }),
  'GET /card-bindings': () => ({ bindings: [BINDING] }),
}

function named(
  name: string,
  url: URL,
  row: (index: number) => { readonly id: string },
  filter: 'stage' | 'state',
) {
  const wanted = url.searchParams
  const start = Number(wanted.get('before')?.split('.')[0] ?? 0)
  const number = wanted.get('number')
  const all = Array.from({ length: FLOWS }, (_, index) => row(index)).filter((one) => {
    const state = (one as Record<string, unknown>)[filter]
    const isNumber = number === null || Object.values(one).includes(number)
    return isNumber && (!wanted.get(filter) || state === wanted.get(filter))
  })
  const end = start + PAGE
  return { [name]: all.slice(start, end), next: end < all.length ? `${end}.x` : null }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}
