import { ElMessage } from './element/message.ts'

export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    ElMessage.success({ message: '已复制', duration: 1_500 })
  } catch {
    // Plain http within a hospital has no clipboard.
    ElMessage.warning('这个浏览器不让复制，请选中后按 Ctrl + C。')
  }
}
