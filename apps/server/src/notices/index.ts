/** 退费消息推送: channels, templates, delivery state, campaigns. */
export { addCampaignTargets } from './campaigns/add-targets.ts'
export type {
  CampaignProgress,
  CampaignState,
  CampaignTarget,
  UnreachableTarget,
} from './campaigns/campaign.ts'
export { type CampaignsPage, findCampaign, listCampaigns } from './campaigns/campaign-progress.ts'
export { createCampaign, type NewCampaign } from './campaigns/create-campaign.ts'
export { type CampaignChange, pauseCampaign, runCampaign } from './campaigns/run-campaign.ts'
export { type CampaignWay, campaignWay, type SampleMessage } from './campaigns/sample-message.ts'
export { exportCampaign, unreachableOf } from './campaigns/unreachable.ts'
export { noticesHome } from './console/home-part.ts'
export { registerNoticesConsole } from './console/register-notices-console.ts'
export { findNotices } from './find-notices.ts'
export type { NewNotice, Notice, NoticeState } from './notice.ts'
export type { NoticeSubject, NoticesEvents, ToldNotice } from './notices-events.ts'
export { noticesWork } from './notices-work.ts'
export { queueNotice } from './queue-notice.ts'
export type { NoticesParts, NoticesRoom } from './room.ts'
export { registerNoticeRoutes } from './routes.ts'
export { subscribeTemplateIdsOf } from './subscribe-templates.ts'
