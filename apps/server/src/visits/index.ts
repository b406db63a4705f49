/** 挂缴查 behind （三）: booking, same-day registration, payment and their records, through the HIS. */
export {}
