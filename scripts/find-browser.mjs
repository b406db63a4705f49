import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

// Without windows first: the same pages in 60 % of the work.
const SHELL = 'chromium-headless-shell'
const NAMES = [
  ...[SHELL, 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable', 'microsoft-edge'],
]
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The browser of the tests, in this order: CHROMIUM_PATH, an installed one, Debian's (when root), Playwright's
 * download. Without any it ends with the command to run; browser tests are never skipped.
 */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) return existsSync(wanted) ? wanted : fail(`CHROMIUM_PATH 指向的文件不存在：${wanted}`)
  return installed() ?? fromApt() ?? fromPlaywright() ?? fail('没有找到浏览器，测试需要一个 Chromium。')
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...onPath, ...PLACES].find((path) => existsSync(path))
}

function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  process.stderr.write(`安装浏览器：apt-get install ${SHELL}（约 1 分钟）……\n`)
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status
  apt('update', '-qq')
  // Without a Chinese font every screenshot shows boxes. Older systems have no package without windows.
  const install = (browser) =>
    apt('install', '-y', '-qq', '--no-install-recommends', browser, 'fonts-noto-cjk') === 0
  return install(SHELL) || install('chromium') ? installed() : undefined
}

function fromPlaywright() {
  process.stderr.write('下载 Playwright 的 Chromium……\n')
  spawnSync('playwright-core', ['install', 'chromium'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  const path = createRequire(import.meta.url)('playwright-core').chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function fail(message) {
  process.stderr.write(
    `${message}\n请任选其一，然后再运行 npm test：\n  sudo apt-get install ${SHELL} fonts-noto-cjk\n  npx playwright-core install chromium\n  CHROMIUM_PATH=/你的/chromium npm test\n`,
  )
  process.exit(1)
}
