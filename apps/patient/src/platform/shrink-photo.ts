// Text on a document is still sharp, and a slow network takes it in seconds.
const LONGEST_PX = 2200
const SMALL_ENOUGH_BYTES = 1_500_000

/** H5: a phone's photo, smaller. What the browser cannot draw stays as it is. */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  if (!file.type.startsWith('image/') || file.size <= SMALL_ENOUGH_BYTES) return file
  try {
    const image = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const smaller = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    return smaller && smaller.size < file.size ? smaller : file
  } catch {
    return file
  }
}
