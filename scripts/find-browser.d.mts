/** Path of a Chromium; ends the process with what to run where there is none. */
export function findBrowser(): string
