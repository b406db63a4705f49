/** What a web server in front of a HIS shows at night: HTTP 200, and no message of the protocol at all. */
export function maintenancePage(charset: string): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=${charset}"><title>系统维护</title></head>
<body><h2>系统维护中</h2><p>信息科正在对 HIS 数据库做夜间维护，预计 02:00 恢复。如有急事请拨打 8000。</p></body></html>`
}
