import { sensitive } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WechatError } from '../errors.ts'
import { getVerifyId } from '../face/get-verify-id.ts'
import { queryVerifyInfo } from '../face/query-verify-info.ts'
import { generateUrlLink } from '../links/generate-url-link.ts'
import { getUnlimitedCode } from '../links/get-unlimited-code.ts'
import { sendChannelMessage } from '../messages/send-channel-message.ts'
import { sendSubscribeMessage } from '../messages/send-subscribe-message.ts'
import { sendTemplateMessage } from '../messages/send-template-message.ts'
import { fakeWechat } from '../testing/fake-wechat.ts'
import type { WechatCaller } from './create-caller.ts'

const seed = 20_261_123
const openid = 'openid-1'
const message = { openid, templateId: 't', texts: { thing1: '退费' } }

const CHANGES: Readonly<Record<string, (caller: WechatCaller) => Promise<{ readonly kind: string }>>> = {
  getVerifyId: (caller) =>
    getVerifyId(caller, {
      outSeqNo: 'seq_1',
      certName: sensitive('张三'),
      certNo: sensitive('310101199801011232'),
      openid,
    }),
  generateUrlLink: (caller) => generateUrlLink(caller, { expiresInDays: 1 }),
  sendTemplateMessage: (caller) => sendTemplateMessage(caller, { ...message, clientMsgId: 'm1' }),
  sendSubscribeMessage: (caller) => sendSubscribeMessage(caller, message),
  sendChannelMessage: (caller) =>
    sendChannelMessage(caller, { status: 1, fields: {} }, { openid, orderId: 'o1', msgId: 'm1', facts: {} }),
}
const READS: Readonly<Record<string, (caller: WechatCaller) => Promise<unknown>>> = {
  queryVerifyInfo: (caller) =>
    queryVerifyInfo(caller, { verifyId: 'v', outSeqNo: 'seq_1', certHash: 'a'.repeat(64), openid }),
  getUnlimitedCode: (caller) => getUnlimitedCode(caller, { scene: 'k' }),
}

const members = fc.record(
  {
    errcode: fc.oneof(fc.constantFrom(0, -1, 40001, 47003, '0', null), fc.integer()),
    errmsg: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 })),
    verify_id: fc.oneof(fc.string(), fc.integer()),
    expires_in: fc.oneof(fc.integer(), fc.string()),
    verify_ret: fc.oneof(fc.integer(), fc.string()),
    url_link: fc.oneof(fc.webUrl(), fc.string()),
    msgid: fc.oneof(fc.bigInt().map(Number), fc.string()),
  },
  { requiredKeys: [] },
)
const replies = fc.oneof(
  members.map((one) => JSON.stringify(one)),
  fc.json({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
)

test.each(Object.entries(CHANGES))(
  `%s: any reply is an outcome, yes only under errcode 0 (seed ${seed})`,
  async (_, call) => {
    await fc.assert(
      fc.asyncProperty(replies, async (text) => {
        const outcome = await call(fakeWechat(() => new Response(text)).caller)
        expect(['yes', 'no', 'unknown']).toContain(outcome.kind)
        if (outcome.kind === 'yes') expect(JSON.parse(text).errcode ?? 0).toBe(0)
      }),
      { seed, numRuns: 100 },
    )
  },
)

test.each(Object.entries(READS))(
  `%s: any reply is a value or the typed error (seed ${seed})`,
  async (_, call) => {
    await fc.assert(
      fc.asyncProperty(replies, async (text) => {
        const got = await call(fakeWechat(() => new Response(text)).caller).catch((thrown: unknown) => thrown)
        if (got instanceof Error) expect(got).toBeInstanceOf(WechatError)
        else expect(JSON.parse(text).errcode).toBe(0)
      }),
      { seed, numRuns: 100 },
    )
  },
)
