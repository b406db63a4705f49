import { generateKeyPairSync } from 'node:crypto'
import { type Fen, fen, sensitive, systemClock, yes } from '@zhangyi/core'
import type { DepositHold, HisPort } from '@zhangyi/his'
import { createWechatPayClient, type WechatPayClient, WechatPayError } from '@zhangyi/wechat-pay'

export const MCHID = '1900000001'
export const APPID = 'wx0123456789abcdef'
/** What every case gives back. */
export const AMOUNT_FEN = fen(12_345)

/** The sealed parts of a case are as long as real ones. */
export const PAYEE = '欧阳明华'
export const CARD_NUMBER = '00012345678901'
export const ID_NUMBER = '11010519491231002X'

/** The HIS: answers at once, and keeps nothing, because what it is asked says enough. */
export function inProcessHis(): Pick<HisPort, 'deposits'> & {
  readonly deposits: NonNullable<HisPort['deposits']>
} {
  const hold = (patid: string, amount: Fen, state: DepositHold['state']): DepositHold => ({
    ...{ holdId: `hold.${patid}`, patid, amount, state },
  })
  const patidOf = (holdId: string) => holdId.slice('hold.'.length)
  return {
    deposits: {
      hold: async ({ patid, amount }) => yes(hold(patid, amount, 'held')),
      confirm: async ({ holdId, amount }) => yes(hold(patidOf(holdId), amount, 'confirmed')),
      release: async ({ holdId, amount }) => yes(hold(patidOf(holdId), amount, 'released')),
      // A hold whose answer was lost was never received.
      status: async () => undefined,
    },
  }
}

/** A bill as WeChat has it. */
export interface Bill {
  readonly number: string
  readonly amountFen: Fen
  readonly openid: string
}

/**
 * WeChat Pay: the client's own preparing, with the name encrypted to a real key, and no wire behind it. A transfer waits for
 * its patient, and whoever asks for it hears that the patient has confirmed. Its balance is closed to this
 * merchant, as to most. `bills` are known from before.
 */
export function inProcessWechatPay(bills: readonly Bill[] = []): WechatPayClient {
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const known = new Map(bills.map((bill) => [bill.number, bill]))
  const call: Awaited<ReturnType<WechatPayClient['sendTransfer']>>['call'] = {
    class: 'ok',
    ...{ httpStatus: 200, code: undefined, requestId: 'bench', channelFault: false },
  }
  const client = createWechatPayClient({
    ...{ mchid: MCHID, merchantSerial: '4A5B6C7D8E9F4A5B6C7D8E9F4A5B6C7D8E9F4A5B', clock: systemClock },
    merchantPrivateKeyPem: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    apiV3Key: 'an-APIv3-key-of-thirty-two-bytes',
    publicKeys: [
      {
        id: 'PUB_KEY_ID_0114232134912410000000000000',
        pem: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      },
    ],
    allowLocalNotifyUrls: true,
  })
  return {
    ...client,
    fundBalance: async () => {
      throw new WechatPayError('platform', 'balance', 'NO_AUTH', { httpStatus: 403 })
    },
    sendTransfer: async ({ number, body }) => {
      const { transfer_amount, openid } = JSON.parse(Buffer.from(body).toString('utf8')) as {
        transfer_amount: number
        openid: string
      }
      known.set(number, { number, amountFen: fen(transfer_amount), openid })
      const answer = {
        ...{ state: 'WAIT_USER_CONFIRM' as const, outBillNo: number, transferBillNo: `1330${number}` },
        ...{ createTimeMs: Date.now(), packageInfo: sensitive('affffddafdfafddffda=='.repeat(6)) },
      }
      return { ...yes(answer), call }
    },
    queryTransferByOutBillNo: async (number) => {
      const bill = known.get(number)
      if (!bill) return 'not-found'
      return {
        ...{ state: 'SUCCESS', mchid: MCHID, appid: APPID, outBillNo: number, openid: bill.openid },
        ...{ amountFen: bill.amountFen, transferBillNo: `1330${number}` },
        ...{ createTimeMs: Date.now(), updateTimeMs: Date.now() },
      }
    },
  }
}
