/** 退费消息推送: channels, templates, delivery state. */
export {}
