import { bilingual } from '../ui/bilingual.ts';

/** Words of signing in and of the connection. */
export const connectionTexts = bilingual({
  'zh-CN': {
    signInTitle: '登录坐席台',
    signInLead: '为自助终端前的居民提供远程视频帮办',
    userName: '用户名',
    password: '密码',
    signIn: '登录',
    userNameNeeded: '请输入用户名',
    passwordNeeded: '请输入密码',
    restoring: '正在恢复登录…',
    restoringUnreachable: '暂时无法连接服务器，正在自动重试…',
    notice: {
      'signed-out': '您已在别处退出登录，请重新登录。',
      revoked: '此次登录已被服务器收回（账号停用、密码变更或安全原因），请重新登录；如有疑问请联系管理员。',
      'token-expired': '登录已过期，请重新登录。',
    },
    connecting: '正在连接服务器…',
    connected: '已连接',
    reconnecting: '与服务器的连接已中断',
    reconnectingCall:
      '与服务器的连接已中断，正在自动重连。正在进行的通话音视频不受影响；保持、结束等操作待恢复后可用。',
    reconnectingIdle: '与服务器的连接已中断，正在自动重连。恢复前不会有新来电，列表可能不是最新。',
    reconnectingSince: '已中断 {{duration}}',
    refusedRetrying: '服务器暂时拒绝连接，正在自动重试。',
    opening: '正在打开工作台…',
    stopped: {
      replaced: '此账号已在另一个窗口打开',
      replacedAct: '来电和通话已转到那个窗口。若要在这里继续，请点击下面的按钮，另一个窗口将停用。',
      useHere: '在此窗口使用',
      flooding: '此页面发送请求过多，服务器已断开连接',
      floodingAct: '请重新加载页面。若再次出现，请联系运维。',
      reload: '重新加载',
      tryAgain: '重新连接',
      signOut: '退出登录',
    },
  },
  en: {
    signInTitle: 'Sign in to the console',
    signInLead: 'Help residents at self-service kiosks by video',
    userName: 'User name',
    password: 'Password',
    signIn: 'Sign in',
    userNameNeeded: 'Enter your user name',
    passwordNeeded: 'Enter your password',
    restoring: 'Restoring your session…',
    restoringUnreachable: 'The server cannot be reached; trying again by itself…',
    notice: {
      'signed-out': 'You signed out elsewhere. Sign in again to go on here.',
      revoked:
        'The server withdrew this session (account disabled, password changed, or for safety). Sign in again, or ask an administrator.',
      'token-expired': 'Your session has expired. Sign in again.',
    },
    connecting: 'Connecting to the server…',
    connected: 'Connected',
    reconnecting: 'Connection lost',
    reconnectingCall:
      'The connection to the server is lost and is coming back by itself. Sound and picture of your call go on; hold and end work again when it is back.',
    reconnectingIdle:
      'The connection to the server is lost and is coming back by itself. No call reaches you until then, and the lists may be old.',
    reconnectingSince: 'Lost for {{duration}}',
    refusedRetrying: 'The server refuses the connection for now; trying again by itself.',
    opening: 'Opening your workplace…',
    stopped: {
      replaced: 'This account is open in another window',
      replacedAct: 'Calls go to that window now. To go on here, use the button below; the other window then stops.',
      useHere: 'Use here instead',
      flooding: 'This page sent too much and the server closed its connection',
      floodingAct: 'Reload the page. If it happens again, tell the operator.',
      reload: 'Reload',
      tryAgain: 'Connect again',
      signOut: 'Sign out',
    },
  },
});
