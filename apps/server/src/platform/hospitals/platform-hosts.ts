import type { Hospital } from './hospitals.ts'

/** The hosts of the card platform's pages: where a patient may be sent, and where a result may go. */
export function platformHosts({ healthCard }: Hospital): readonly string[] {
  return [new URL(healthCard.h5Origin).host, ...healthCard.moreH5Hosts]
}
