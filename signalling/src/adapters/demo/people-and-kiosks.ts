import { KioskId, type KioskPlace, StaffId, type StaffView } from '@bangban/protocol';

/** Made-up people; agent1 can take every call, agent2 those of social security and medical insurance. */
export const demoStaff: readonly StaffView[] = [
  {
    staffId: StaffId.parse('staff-agent1'),
    userName: 'agent1',
    displayName: '陈雨桐',
    number: '6018',
    role: 'agent',
    skills: ['shebao', 'yibao', 'gjj', 'bdc'],
    languages: ['zh-CN', 'en'],
  },
  {
    staffId: StaffId.parse('staff-agent2'),
    userName: 'agent2',
    displayName: '周子昂',
    number: '6023',
    role: 'agent',
    skills: ['shebao', 'yibao'],
    languages: ['zh-CN', 'en'],
  },
  {
    staffId: StaffId.parse('staff-supervisor'),
    userName: 'supervisor',
    displayName: '林静怡',
    number: '6001',
    role: 'supervisor',
    skills: [],
    languages: ['zh-CN'],
  },
  {
    staffId: StaffId.parse('staff-admin'),
    userName: 'admin',
    displayName: '赵国栋',
    number: '6000',
    role: 'admin',
    skills: [],
    languages: ['zh-CN'],
  },
];

/** Three places of a made-up city where such kiosks stand. */
export const demoKiosks: readonly KioskPlace[] = [
  {
    kioskId: KioskId.parse('kiosk-001'),
    name: '一楼自助区 3 号机',
    site: '云澜市政务服务中心',
    region: '云湖区',
  },
  {
    kioskId: KioskId.parse('kiosk-002'),
    name: '1 号机',
    site: '云澜市高新区 24 小时自助服务厅',
    region: '高新区',
  },
  {
    kioskId: KioskId.parse('kiosk-003'),
    name: '便民服务大厅 2 号机',
    site: '云澜市青溪镇便民服务中心',
    region: '青溪镇',
  },
];
