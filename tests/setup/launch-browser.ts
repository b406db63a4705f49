import { type Browser, chromium } from 'playwright-core'

// As root Chromium needs --no-sandbox; the rest keeps it from calling its vendor.
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  )

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH
  if (!executablePath) throw new Error('CHROMIUM_PATH is not set; run the tests with npm test')
  return chromium.launch({ executablePath, args: FLAGS })
}
