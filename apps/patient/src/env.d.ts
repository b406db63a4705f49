interface ImportMetaEnv {
  /** Where the gateway answers, e.g. https://zhangyi.example.cn; only the mini program needs it. */
  readonly VITE_ZHANGYI_ORIGIN?: string
  /** Hosts a web-view may show, comma separated, e.g. "h5.example.cn,127.0.0.1:7002". */
  readonly VITE_ZHANGYI_WEB_HOSTS?: string
}
