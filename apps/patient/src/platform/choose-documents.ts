import type { DocumentType } from '../api/offline-types.ts'
import { shrinkPhoto } from './shrink-photo.ts'
import { isH5 } from './target.ts'

export type ChosenDocument = {
  readonly name: string
  readonly contentType: DocumentType
  readonly base64: string
}
/** `unreadable`: how many could not be used: of another kind, too large, or gone. */
export type Chosen = { readonly documents: readonly ChosenDocument[]; readonly unreadable: number }

const MOST_BYTES = 5 * 1024 * 1024
// How the three kinds begin, in base64. A name's ending says nothing.
const BEGINNINGS: readonly (readonly [string, DocumentType])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw0KGgo', 'image/png'],
  ['JVBERi0', 'application/pdf'],
]

/** Lets the person pick photos (H5: also PDF files). Nothing of them stays on the phone. */
export async function chooseDocuments(most: number): Promise<Chosen> {
  const found = isH5 ? await chooseInBrowser() : await chooseInMiniProgram(most)
  const taken = found.slice(0, most)
  const documents: ChosenDocument[] = []
  for (const { name, read } of taken) {
    const document = documentOf(name, await read())
    if (document) documents.push(document)
  }
  return { documents, unreadable: found.length - documents.length }
}

/** Undefined: not a kind that the hospital takes, or too large. */
export function documentOf(name: string, base64: string | undefined): ChosenDocument | undefined {
  if (base64 === undefined || (base64.length / 4) * 3 > MOST_BYTES + 2) return undefined
  const contentType = BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1]
  return contentType && { name: name.slice(-120), contentType, base64 }
}

type Found = { readonly name: string; readonly read: () => Promise<string | undefined> }

function chooseInBrowser(): Promise<readonly Found[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = BEGINNINGS.map(([, type]) => type).join()
    input.multiple = true
    input.hidden = true
    const done = () => {
      input.remove()
      resolve([...(input.files ?? [])].map((file) => ({ name: file.name, read: () => readFile(file) })))
    }
    input.addEventListener('change', done, { once: true })
    input.addEventListener('cancel', done, { once: true })
    // In the page, because some phones answer only for an input that is there.
    document.body.append(input)
    input.click()
  })
}

async function readFile(file: File): Promise<string | undefined> {
  const blob = await shrinkPhoto(file)
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1])
    reader.onerror = () => resolve(undefined)
    reader.readAsDataURL(blob)
  })
}

function chooseInMiniProgram(count: number): Promise<readonly Found[]> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count: Math.min(count, 9),
      sizeType: ['compressed'],
      success: ({ tempFilePaths }) =>
        resolve(
          [tempFilePaths].flat().map((path) => ({
            name: path.split('/').at(-1) ?? '',
            read: () => readTemporary(path),
          })),
        ),
      // The person turned back.
      fail: () => resolve([]),
    })
  })
}

function readTemporary(filePath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.getFileSystemManager().readFile({
      filePath,
      encoding: 'base64',
      success: ({ data }) => resolve(typeof data === 'string' ? data : undefined),
      fail: () => resolve(undefined),
    })
  })
}
