import { test } from 'vitest'

/** For flows that differ little from one that always runs: only in `npm run test:long`. */
export const furtherTest = test.runIf(process.env['ZHANGYI_TEST_LONG'] === '1')
