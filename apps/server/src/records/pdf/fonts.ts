import { readFile } from 'node:fs/promises'

export interface Fonts {
  readonly regular: Buffer
  readonly medium: Buffer
}

let loaded: Promise<Fonts> | undefined

/** The two weights that every sheet uses, read once: 16 MB that stay in memory from the first PDF on. */
export function fonts(): Promise<Fonts> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Fonts> {
  const [regular, medium] = await Promise.all(['Regular', 'Medium'].map(read))
  if (!regular || !medium) throw new Error('a font is missing')
  return { regular, medium }
}

function read(weight: string): Promise<Buffer> {
  // The package exports its script only; the fonts lie beside it.
  return readFile(new URL(`../fonts/NotoSansHans-${weight}.otf`, import.meta.resolve('@embedpdf/fonts-sc')))
}
