import { z } from 'zod'
import { PayRefusal } from '../errors.ts'
import { hiddenUntil } from '../orders/prepay.ts'
import { newNumber, type PayPlatform, rfc3339, wake } from '../platform.ts'
import { amountFen, checkAppidAndOpenid, notifyUrl, text } from '../requests/fields.ts'
import { parseInput } from '../requests/parse-input.ts'
import type { PayRequest } from '../requests/route.ts'
import { checkScene } from './check-scene.ts'
import { closesAtMs, lockFunds, newPackage } from './settle-transfer.ts'
import type { Transfer } from './transfer.ts'

const LEAST_FEN = 10
/** From 0.30 yuan on a name can be checked, from 2,000 yuan on it has to be. */
const NAME_FROM_FEN = 30
const NAME_REQUIRED_FROM_FEN = 200_000

/** Unknown members and nulls are refused, as the real one does. */
const schema = z.strictObject({
  appid: text(32),
  out_bill_no: z.string().regex(/^[0-9A-Za-z]{1,32}$/, '只能由数字、大小写字母组成，最长 32 位'),
  transfer_scene_id: text(36),
  openid: text(64),
  user_name: text(2_048).optional(),
  transfer_amount: amountFen(1),
  transfer_remark: text(32),
  notify_url: notifyUrl.optional(),
  user_recv_perception: text(32).optional(),
  transfer_scene_report_infos: z
    .array(z.strictObject({ info_type: text(15), info_content: text(32) }))
    .min(1, '不能为空'),
  user_recv_style: z.strictObject({ type: z.enum(['CONFIRM_PAGE', 'RED_PACKET']) }).optional(),
})
type Wish = z.output<typeof schema>

/** 发起转账. The same number with the same meaning answers the state it is in; a fresh package while it waits. */
export function createTransfer(platform: PayPlatform, { body, serial }: PayRequest): object {
  const wish = parseInput(schema, body)
  const userName = openName(platform, wish, serial)
  // OAEP is random: two posts of the same name differ, so what it says is compared, not how it looks.
  const fingerprint = JSON.stringify({ ...wish, user_name: userName })
  const known = platform.transfers.byNumber(wish.out_bill_no)
  if (known) return createAgain(platform, known, fingerprint)
  check(platform, wish)
  const transfer = accept(platform, wish, userName, fingerprint)
  platform.transfers.put(transfer)
  wake(platform, transfer.state === 'WAIT_USER_CONFIRM' ? closesAtMs(platform, transfer) : undefined)
  return createAnswer(transfer)
}

function openName(platform: PayPlatform, wish: Wish, serial: string | undefined): string | undefined {
  if (wish.user_name === undefined) return undefined
  const name = platform.keys.open(wish.user_name, serial)
  if (name === undefined)
    throw new PayRefusal(
      'PARAM_ERROR',
      '收款用户姓名解密失败，请确认请求头 Wechatpay-Serial 与加密所用的密钥一致',
      {
        field: 'Wechatpay-Serial',
        issue: '敏感信息加密错误',
        location: 'header',
      },
    )
  return name
}

function check({ settings }: PayPlatform, wish: Wish): void {
  const amount = wish.transfer_amount
  checkAppidAndOpenid(wish.appid, wish.openid)
  if (amount < LEAST_FEN || amount > settings.transferLimitFen)
    throw new PayRefusal(
      'INVALID_REQUEST',
      '转账金额不在该转账场景的单笔额度范围内，请核对商户平台的额度设置',
    )
  if (wish.user_name === undefined && amount >= NAME_REQUIRED_FROM_FEN)
    throw new PayRefusal('INVALID_REQUEST', '转账金额大于等于2000元时，必须传入收款用户姓名')
  if (wish.user_name !== undefined && amount < NAME_FROM_FEN)
    throw new PayRefusal('INVALID_REQUEST', '转账金额低于0.3元时，不支持校验收款用户姓名')
  checkScene(settings, {
    sceneId: wish.transfer_scene_id,
    perception: wish.user_recv_perception,
    infoTypes: wish.transfer_scene_report_infos.map(({ info_type }) => info_type),
  })
}

function accept(
  platform: PayPlatform,
  wish: Wish,
  userName: string | undefined,
  fingerprint: string,
): Transfer {
  const { ledger, settings, clock, faults } = platform
  const nowMs = clock.nowMs()
  const enough = ledger.balance('operation') >= wish.transfer_amount
  if (!enough && settings.whenNotEnough === 'refuse')
    throw new PayRefusal('NOT_ENOUGH', '商户运营账户资金不足，请充值后使用原单号重试')
  const stays = faults.take('stay-accepted', 'create-transfer')
    ? 'ACCEPTED'
    : faults.take('stay-processing', 'create-transfer')
      ? 'PROCESSING'
      : undefined
  const transfer: Transfer = {
    outBillNo: wish.out_bill_no,
    transferBillNo: newNumber(platform, '1330000', 32),
    ...{ appid: wish.appid, openid: wish.openid, userName, fingerprint },
    ...{ amountFen: wish.transfer_amount, remark: wish.transfer_remark },
    ...{ sceneId: wish.transfer_scene_id, notifyUrl: wish.notify_url },
    createdMs: nowMs,
    updatedMs: nowMs,
    state: stays ?? (settings.whenNotEnough === 'processing' ? 'PROCESSING' : 'ACCEPTED'),
    waitingFor: stays ? 'repost' : 'funds',
    hiddenUntilMs: hiddenUntil(platform, 'create-transfer'),
  }
  if (!stays && enough) lockFunds(platform, transfer, nowMs)
  return transfer
}

function createAgain(platform: PayPlatform, transfer: Transfer, fingerprint: string): object {
  if (transfer.fingerprint !== fingerprint)
    throw new PayRefusal('INVALID_REQUEST', '商户单号已存在，且与原请求参数不一致，请核对后使用原参数重试')
  const { ledger, clock, faults } = platform
  if (faults.take('retry-expired', 'create-transfer'))
    throw new PayRefusal('INVALID_REQUEST', '该商户单号已过重试有效期，请查询单据状态后再决定下一步')
  if (transfer.state === 'WAIT_USER_CONFIRM') {
    // The older package is stale from now on.
    transfer.packageInfo = newPackage()
  } else if (transfer.waitingFor !== undefined) {
    const kind = transfer.state === 'ACCEPTED' ? 'stay-accepted' : 'stay-processing'
    if (!faults.take(kind, 'create-transfer') && ledger.balance('operation') >= transfer.amountFen)
      lockFunds(platform, transfer, clock.nowMs())
  }
  return createAnswer(transfer)
}

function createAnswer(transfer: Transfer): object {
  const { state, packageInfo, failReason } = transfer
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    create_time: rfc3339(transfer.createdMs),
    state,
    ...(failReason !== undefined && { fail_reason: failReason }),
    ...(state === 'WAIT_USER_CONFIRM' && { package_info: packageInfo }),
  }
}
