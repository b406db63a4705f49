import type { HisFees } from '../../fees.ts'
import { inRange, newestFirst } from '../day-range.ts'
import type { Desk } from '../open-desk.ts'
import { postPayment } from './post-payment.ts'

export function offerFees({ state, clock, read, change }: Desk): HisFees {
  return {
    pending: (patid) =>
      read('fees.pending', () =>
        state.fees
          .filter(({ bill, postingId }) => bill.patid === patid && postingId === undefined)
          .map(({ bill }) => bill),
      ),
    post: (request, requestKey) =>
      change('fees.post', requestKey, request, () => postPayment(state, request, requestKey, clock.nowMs())),
    status: (postRequestKey) =>
      read(
        'fees.status',
        () => state.postings.find(({ requestKey }) => requestKey === postRequestKey)?.posting,
      ),
    paid: (query) =>
      read('fees.paid', () =>
        state.postings
          .map(({ posting }) => posting)
          .filter(({ patid, paidAt }) => patid === query.patid && inRange(paidAt, query))
          .sort(newestFirst(({ paidAt }) => paidAt)),
      ),
  }
}
