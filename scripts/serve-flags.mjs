/**
 * What V8 is told for the gateway on its own. On a large machine it would let its heap grow to gigabytes before it looks
 * for garbage; with a ceiling it keeps to about 200 MB, and what the gateway really holds is some 60.
 */
export const SERVE_FLAGS = ['--max-old-space-size=512', '--max-semi-space-size=8']
