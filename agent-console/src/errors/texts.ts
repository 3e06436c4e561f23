import type { ErrorCode } from '@bangban/protocol/plain';
import { bilingual } from '../ui/bilingual.ts';

/** What happened, and what the person can do about it. */
export type ErrorText = { what: string; act: string };

// `satisfies` makes a code without words, or words without a code, a type error.
const chinese = {
  'invalid-payload': { what: '服务器不接受这次操作的内容', act: '请刷新页面后重试；仍不行请联系管理员。' },
  'protocol-too-old': { what: '系统已升级，本页面版本过旧', act: '请重新加载页面。' },
  'protocol-too-new': { what: '服务器版本比本页面旧', act: '升级可能正在进行，请稍后重新加载页面。' },
  unauthenticated: { what: '登录已失效', act: '请重新登录。' },
  'sign-in-refused': { what: '用户名或密码不正确，或账号已停用', act: '请检查后重试；忘记密码请联系管理员。' },
  forbidden: { what: '您的账号没有此项权限', act: '如需使用，请联系管理员开通。' },
  'origin-refused': { what: '服务器不接受从此网址打开的页面', act: '请使用管理员提供的网址打开。' },
  'not-found': { what: '内容不存在，或已不归您处理', act: '请以列表中的最新内容为准。' },
  'call-state': { what: '通话状态已变化，此操作不再适用', act: '请以画面上的最新状态为准。' },
  'agent-state': { what: '您当前的状态不能进行此操作', act: '请先完成当前通话或整理，再试一次。' },
  'offer-gone': { what: '这次来电已结束振铃', act: '居民可能已取消，或来电已转给他人，无需处理。' },
  'kiosk-busy': { what: '该终端已有进行中的呼叫', act: '请等待该呼叫结束。' },
  'kiosk-in-use': { what: '该终端已在另一台设备上使用', act: '请关闭另一台设备上的页面后重试。' },
  'enrolment-refused': { what: '注册码错误、已使用或已过期', act: '请重新生成注册码。' },
  'service-unknown': { what: '该事项不存在或未开通视频帮办', act: '请联系管理员核对事项目录。' },
  'consent-outdated': { what: '居民同意的告知内容已更新', act: '请居民在终端上重新呼叫。' },
  'rate-limited': { what: '操作过于频繁', act: '请稍候片刻再试。' },
  draining: { what: '服务器正在维护，暂不接受新的呼叫', act: '当前通话不受影响；维护结束后会自动恢复。' },
  'media-unavailable': { what: '音视频服务暂时不可用', act: '正在等待恢复，请稍后重试；持续出现请联系运维。' },
  'media-stale': { what: '音视频房间已重建', act: '正在自动重新进入，请稍候。' },
  'media-rejected': { what: '音视频服务器拒绝了此浏览器的媒体参数', act: '请更新浏览器后重试，或联系运维。' },
  'store-unavailable': { what: '服务器暂时无法保存数据，操作未执行', act: '请稍后重试；持续出现请联系运维检查磁盘。' },
  unreachable: { what: '无法连接服务器，操作未送达', act: '请检查网络；连接恢复后重试。' },
  internal: { what: '系统出现内部错误', act: '请重试；仍不行请将事件编号告知运维。' },
} as const satisfies Record<ErrorCode, ErrorText>;

const english = {
  'invalid-payload': {
    what: 'The server does not accept what was sent',
    act: 'Reload the page and try again; if it stays, tell an administrator.',
  },
  'protocol-too-old': { what: 'The system was upgraded and this page is too old', act: 'Reload the page.' },
  'protocol-too-new': {
    what: 'The server is older than this page',
    act: 'An upgrade may be going on; reload the page in a moment.',
  },
  unauthenticated: { what: 'You are no longer signed in', act: 'Sign in again.' },
  'sign-in-refused': {
    what: 'The user name or password is wrong, or the account is disabled',
    act: 'Check both and try again; an administrator can reset a password.',
  },
  forbidden: { what: 'Your account may not do this', act: 'Ask an administrator if you need it.' },
  'origin-refused': {
    what: 'The server does not accept pages from this address',
    act: 'Open the console at the address your administrator gave you.',
  },
  'not-found': { what: 'It does not exist, or it is no longer yours', act: 'Go by what the lists show now.' },
  'call-state': {
    what: 'The call has changed, so this does not apply any more',
    act: 'Go by what the screen shows now.',
  },
  'agent-state': {
    what: 'This cannot be done in your present state',
    act: 'Finish the call or the wrap-up first, then try again.',
  },
  'offer-gone': {
    what: 'This call has stopped ringing',
    act: 'The resident cancelled or somebody else has it; there is nothing to do.',
  },
  'kiosk-busy': { what: 'The kiosk already has a call', act: 'Wait until that call is over.' },
  'kiosk-in-use': {
    what: 'The kiosk is in use on another device',
    act: 'Close the page on the other device and try again.',
  },
  'enrolment-refused': { what: 'The enrolment code is wrong, used or expired', act: 'Make a new enrolment code.' },
  'service-unknown': {
    what: 'The service item does not exist or has no video help',
    act: 'Ask an administrator to check the catalogue.',
  },
  'consent-outdated': {
    what: 'The text that the resident agreed to has changed',
    act: 'The resident has to call again at the kiosk.',
  },
  'rate-limited': { what: 'Too many attempts', act: 'Wait a moment and try again.' },
  draining: {
    what: 'The server is under maintenance and takes no new calls',
    act: 'Your call goes on; everything comes back by itself.',
  },
  'media-unavailable': {
    what: 'Sound and picture are not available at the moment',
    act: 'Try again in a moment; if it stays, tell the operator.',
  },
  'media-stale': { what: 'The media room was rebuilt', act: 'Joining again by itself, one moment.' },
  'media-rejected': {
    what: 'The media server refused what this browser offers',
    act: 'Update the browser, or tell the operator.',
  },
  'store-unavailable': {
    what: 'The server cannot save at the moment; nothing was changed',
    act: 'Try again in a moment; if it stays, the operator has to look at the disk.',
  },
  unreachable: {
    what: 'The server cannot be reached; nothing was sent',
    act: 'Check the network; try again when the connection is back.',
  },
  internal: {
    what: 'Something went wrong in the system',
    act: 'Try again; if it stays, give the incident number to the operator.',
  },
} as const satisfies Record<ErrorCode, ErrorText>;

/** Words for every error code, and around them. */
export const errorTexts = bilingual({
  'zh-CN': {
    code: chinese,
    incident: '事件编号',
    waitSeconds: '请在 {{seconds}} 秒后重试。',
    crashed: '页面出现错误',
    crashedAct: '通话仍由服务器保持。重新加载后会回到原来的位置；若反复出现，请把下面的编号告知运维。',
    reload: '重新加载',
    retry: '重试',
    dismiss: '知道了',
  },
  en: {
    code: english,
    incident: 'Incident',
    waitSeconds: 'Try again in {{seconds}} s.',
    crashed: 'This page has failed',
    crashedAct:
      'The server keeps your call. Reload and you are back where you were; if it happens again, give this number to the operator.',
    reload: 'Reload',
    retry: 'Try again',
    dismiss: 'Dismiss',
  },
});
