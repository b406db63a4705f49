import { fen } from '@zhangyi/core'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import { candidatesOf } from '../../platform/hospitals/notice-texts.ts'
import type { NoticeChannel, NoticeField } from '../../platform/hospitals/notices-config.ts'
import { channelsOf } from '../delivery/reach.ts'

/** How a message of a campaign will look, on somebody who does not exist. */
export interface SampleMessage {
  readonly channel: NoticeChannel
  readonly lines: readonly { readonly field: string; readonly text: string }[]
}

export interface CampaignWay {
  /** In the order in which they are tried; none: nothing can be sent. */
  readonly samples: readonly SampleMessage[]
  /** Hours of the day (Beijing time) and how many are told a minute. */
  readonly from: string
  readonly to: string
  readonly perMinute: number
}

const NOBODY = { patientName: '李明华', cardNumber: '0000120931' } as const

/** By which channels, when and how fast a campaign goes out, and what a patient reads. */
export function campaignWay(hospital: Hospital, nowMs: number): CampaignWay {
  const { from, to, perMinute } = hospital.notices.campaigns
  const isSent = hospital.notices.kinds.balance.send
  const samples = isSent
    ? channelsOf(hospital, 'balance').map((channel) => sampleOf(hospital, channel, nowMs))
    : []
  return { samples, from, to, perMinute }
}

function sampleOf({ notices }: Hospital, channel: NoticeChannel, atMs: number): SampleMessage {
  const facts = { ...NOBODY, balanceFen: fen(12_850), amountFen: undefined, atMs }
  const shown = (field: NoticeField) => candidatesOf(notices, 'balance', field, facts)[0] ?? ''
  const lines = fieldsOf(notices, channel).map((show) => ({
    field: typeof show === 'string' ? FACT_WORDS[show] : '固定文字',
    text: shown(show),
  }))
  return { channel, lines }
}

const FACT_WORDS = {
  ...{ title: '事项', patientName: '就诊人', cardNumber: '就诊卡号', balance: '门诊余额' },
  ...{ amount: '金额', time: '时间', remark: '备注' },
} as const

function fieldsOf(notices: Hospital['notices'], channel: NoticeChannel): readonly NoticeField[] {
  if (channel !== 'assistant') {
    const messages = notices[channel]?.messages
    return Object.values((messages?.balance ?? messages?.default)?.fields ?? {})
  }
  const messages = notices.assistant?.messages
  return Object.values((messages?.balance ?? messages?.default)?.fields ?? {}).map(({ show }) => show)
}
