const ABOVE = 'dialog:modal, dialog[aria-modal], .el-overlay, .el-popper'

/** Whether something lies over the page that takes the keys itself: a dialog, a menu, a list of choices. */
export function isCovered(except?: Element | null): boolean {
  // Element Plus keeps what it closes, and only hides it.
  return [...document.querySelectorAll(ABOVE)].some(
    (element) => element !== except && element.getClientRects().length > 0,
  )
}
