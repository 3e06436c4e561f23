import type { AgentView } from '@bangban/protocol';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ServerClock } from '../connection/server-clock.ts';
import { ProblemAlert } from '../errors/problem-alert.tsx';
import { WaitingCalls } from '../queue/waiting-calls.tsx';
import { formatDuration } from '../ui/duration.ts';
import { Elapsed } from '../ui/elapsed.tsx';
import { useReadable } from '../ui/use-readable.ts';
import { useServerNow } from '../ui/use-server-now.ts';
import type { SupervisorPlace, Workplace } from '../workplace.ts';
import './floor.css';

/** What a supervisor watches: who does what since when, and who waits. */
export function FloorPage({ workplace, place }: { workplace: Workplace; place: SupervisorPlace }) {
  const { t } = useTranslation();
  const { feed, agents } = useReadable(place.floor);
  const { calls } = useReadable(workplace.waiting);
  const now = useServerNow(workplace.clock, 1_000);
  const countOf = (...states: AgentView['availability']['state'][]) =>
    agents.filter(({ availability }) => states.includes(availability.state)).length;
  const longestMs = Math.max(0, ...calls.map((call) => now - call.requestedAt));
  const figures = [
    { name: t('floor.count.available'), value: String(countOf('available')) },
    { name: t('floor.count.busy'), value: String(countOf('offered', 'busy', 'wrapping-up')) },
    { name: t('floor.count.away'), value: String(countOf('away')) },
    { name: t('floor.count.waiting'), value: String(calls.length) },
    { name: t('floor.count.longest'), value: calls.length === 0 ? '–' : formatDuration(longestMs) },
  ];
  return (
    <div className="floor">
      {feed.state === 'failed' && <ProblemAlert problem={feed.problem} />}
      <dl className="floor-figures">
        {figures.map(({ name, value }) => (
          <div key={name} className="card">
            <dt>{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="floor-columns">
        <AgentTable agents={agents} loading={feed.state === 'loading'} clock={workplace.clock} />
        <WaitingCalls waiting={workplace.waiting} clock={workplace.clock} />
      </div>
    </div>
  );
}

const toneOf = {
  available: 'good',
  offered: 'accent',
  busy: 'accent',
  'wrapping-up': 'accent',
  away: 'warn',
  offline: '',
} as const;

function AgentTable(props: { agents: readonly AgentView[]; loading: boolean; clock: ServerClock }) {
  const { t } = useTranslation();
  const columns: TableColumnsType<AgentView> = [
    { title: t('floor.agent'), dataIndex: 'displayName', key: 'name' },
    { title: t('floor.number'), dataIndex: 'number', key: 'number', className: 'figures' },
    {
      title: t('floor.state'),
      key: 'state',
      render: (_, { availability }) => (
        <span className={`chip ${toneOf[availability.state]}`}>
          {t(`queue.state.${availability.state}`)}
          {availability.state === 'away' && ` · ${t(`queue.awayReason.${availability.reason}`)}`}
        </span>
      ),
    },
    {
      title: t('floor.since'),
      key: 'since',
      align: 'right',
      className: 'figures',
      render: (_, { availability }) =>
        availability.state === 'offline' ? null : <Elapsed clock={props.clock} since={availability.since} />,
    },
  ];
  return (
    <section className="card floor-agents" aria-labelledby="agents-title">
      <header className="card-head">
        <h2 id="agents-title">{t('floor.agents')}</h2>
      </header>
      <Table<AgentView>
        rowKey="staffId"
        size="middle"
        columns={columns}
        dataSource={[...props.agents]}
        pagination={false}
        locale={{ emptyText: t(props.loading ? 'floor.loading' : 'floor.nobody') }}
      />
    </section>
  );
}
