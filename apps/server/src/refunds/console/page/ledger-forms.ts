import { type Html, html } from '../../../platform/http/html.ts'
import { hidden } from './parts.ts'

/** The table in and out. */
export function ledgerForms(hospital: string): Html {
  const fields = hidden({ hospital, tab: 'ledger' })
  return html`<section class="card" id="table"><h2>导入、查询、导出</h2>
<form method="post" action="/console/refunds/ledger/export" class="row">${fields}<button>导出台账</button><span class="muted">姓名和号码遮盖；谁导出的写进审计</span></form>
<details><summary>导入余额文件</summary><form method="post" action="/console/refunds/ledger/import" enctype="multipart/form-data">${fields}
<label>CSV 文件（UTF-8 或 GBK）：院内ID,姓名,证件号码,手机号,就诊卡号,余额(元),余额产生日期<input type="file" name="file" accept=".csv,text/csv,text/plain" required></label>
<label>文件里的余额是什么时候的（不填就是现在）<input type="datetime-local" name="asOf"></label>
<label class="line"><input type="checkbox" name="whole" value="1" checked>是全部未清的档案：没有列出的记为其他方式结清</label>
<label class="line"><input type="checkbox" name="mayClearMost" value="1">可以大量结清：文件完整，一半以上的档案确实已经结清</label>
<label class="line"><input type="checkbox" name="again" value="1">再次导入：以前导入过、之后又导入过别的，现在以它为准</label>
<button class="ghost">导入</button><span class="muted">有一行不对就都不导入，并告诉您是哪一行。</span></form></details>
<details><summary>向 HIS 查询余额</summary><form method="post" action="/console/refunds/ledger/refresh">${fields}<button class="ghost">查询最久没有查过的 150 份</button><span class="muted">约半分钟，请等页面回来。</span></form></details>
<details><summary>导出完整的姓名和号码</summary><form method="post" action="/console/refunds/ledger/export">${fields}<label class="wide">用途，写进审计<input name="fullReason" required minlength="4" maxlength="200"></label><button class="ghost">导出完整台账</button></form></details></section>`
}
