import { bilingual } from '../ui/bilingual.ts';

/** Words of the supervisor's page. */
export const floorTexts = bilingual({
  'zh-CN': {
    title: '值班现场',
    agents: '坐席',
    agent: '姓名',
    number: '工号',
    state: '状态',
    since: '持续时间',
    nobody: '当前没有坐席登录',
    loading: '正在读取…',
    count: { available: '可接听', busy: '服务中', away: '离开', waiting: '等待居民', longest: '最长等待' },
  },
  en: {
    title: 'Floor',
    agents: 'Agents',
    agent: 'Name',
    number: 'Number',
    state: 'State',
    since: 'Since',
    nobody: 'No agent is signed in',
    loading: 'Loading…',
    count: { available: 'Available', busy: 'Serving', away: 'Away', waiting: 'Waiting', longest: 'Longest wait' },
  },
});
