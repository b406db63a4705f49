import { type Fen, type Sensitive, sensitive } from '@zhangyi/core'
import {
  checkAmount,
  checkNotifyUrl,
  checkOneOf,
  checkOpenid,
  checkOutBillNo,
  checkText,
} from '../check-input.ts'
import type { Caller, SendOptions } from '../create-caller.ts'
import { ENDPOINTS } from '../endpoints.ts'
import { WechatPayInputError } from '../errors.ts'
import { expectNumber } from '../expect-number.ts'
import { encryptSensitive } from '../oaep.ts'
import { expectEndpoint, jsonBody, type PreparedRequest } from '../prepared-request.ts'
import { optionalText, present, requiredText, requiredTimeMs } from '../read-members.ts'
import type { SentResult } from '../sent-result.ts'
import { readTransferStatus, type TransferStatus } from '../transfer-states.ts'

/** Below it the platform refuses, with words about a quota. */
export const MIN_TRANSFER_FEN = 10
/** Below it no name may be sent, so there is neither a check of the payee nor a receipt. */
export const MIN_NAMED_TRANSFER_FEN = 30
/** From it on a name must be sent. One page says "more than", this is the careful reading. */
export const NAME_REQUIRED_FROM_FEN = 200_000
const MAX_RED_PACKET_FEN = 20_000

export interface TransferInput {
  readonly appid?: string
  /** 商户单号: 1–32 letters and digits, never used for anything else again. */
  readonly outBillNo: string
  /** Of the merchant's console, as are the report infos and the perception: exact texts of that scene. */
  readonly sceneId: string
  readonly reportInfos: readonly { readonly type: string; readonly content: string }[]
  readonly perception?: string
  /** The payee, under `appid`. */
  readonly openid: string
  /** Send it whenever it is allowed: only then WeChat checks the payee, and only then there is a receipt. */
  readonly userName?: Sensitive<string>
  readonly amountFen: Fen
  /** Shown to the payee. */
  readonly remark: string
  readonly notifyUrl?: string
  readonly receiveStyle?: 'CONFIRM_PAGE' | 'RED_PACKET'
}

/** Read `state`: a `yes` means that the bill exists, even as FAIL. */
export type CreatedTransfer = TransferStatus & {
  readonly outBillNo: string
  readonly transferBillNo: string
  readonly createTimeMs: number
  readonly failReason?: string
  /**
   * Opens the confirm page, only in WAIT_USER_CONFIRM. Whoever has it sees the page: encrypt it at rest, give it to its
   * owner only, untouched. Queries do not repeat it; the newest one counts.
   */
  readonly packageInfo?: Sensitive<string>
}

/** 发起转账, prepared: store it, then send it. Throws `WechatPayInputError`. */
export function prepareTransfer(caller: Caller, input: TransferInput): PreparedRequest<'transfer-create'> {
  const { perception, notifyUrl, receiveStyle } = input
  const outBillNo = checkOutBillNo(input.outBillNo)
  const amountFen = checkAmount('transfer_amount', input.amountFen, MIN_TRANSFER_FEN)
  const name = encryptName(caller, input.userName, amountFen)
  if (receiveStyle === 'RED_PACKET' && amountFen > MAX_RED_PACKET_FEN)
    throw new WechatPayInputError('user_recv_style', `RED_PACKET only up to ${MAX_RED_PACKET_FEN} fen`)
  const body = jsonBody({
    appid: caller.appid(input.appid),
    out_bill_no: outBillNo,
    transfer_scene_id: checkText('transfer_scene_id', input.sceneId, 36),
    openid: checkOpenid(input.openid),
    ...(name && { user_name: name.ciphertext }),
    transfer_amount: amountFen,
    transfer_remark: checkText('transfer_remark', input.remark, 32),
    ...(notifyUrl !== undefined && {
      notify_url: checkNotifyUrl(notifyUrl, caller.options.allowLocalNotifyUrls),
    }),
    ...(perception !== undefined && {
      user_recv_perception: checkText('user_recv_perception', perception, 32),
    }),
    transfer_scene_report_infos: reportInfosOf(input),
    ...(receiveStyle !== undefined && {
      user_recv_style: { type: checkOneOf('user_recv_style', receiveStyle, ['CONFIRM_PAGE', 'RED_PACKET']) },
    }),
  })
  return {
    endpoint: 'transfer-create',
    method: 'POST',
    mchid: caller.mchid,
    path: ENDPOINTS['transfer-create'],
    body,
    ...(name && { encryptionKeyId: name.keyId }),
    number: outBillNo,
  }
}

/** Sends a prepared transfer, for the first time or again. */
export function createTransfer(
  caller: Caller,
  prepared: PreparedRequest<'transfer-create'>,
  send: SendOptions,
): Promise<SentResult<CreatedTransfer>> {
  expectEndpoint(prepared, 'transfer-create')
  return caller.change(prepared, send, (answer): CreatedTransfer => {
    const outBillNo = requiredText(answer, 'out_bill_no')
    expectNumber('out_bill_no', outBillNo, prepared.number)
    const packageInfo = optionalText(answer, 'package_info')
    return {
      ...readTransferStatus(answer),
      ...present({ failReason: optionalText(answer, 'fail_reason') }),
      outBillNo,
      transferBillNo: requiredText(answer, 'transfer_bill_no'),
      createTimeMs: requiredTimeMs(answer, 'create_time'),
      ...(packageInfo !== undefined && { packageInfo: sensitive(packageInfo) }),
    }
  })
}

function encryptName(caller: Caller, userName: Sensitive<string> | undefined, amountFen: number) {
  if (!userName) {
    if (amountFen >= NAME_REQUIRED_FROM_FEN)
      throw new WechatPayInputError('user_name', `required from ${NAME_REQUIRED_FROM_FEN} fen`)
    return undefined
  }
  if (amountFen < MIN_NAMED_TRANSFER_FEN)
    throw new WechatPayInputError('user_name', `not allowed below ${MIN_NAMED_TRANSFER_FEN} fen`)
  const text = checkText('user_name', userName.reveal(), 64)
  const { key, serial } = caller.encryptionKey()
  return { ciphertext: encryptSensitive(text, key, 'user_name'), keyId: serial }
}

function reportInfosOf({ reportInfos }: TransferInput) {
  const field = 'transfer_scene_report_infos'
  if (reportInfos.length < 1 || reportInfos.length > 10)
    throw new WechatPayInputError(field, 'not 1–10 items')
  return reportInfos.map(({ type, content }) => ({
    info_type: checkText(`${field}.info_type`, type, 15),
    info_content: checkText(`${field}.info_content`, content, 32),
  }))
}
