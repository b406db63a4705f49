// `npm test`: checks, then every test. `--long` adds the large counts, real kills and soaks. Other arguments go to vitest.
import { findBrowser } from './find-browser.mjs'
import { step } from './step.mjs'

const long = process.argv.includes('--long')
const rest = process.argv.slice(2).filter((argument) => argument !== '--long')

const browser = findBrowser()
if (rest.length === 0) await import('./check.mjs')
step(long ? '全部测试（长）' : '全部测试', 'vitest', ['run', ...rest], {
  CHROMIUM_PATH: browser,
  ...(long && { ZHANGYI_TEST_LONG: '1' }),
})
