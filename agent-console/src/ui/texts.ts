import { bilingual } from './bilingual.ts';

/** Words of the frame around every page. */
export const uiTexts = bilingual({
  'zh-CN': {
    product: '视频帮办',
    console: '坐席台',
    language: '语言',
    account: '账号',
    signOut: '退出登录',
    role: { agent: '坐席', supervisor: '班长', admin: '管理员' },
    number: '工号 {{number}}',
    workplace: '工作台',
    pageTitle: '{{page}} · 视频帮办',
  },
  en: {
    product: 'Bangban',
    console: 'Agent console',
    language: 'Language',
    account: 'Account',
    signOut: 'Sign out',
    role: { agent: 'Agent', supervisor: 'Supervisor', admin: 'Admin' },
    number: 'No. {{number}}',
    workplace: 'Workplace',
    pageTitle: '{{page}} · Bangban',
  },
});
