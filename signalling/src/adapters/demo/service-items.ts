import { ServiceCode } from '@bangban/protocol';
import type { ServiceItem } from '../../desk/commands.ts';

const departments = {
  shebao: { 'zh-CN': '市社会保险事业管理中心', en: 'Social Insurance Centre' },
  yibao: { 'zh-CN': '市医疗保障局', en: 'Healthcare Security Bureau' },
  gjj: { 'zh-CN': '市住房公积金管理中心', en: 'Housing Fund Centre' },
  bdc: { 'zh-CN': '市不动产登记中心', en: 'Real-Estate Registration Centre' },
} as const;
type Zone = keyof typeof departments;

type Text = [zh: string, en: string];

function item(zone: Zone, matter: string, name: Text, guide: Text, priority = 0): ServiceItem {
  const text = ([zh, en]: Text) => ({ 'zh-CN': zh, en });
  return {
    code: ServiceCode.parse(`${zone}-${matter}`),
    name: text(name),
    department: departments[zone],
    guide: text(guide),
    skills: [zone],
    priority,
  };
}

/** Four zones of a city's service hall, three service items each. The zone is the skill that an agent needs. */
export const demoServiceItems: readonly ServiceItem[] = [
  item(
    'shebao',
    'canbao-zhengming',
    ['社会保险参保证明打印', 'Proof of social insurance'],
    [
      '请备好居民身份证。可打印近 24 个月的参保缴费明细。',
      'Have your identity card ready. Prints the payments of the last 24 months.',
    ],
  ),
  item(
    'shebao',
    'yanglao-zige',
    ['养老保险待遇资格认证', 'Pension eligibility check'],
    [
      '领取养老金人员每年认证一次，请本人到场并携带身份证。',
      'Once a year for people who draw a pension. Come yourself and bring your identity card.',
    ],
    1,
  ),
  item(
    'shebao',
    'linghuo-jiuye',
    ['灵活就业人员参保登记', 'Social insurance for the self-employed'],
    [
      '请备好身份证、银行卡。缴费档次可当场选择，次月可调整。',
      'Have your identity card and bank card ready. The contribution level can be changed from next month.',
    ],
  ),
  item(
    'yibao',
    'yidi-beian',
    ['异地就医备案', 'Registering for treatment in another city'],
    [
      '请备好身份证或医保电子凭证，选择就医城市与起止时间。',
      'Have your identity card or medical insurance code ready, and choose the city and the dates.',
    ],
    1,
  ),
  item(
    'yibao',
    'lingxing-baoxiao',
    ['医疗费用零星报销', 'Claiming medical expenses'],
    [
      '请备好发票、费用清单、出院小结和银行卡，原件逐页扫描。',
      'Have invoices, itemised bills, the discharge summary and your bank card ready, and scan each page.',
    ],
  ),
  item(
    'yibao',
    'jumin-canbao',
    ['城乡居民医疗保险参保登记', 'Medical insurance for residents'],
    [
      '请备好户口簿或居住证。新生儿请在出生后 90 日内办理。',
      'Have your household register or residence permit ready. Register newborns within 90 days.',
    ],
  ),
  item(
    'gjj',
    'zufang-tiqu',
    ['租房提取住房公积金', 'Withdrawing housing fund for rent'],
    [
      '请备好身份证和本人银行卡。本市无房职工每季度可提取一次。',
      'Have your identity card and your own bank card ready. Once a quarter for those who own no home here.',
    ],
  ),
  item(
    'gjj',
    'gerenmingxi',
    ['住房公积金个人明细打印', 'Housing fund statement'],
    [
      '请备好身份证。可打印缴存、提取及贷款明细。',
      'Have your identity card ready. Prints deposits, withdrawals and loans.',
    ],
  ),
  item(
    'gjj',
    'daikuan-yuyue',
    ['住房公积金贷款预约', 'Appointment for a housing fund loan'],
    [
      '请备好身份证、购房合同编号和婚姻状况信息，选择办理网点与时间。',
      'Have your identity card and the number of the purchase contract ready, and choose a branch and time.',
    ],
  ),
  item(
    'bdc',
    'fangchan-chaxun',
    ['不动产登记信息查询', 'Property ownership search'],
    [
      '仅限权利人本人查询，请备好身份证，结果可加盖电子签章打印。',
      'For owners only. Have your identity card ready; the result is printed with an electronic seal.',
    ],
  ),
  item(
    'bdc',
    'diya-zhuxiao',
    ['抵押权注销登记', 'Clearing a mortgage'],
    [
      '请备好不动产权证书和贷款结清证明，银行已线上申请的无需重复提交。',
      'Have the title certificate and the proof of repayment ready, unless the bank has filed it online.',
    ],
  ),
  item(
    'bdc',
    'zhuanyi-yuyue',
    ['二手房转移登记预约', 'Appointment to transfer a home'],
    [
      '买卖双方均需到场，请备好身份证、产权证书和网签合同编号。',
      'Buyer and seller both attend. Have identity cards, the title certificate and the contract number ready.',
    ],
  ),
];
