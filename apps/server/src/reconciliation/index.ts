/** 后台对账: bills, three-way match, difference desk, export to 院统一支付平台. */
export {}
