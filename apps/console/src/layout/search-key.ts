/** How the shortcut is written on this keyboard. */
export const searchKey = /Mac|iP(?:hone|ad)/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'

/** Ctrl or ⌘ with K anywhere; `/` where nobody is writing. */
export function isSearchKey(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return true
  const isWriting = (event.target as Element).closest('input, textarea, select, [contenteditable]') !== null
  return event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting
}
