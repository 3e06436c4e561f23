import type {
  AgentCallView,
  AgentView,
  Availability,
  CallId,
  KioskAdminView,
  KioskId,
  ServiceCode,
  ServiceItemView,
  StaffId,
  StaffView,
  WaitingCallView,
} from '@bangban/protocol';

/*
 * People, places and calls for tests. Ids are branded by schemas that the browser does not load, hence the casts here
 * and nowhere else.
 */
export const callId = (id: string) => id as CallId;
export const kioskId = (id: string) => id as KioskId;
export const staffId = (id: string) => id as StaffId;

export const services = {
  pension: {
    code: 'shebao-pension' as ServiceCode,
    name: { 'zh-CN': '城乡居民养老保险参保登记', en: 'Register for residents’ pension insurance' },
    department: { 'zh-CN': '市人力资源和社会保障局', en: 'Human Resources and Social Security Bureau' },
    guide: {
      'zh-CN': '核对身份证与户口所在地；选择缴费档次；次月起按月扣缴。已在外地参保的先办理转移。',
      en: 'Check identity card and registered residence; choose the level; paid monthly from next month. Insured elsewhere: transfer first.',
    },
  },
  fund: {
    code: 'gjj-withdraw' as ServiceCode,
    name: { 'zh-CN': '租房提取住房公积金', en: 'Withdraw housing fund for rent' },
    department: { 'zh-CN': '住房公积金管理中心', en: 'Housing Fund Centre' },
    guide: {
      'zh-CN': '核对无房证明与银行卡；每年可提取一次。',
      en: 'Check the no-property proof and the bank card; once a year.',
    },
  },
  medical: {
    code: 'yibao-remote' as ServiceCode,
    name: { 'zh-CN': '异地就医备案', en: 'File treatment in another city' },
    department: { 'zh-CN': '市医疗保障局', en: 'Medical Insurance Bureau' },
    guide: { 'zh-CN': '选择就医地与备案类型；当日生效。', en: 'Choose the place and the kind; valid the same day.' },
  },
} satisfies Record<string, ServiceItemView>;

const places = [
  { kioskId: kioskId('kiosk-001'), name: '一号终端', site: '市民服务中心一层大厅', region: '城东区' },
  { kioskId: kioskId('kiosk-002'), name: '二号终端', site: '建设路邮政支局', region: '城西区' },
  { kioskId: kioskId('kiosk-003'), name: '三号终端', site: '万达广场社保自助区', region: '高新区' },
] as const;

export function waitingCall(id: string, position: number, facts: Partial<WaitingCallView> = {}): WaitingCallView {
  const now = facts.now ?? Date.now();
  const service = Object.values(services)[(position - 1) % 3] ?? services.pension;
  return {
    callId: callId(id),
    version: 1,
    now,
    service,
    kiosk: places[(position - 1) % 3] ?? places[0],
    language: 'zh-CN',
    priority: 0,
    requestedAt: now - 40_000 * (6 - position),
    position,
    ringing: false,
    kioskPresent: true,
    ...facts,
  };
}

type FactsOf<State extends AgentCallView['state']> = Partial<Extract<AgentCallView, { state: State }>>;

const base = (id: string, version: number) => {
  const now = Date.now();
  return {
    callId: callId(id),
    version,
    now,
    service: services.pension,
    kiosk: places[0],
    language: 'zh-CN' as const,
    priority: 0,
    requestedAt: now - 195_000,
    residentDevices: { camera: true, microphone: true },
    kioskPresent: true,
  };
};

export function offeredCall(id = 'call-1', facts: FactsOf<'offered'> = {}): AgentCallView {
  const now = Date.now();
  return {
    ...base(id, 2),
    requestedAt: now - 95_000,
    state: 'offered',
    offeredAt: now - 2_000,
    expiresAt: now + 18_000,
    media: { epoch: 1 },
    ...facts,
  };
}

export function connectingCall(id = 'call-1', facts: FactsOf<'connecting'> = {}): AgentCallView {
  return {
    ...base(id, 3),
    requestedAt: Date.now() - 95_000,
    state: 'connecting',
    acceptedAt: Date.now(),
    media: { epoch: 1 },
    ...facts,
  };
}

export function activeCall(id = 'call-1', facts: FactsOf<'active'> = {}): AgentCallView {
  return { ...base(id, 4), state: 'active', since: Date.now() - 83_000, media: { epoch: 1 }, ...facts };
}

export function heldCall(id = 'call-1', facts: FactsOf<'held'> = {}): AgentCallView {
  return { ...base(id, 5), state: 'held', since: Date.now() - 5_000, media: { epoch: 1 }, ...facts };
}

export function wrappingUpCall(id = 'call-1', facts: FactsOf<'wrapping-up'> = {}): AgentCallView {
  const now = Date.now();
  return {
    ...base(id, 6),
    state: 'wrapping-up',
    reason: 'resident-ended',
    endedAt: now - 4_000,
    endsAt: now + 56_000,
    ...facts,
  };
}

export function agentView(availability: Availability, version = 1, facts: Partial<AgentView> = {}): AgentView {
  return {
    staffId: staffId('staff-1'),
    displayName: '李敏',
    number: '1001',
    version,
    now: Date.now(),
    availability,
    ...facts,
  };
}

export const availableAgent = (version = 1) => agentView({ state: 'available', since: Date.now() - 45_000 }, version);

export function staffView(role: StaffView['role']): StaffView {
  const names = { agent: '李敏', supervisor: '王建国', admin: '陈静' };
  return {
    staffId: staffId(`staff-${role}`),
    userName: role,
    displayName: names[role],
    number: '1001',
    role,
    skills: [],
    languages: ['zh-CN', 'en'],
  };
}

export const floorAgents = (): AgentView[] => {
  const now = Date.now();
  const of = (id: string, displayName: string, number: string, availability: Availability) =>
    agentView(availability, 1, { staffId: staffId(id), displayName, number });
  return [
    of('staff-1', '李敏', '1001', { state: 'available', since: now - 45_000 }),
    of('staff-2', '赵磊', '1002', { state: 'busy', callId: callId('call-9'), since: now - 312_000 }),
    of('staff-3', '周雪', '1003', { state: 'away', reason: 'meal', since: now - 1_260_000 }),
    of('staff-4', '孙浩', '1004', {
      state: 'wrapping-up',
      callId: callId('call-8'),
      since: now - 20_000,
      endsAt: now + 40_000,
    }),
    of('staff-5', '吴婷', '1005', { state: 'away', reason: 'no-answer', since: now - 66_000 }),
  ];
};

export const adminKiosks = (): KioskAdminView[] =>
  places.map((place, index) => ({
    ...place,
    state: (['enrolled', 'not-enrolled', 'revoked'] as const)[index] ?? 'enrolled',
    connected: index === 0,
  }));
