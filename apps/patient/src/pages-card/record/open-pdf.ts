import { sessionToken } from '../../platform/request.ts'
import { isH5 } from '../../platform/target.ts'

/** `cannot-open`: the file came, and this phone has nothing to show it with. */
export type PdfOutcome = 'opened' | 'failed' | 'cannot-open'

// The same place as for every other request; see platform/request.ts.
const origin = import.meta.env.VITE_ZHANGYI_ORIGIN ?? 'https://zhangyi.invalid'
// Making a long report takes the gateway a while, and so does a slow network.
const TIMEOUT_MS = 30_000

/**
 * Opens the PDF at a path of the gateway. H5: the browser goes there with its cookie and stays on the page, as the
 * answer is an attachment. Mini program: downloaded with the session's token, then shown by WeChat, which also
 * offers to forward it.
 */
export async function openPdf(path: string): Promise<PdfOutcome> {
  if (isH5) {
    window.location.assign(path)
    return 'opened'
  }
  const file = await download(origin + path)
  if (file === undefined) return 'failed'
  return (await show(file)) ? 'opened' : 'cannot-open'
}

function download(url: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.downloadFile({
      url,
      header: { authorization: `Bearer ${sessionToken() ?? ''}` },
      timeout: TIMEOUT_MS,
      // WeChat calls every answer a success; what a refusal says was put into a file.
      success: ({ statusCode, tempFilePath }) => resolve(statusCode === 200 ? tempFilePath : undefined),
      fail: () => resolve(undefined),
    })
  })
}

function show(filePath: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.openDocument({
      filePath,
      fileType: 'pdf',
      showMenu: true,
      success: () => resolve(true),
      fail: () => resolve(false),
    })
  })
}
