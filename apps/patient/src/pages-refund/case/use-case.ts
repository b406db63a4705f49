import { computed, ref, shallowRef } from 'vue'
import type { Leg, Receiving, RefundCase } from '../../api/refund-types.ts'
import { type ApiError, type ApiResult, localError } from '../../platform/api-error.ts'
import type { PageQuery } from '../../platform/page-query.ts'
import { legsByUrgency } from '../shared/case-words.ts'
import { forgetReceiving, receivingLeg, rememberReceiving } from '../shared/receiving-leg.ts'
import { useAllowed } from '../shared/use-allowed.ts'
import { type CaseParts, liveCase } from './case-parts.ts'
import { watching } from './watch-case.ts'

// Long enough for a slow phone to leave; a page that is still there then works again.
const LEAVING_MS = 10_000
// WeChat's own server may learn of a confirmation a moment later than the phone.
const LATE_MS = 3000
const GONE = ['refund-not-yours', 'not-found', 'bad-input']

const isWorking = ({ phase }: Leg) => phase === 'processing' || phase === 'withdrawing'

/** One refund to its end. Nothing that a phone says about money is believed: the gateway asks WeChat. */
export function useCase(parts: CaseParts = liveCase) {
  const refund = shallowRef<RefundCase>()
  const gone = ref(false)
  /** The last press had no success. */
  const refusal = shallowRef<ApiError>()
  const busy = ref(false)
  /** The leg whose withdrawal is asked for once more. */
  const asking = ref('')
  /** WeChat's page was shown, and the gateway says that nothing was received. */
  const notReceived = ref(false)
  /** WeChat's page was shown and nobody has said yet what became of it. */
  const unsure = ref(false)
  /** It takes longer than anybody wants to look at a page. */
  const slow = ref(false)
  const allowed = useAllowed(load, { parts: parts.allowed })
  const { watch, stop } = watching({
    wait: parts.wait,
    isWorking: () => refund.value?.legs.some(isWorking) ?? false,
    look: quietly,
  })
  let id = ''

  async function arrive(query: PageQuery): Promise<void> {
    id = query['id'] ?? ''
    // What WeChat's page, or its stand-in, said on the way back is taken out of the address and believed by nobody.
    parts.cleanAddress({ id })
    const handed = parts.takeHanded(id)
    if (handed) take(handed)
    await run()
  }

  async function run(): Promise<void> {
    await allowed.run()
    await watchWork()
  }

  async function load(): Promise<ApiError | undefined> {
    gone.value = id === ''
    if (gone.value || (refund.value && receivingLeg(id) === undefined)) return undefined
    const result = await askNow()
    if (result.ok) return undefined
    gone.value = GONE.includes(result.error.code)
    return gone.value ? undefined : result.error
  }

  /** How it stands: after WeChat's page was opened that is the question what became of it. */
  async function askNow(): Promise<ApiResult<RefundCase>> {
    const legId = receivingLeg(id)
    const result = legId === undefined ? await parts.get(id) : await parts.received(id, legId)
    if (legId !== undefined && !result.ok && result.error.happened === 'no') {
      // There is nothing to ask about this leg: how the refund stands can still be said.
      forgetReceiving(id)
      return askNow()
    }
    unsure.value = legId !== undefined && !result.ok
    if (!result.ok) return result
    forgetReceiving(id)
    take(result.data)
    notReceived.value = result.data.legs.some((leg) => leg.id === legId && leg.can.receive)
    return result
  }

  function take(now: RefundCase): void {
    refund.value = now
    if (!now.legs.some(({ can }) => can.receive)) notReceived.value = false
  }

  async function watchWork(): Promise<void> {
    slow.value = false
    slow.value = (await watch()) === 'gave-up'
  }

  /** One look that got lost is no reason for an error while the work goes on. */
  async function quietly(): Promise<void> {
    const result = await parts.get(id)
    if (result.ok && !busy.value) take(result.data)
  }

  async function press(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    stop()
    busy.value = true
    refusal.value = undefined
    notReceived.value = false
    await work()
    busy.value = false
    await watchWork()
  }

  /** Whatever came of it, how the refund stands is shown: a lost answer may have been a success. */
  async function change(call: () => Promise<ApiResult<RefundCase>>): Promise<void> {
    const result = await call()
    asking.value = ''
    if (result.ok) take(result.data)
    else await refuse(result.error)
  }

  async function refuse(error: ApiError): Promise<void> {
    const now = await parts.get(id)
    if (now.ok) take(now.data)
    refusal.value = error
  }

  async function receive(legId: string): Promise<void> {
    await press(async () => {
      const result = await parts.receive(id, legId)
      if (result.ok) await openPage(legId, result.data)
      else await refuse(result.error)
    })
    if (notReceived.value) await lookLater(legId)
  }

  async function openPage(legId: string, receiving: Receiving): Promise<void> {
    rememberReceiving(id, legId)
    switch (await parts.openReceiving(receiving, id)) {
      case 'opened':
        // It lies above this page; back from it `show` asks.
        return
      case 'unsupported':
        forgetReceiving(id)
        refusal.value = localError('CANNOT_RECEIVE')
        return
      case 'leaving':
        await parts.wait(LEAVING_MS)
        return askReceived()
      case 'ended':
        return askReceived()
    }
  }

  async function askReceived(): Promise<void> {
    const asked = await askNow()
    if (!asked.ok) refusal.value = asked.error
  }

  async function lookLater(legId: string): Promise<void> {
    await parts.wait(LATE_MS)
    if (busy.value) return
    const result = await parts.received(id, legId)
    if (result.ok && !busy.value) take(result.data)
    await watchWork()
  }

  /** How it stands now; what is shown stays if nobody answers. */
  async function look(): Promise<void> {
    if (busy.value) return
    stop()
    busy.value = true
    refusal.value = undefined
    await askReceived()
    busy.value = false
  }

  /** By pull: over when the gateway has answered, not when the work has ended. */
  async function pull(): Promise<void> {
    if (allowed.gate.value !== 'open' || !refund.value) return allowed.run()
    await look()
    void watchWork()
  }

  return {
    allowed,
    refund,
    gone,
    refusal,
    busy,
    asking: computed(() => refund.value?.legs.find((leg) => leg.id === asking.value)),
    notReceived,
    unsure,
    slow,
    /** The leg whose next step is the page's own button; those of others stand beside them. */
    lead: computed(() => {
      const legs = refund.value ? legsByUrgency(refund.value) : []
      return (
        legs.find(({ can }) => can.receive) ??
        legs.find(({ can }) => can.retry) ??
        legs.find(({ can }) => can.withdraw)
      )
    }),
    arrive,
    run,
    pull,
    refresh: () => press(askReceived),
    receive,
    retry: () => press(() => change(() => parts.retry(id))),
    withdraw: () => press(() => change(() => parts.withdraw(id, asking.value))),
    ask(legId: string): void {
      refusal.value = undefined
      asking.value = legId
    },
    /** Back on the page: from WeChat, from its stand-in, or from the consent page. */
    async show(): Promise<void> {
      if ((await allowed.show()) || busy.value || !refund.value) return
      if (receivingLeg(id) !== undefined) await press(askReceived)
      else if (slow.value) await watchWork()
    },
    leave: stop,
  }
}
