import { DAY_MS, fen, MINUTE_MS, newId } from '@zhangyi/core'
import type { Archive } from '@zhangyi/his'
import { vi } from 'vitest'
import { newAdult } from '../../verification/verifying-phone.ts'
import type { On } from '../patient-visitor.ts'

/** Somebody whom the hospital has one archive of, with cash on it. */
export async function withBalance(on: On, area: string, amountFen: number) {
  const person = newAdult(area)
  const made = await on.stack.his.port.archives.create(
    {
      ...{ name: person.name, idType: '01', idNumber: person.idNumber, nation: person.nation },
      ...{ gender: '男', birthday: '1970-01-01', phone: person.phone, address: person.address },
      ...{ guardian: undefined, verified: true },
    },
    newId('key'),
  )
  if (made.kind !== 'yes') throw new Error(`no archive: ${JSON.stringify(made)}`)
  charge(on, made.value, amountFen)
  return person
}

export function charge(on: On, { patid }: Pick<Archive, 'patid'>, amountFen: number): void {
  on.stack.his.charge(patid, { amount: fen(amountFen), channel: 'cash' })
}

/** The merchant's account from which transfers are paid; a balance that was read a moment ago counts no more. */
export async function fundsAre(on: On, amountFen: number): Promise<void> {
  await on.stack.action('wechat-pay', 'set-balance', { account: 'OPERATION', amountFen })
  on.stack.sandbox.clock.advance(MINUTE_MS)
}

/** What the background would do by itself within a minute. */
export async function workNow(on: On): Promise<void> {
  const { clock } = on.stack.sandbox
  const rooms = on.stack.server.app.work.filter(({ name }) => /^(payments|refunds)\./.test(name))
  for (const one of rooms) await one.runDue(clock, 100)
}

/** Nobody confirms for so long that WeChat closes the transfer (after 24 hours 48 minutes), and the gateway has asked. */
export async function aDayPasses(on: On, isOver: () => Promise<boolean>): Promise<void> {
  on.stack.sandbox.clock.advance(DAY_MS + 50 * MINUTE_MS)
  await vi.waitFor(
    async () => {
      on.stack.sandbox.clock.advance(10 * MINUTE_MS)
      await workNow(on)
      if (!(await isOver())) throw new Error('not closed yet')
    },
    { timeout: 20_000, interval: 100 },
  )
}
