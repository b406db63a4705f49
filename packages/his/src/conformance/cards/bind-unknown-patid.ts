import { wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const bindUnknownPatid: ConformanceCheck = {
  name: 'cards.bind-unknown-patid',
  zh: '绑卡：patid 不存在时答复 no',
  because: '网关据此发现档案已被合并或删除；若答复 yes，患者出示健康卡时窗口却查不到人。',
  run: async ({ port, newKey }) => {
    const card = { patid: 'NO-SUCH-PATID', healthCardId: 'TEST0', qrCodeText: 'TEST0:1' }
    const outcome = await port.cards.bind(card, newKey())
    must(outcome.kind === 'no', `答复是 ${wordsOf(outcome)}，应当是 no`)
  },
}
