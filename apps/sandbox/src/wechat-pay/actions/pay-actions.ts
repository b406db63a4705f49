import { advance } from '../advance.ts'
import type { CallbackDelivery } from '../callbacks/deliver-due.ts'
import type { PayPlatform } from '../platform.ts'
import type { Saver } from '../state.ts'
import type { Act } from './act.ts'
import { keyActions } from './key-actions.ts'
import { listActions } from './list-actions.ts'
import { moneyActions } from './money-actions.ts'
import { personActions } from './person-actions.ts'

/** Every action. Time works before each, so that what it sees is what a call would see. */
export function payActions(
  platform: PayPlatform,
  delivery: CallbackDelivery,
  saver: Saver,
): Readonly<Record<string, Act>> {
  const changed = () => {
    platform.changed = true
  }
  const acts: Readonly<Record<string, Act>> = {
    ...moneyActions(platform),
    ...personActions(platform),
    ...keyActions(platform, changed),
    ...listActions(platform),
    'deliver-due': async () => ({ tried: await delivery.deliverDue() }),
  }
  const wrapped = Object.entries(acts).map(([name, act]): [string, Act] => [
    name,
    async (input) => {
      advance(platform)
      const result = await act(input)
      advance(platform)
      saver.save()
      return result
    },
  ])
  return Object.fromEntries(wrapped)
}
