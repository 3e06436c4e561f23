import type { AwayReason } from '@bangban/protocol/plain';
import { bilingual } from '../ui/bilingual.ts';

const chineseReasons = {
  break: '小休',
  meal: '用餐',
  training: '培训',
  other: '其他',
  'signed-in': '刚刚登录',
  'no-answer': '来电未接',
  declined: '拒接了来电',
  'media-failed': '音视频未能接通',
  'connection-lost': '连接曾经中断',
} as const satisfies Record<AwayReason, string>;

const englishReasons = {
  break: 'Break',
  meal: 'Meal',
  training: 'Training',
  other: 'Other',
  'signed-in': 'Just signed in',
  'no-answer': 'Missed a call',
  declined: 'Declined a call',
  'media-failed': 'Sound and picture failed',
  'connection-lost': 'Connection was lost',
} as const satisfies Record<AwayReason, string>;

/** Words of the waiting list and of availability. */
export const queueTexts = bilingual({
  'zh-CN': {
    available: '接听状态',
    awayReason: chineseReasons,
    chooseReason: '选择离开原因',
    goAvailable: '我已就绪',
    state: {
      offline: '未上线',
      away: '离开',
      available: '可接听',
      offered: '来电振铃中',
      busy: '通话中',
      'wrapping-up': '整理中',
    },
    sinceFor: '已持续 {{duration}}',
    whyAway: {
      'signed-in': { what: '您已登录，尚未开始接听', back: '准备好后打开“接听状态”，系统会按顺序分配来电。' },
      'no-answer': {
        what: '上一个来电未在时限内接听，已回到原来的排队位置',
        back: '系统已将您设为离开。准备好后请重新打开“接听状态”。',
      },
      declined: {
        what: '您拒接了来电，该来电已回到原来的排队位置',
        back: '系统已将您设为离开。准备好后请重新打开“接听状态”。',
      },
      'media-failed': {
        what: '上一个来电的音视频未能接通',
        back: '请先检查右侧的摄像头和麦克风，再重新打开“接听状态”。',
      },
      'connection-lost': {
        what: '您的连接曾经中断，来电已转给其他坐席',
        back: '连接已恢复。准备好后请重新打开“接听状态”。',
      },
      chosen: { what: '您已暂停接听：{{reason}}', back: '回来后打开“接听状态”即可继续。' },
    },
    ready: '等待来电',
    readyAct: '有居民呼叫时这里会振铃，终端和事项信息会同时显示。',
    waitingTitle: '等待队列',
    waitingCount: '{{count}} 个等待中',
    waitingMore: '另有 {{count}} 个排在后面，未列出',
    waitingEmpty: '当前没有居民在等待',
    waitingLoading: '正在读取等待队列…',
    waitingOld: '列表可能不是最新，正在更新…',
    position: '第 {{position}} 位',
    waited: '已等待 {{duration}}',
    ringing: '振铃中',
    kioskAway: '终端暂时离线',
    priority: '优先',
    language: { 'zh-CN': '中文', en: '英语' },
    column: { position: '位次', service: '事项', kiosk: '终端', language: '语言', waited: '已等待' },
  },
  en: {
    available: 'Available',
    awayReason: englishReasons,
    chooseReason: 'Away for…',
    goAvailable: 'I am ready',
    state: {
      offline: 'Offline',
      away: 'Away',
      available: 'Available',
      offered: 'Ringing',
      busy: 'In a call',
      'wrapping-up': 'Wrapping up',
    },
    sinceFor: 'for {{duration}}',
    whyAway: {
      'signed-in': {
        what: 'You are signed in and take no calls yet',
        back: 'Switch on “Available” when you are ready; calls then come in turn.',
      },
      'no-answer': {
        what: 'The last call was not answered in time and went back to its old place',
        back: 'You were set away. Switch on “Available” when you are ready.',
      },
      declined: {
        what: 'You declined a call; it went back to its old place',
        back: 'You were set away. Switch on “Available” when you are ready.',
      },
      'media-failed': {
        what: 'Sound and picture of the last call could not be connected',
        back: 'Check camera and microphone on the right, then switch on “Available”.',
      },
      'connection-lost': {
        what: 'Your connection was lost and calls went to other agents',
        back: 'It is back. Switch on “Available” when you are ready.',
      },
      chosen: { what: 'You are away: {{reason}}', back: 'Switch on “Available” when you are back.' },
    },
    ready: 'Ready for the next call',
    readyAct: 'It rings here when a resident calls, with the kiosk and the service item beside it.',
    waitingTitle: 'Waiting calls',
    waitingCount: '{{count}} waiting',
    waitingMore: '{{count}} more behind these, not listed',
    waitingEmpty: 'No resident is waiting',
    waitingLoading: 'Reading the waiting calls…',
    waitingOld: 'The list may be old; updating…',
    position: 'Position {{position}}',
    waited: 'waited {{duration}}',
    ringing: 'Ringing',
    kioskAway: 'Kiosk offline',
    priority: 'Priority',
    language: { 'zh-CN': 'Chinese', en: 'English' },
    column: { position: 'Place', service: 'Service item', kiosk: 'Kiosk', language: 'Language', waited: 'Waited' },
  },
});
