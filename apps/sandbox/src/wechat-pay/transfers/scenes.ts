/** Transfer scenes (转账场景) and the report texts (报备信息) that each wants: complete and exact. */
export const DEFAULT_SCENES: Record<string, string[]> = {
  '1000': ['活动名称', '奖励说明'],
  '1004': ['保险产品备案编号', '保险名称', '保险操作单号'],
  '1005': ['岗位类型', '报酬说明'],
  '1009': ['采购商品名称'],
  '1010': ['回收商品名称'],
  '1011': ['赔付原因'],
}

/** The scene that the sandbox recommends to a hospital: 企业赔付, perceived as 退款. */
export const HOSPITAL_SCENE = '1011'

/** What the payee may read (用户收款感知); only this scene's list is publicly known. */
export const PERCEPTIONS: Readonly<Record<string, readonly string[]>> = { '1011': ['退款', '商家赔付'] }
