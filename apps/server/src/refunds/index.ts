/** 商户转账预交金退款: cases, legs, expiry, reissue, offline applications, 台账. */
export {}
