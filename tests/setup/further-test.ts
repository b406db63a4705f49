import { test } from 'vitest'

/** `npm run test:long`: the large counts, and what differs little from something that always runs. */
export const isLongRun = process.env['ZHANGYI_TEST_LONG'] === '1'

/** For flows that differ little from one that always runs: only in `npm run test:long`. */
export const furtherTest = test.runIf(isLongRun)
