// Asks a HIS over REST for a balance, holds one fen of it and gives it back.
// `npx zhangyi sandbox` plays the HIS; SANDBOX is its control address.
import { fen } from '@zhangyi/core'
import { createRestHis, type HisGroup } from '@zhangyi/his'

const control = process.env.SANDBOX ?? 'http://127.0.0.1:9100'
const { 'his-rest': platform } = (await (await fetch(`${control}/platforms`)).json()) as {
  readonly 'his-rest': {
    readonly baseUrl: string
    readonly keyId: string
    readonly secret: string
    readonly groups: readonly HisGroup[]
    readonly fixtures: { readonly depositor: { readonly name: string; readonly idNumber: string } }
  }
}
const { baseUrl, keyId, secret, groups } = platform
const his = createRestHis({ baseUrl, groups, auth: { kind: 'hmac', keyId, secret } })

const { name, idNumber } = platform.fixtures.depositor
const [archive] = await his.archives.find({ idType: '01', idNumbers: [idNumber], name })
if (!archive || !his.balances || !his.deposits) throw new Error('the sandbox offers both')
const { refundable, reason } = await his.balances.of(archive.patid)
console.log('Refundable fen:', refundable, reason ?? '')

// The key is stored before the call; after `unknown` the same key is asked for with `status`.
const key = `example-${Date.now()}`
const held = await his.deposits.hold({ patid: archive.patid, depositId: undefined, amount: fen(1) }, key)
switch (held.kind) {
  case 'yes': {
    const { holdId, amount } = held.value
    const released = await his.deposits.release({ holdId, amount, reason: 'example' }, `${key}-release`)
    console.log('Held as', holdId, 'and given back:', released.kind)
    break
  }
  case 'no':
    console.log('Refused with', held.code)
    break
  case 'unknown':
    console.log('Nobody can say yet, ask status:', await his.deposits.status(key))
}
