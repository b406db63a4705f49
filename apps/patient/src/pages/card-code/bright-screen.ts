import { isH5 } from '../../platform/target.ts'

/** What a phone lets a page do with its screen; absent on H5 and in old versions of WeChat. */
type Screen = {
  getScreenBrightness?: (options: { success: (result: { value: number }) => void; fail: () => void }) => void
  setScreenBrightness?: (options: { value: number; fail: () => void }) => void
  setKeepScreenOn?: (options: { keepScreenOn: boolean; fail: () => void }) => void
}

const FULL = 1
const ignore = () => undefined

/** Bright and awake while a code is held against a scanner; afterwards as bright as it was. */
export function createBrightScreen(screen: Screen) {
  let wanted = false
  let before: number | undefined

  function raise(): void {
    if (wanted) return
    wanted = true
    screen.setKeepScreenOn?.({ keepScreenOn: true, fail: ignore })
    screen.getScreenBrightness?.({
      success: ({ value }) => {
        // The person may have left before the phone answered.
        if (!wanted) return
        before = value
        screen.setScreenBrightness?.({ value: FULL, fail: ignore })
      },
      // Not known means it could not be put back: then it stays as it is.
      fail: ignore,
    })
  }

  function restore(): void {
    if (!wanted) return
    wanted = false
    screen.setKeepScreenOn?.({ keepScreenOn: false, fail: ignore })
    if (before !== undefined) screen.setScreenBrightness?.({ value: before, fail: ignore })
    before = undefined
  }

  return { raise, restore }
}

export type BrightScreen = ReturnType<typeof createBrightScreen>

export const brightScreen = (): BrightScreen => createBrightScreen(isH5 ? {} : uni)
