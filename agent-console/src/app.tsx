import type { AgentCallView, StaffView } from '@bangban/protocol';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionBanner, ConnectionStatus } from './connection/connection-status.tsx';
import { SignInPage } from './connection/sign-in-page.tsx';
import { StoppedPage } from './connection/stopped-page.tsx';
import { useConnection } from './connection/use-connection.ts';
import type { Console } from './console.ts';
import { AvailabilityControl } from './queue/availability-control.tsx';
import { Shell } from './ui/shell.tsx';
import { useReadable } from './ui/use-readable.ts';
import type { AgentPlace, Workplace } from './workplace.ts';

// One page per role: nobody loads the others'.
const AgentPage = lazy(async () => ({ default: (await import('./call/agent-page.tsx')).AgentPage }));
const FloorPage = lazy(async () => ({ default: (await import('./floor/floor-page.tsx')).FloorPage }));
const KioskPage = lazy(async () => ({ default: (await import('./admin/kiosk-page.tsx')).KioskPage }));

/** The console: signing in, the workplace of the role, or why there is none. */
export function App({ console }: { console: Console }) {
  const now = useReadable(console);
  const who = useReadable(console.session);
  if (now.state === 'stopped') {
    return <StoppedPage why={now.why} onResume={console.resume} onSignOut={() => void console.signOut()} />;
  }
  if (now.state === 'signed-out' || who.state !== 'signed-in') return <SignInPage session={console.session} />;
  return <WorkplacePage staff={who.staff} workplace={now.workplace} onSignOut={() => void console.signOut()} />;
}

function WorkplacePage(props: { staff: StaffView; workplace: Workplace; onSignOut(): void }) {
  const { t } = useTranslation();
  const { staff, workplace, onSignOut } = props;
  const { place } = workplace;
  const connection = useConnection(workplace.connection);
  const isConnected = connection.state === 'connected';
  const titles = { agent: t('ui.workplace'), supervisor: t('floor.title'), admin: t('admin.title') };
  const status = <ConnectionStatus connection={connection} />;
  return (
    <Shell
      page={titles[place.role]}
      staff={staff}
      onSignOut={onSignOut}
      status={status}
      banner={
        place.role === 'agent' ? (
          <AgentBanner workplace={workplace} place={place} />
        ) : (
          <ConnectionBanner connection={connection} inCall={false} />
        )
      }
      tools={
        place.role === 'agent' && (
          <>
            <AvailabilityControl availability={place.availability} clock={workplace.clock} connected={isConnected} />
            <WaitingCount workplace={workplace} place={place} />
          </>
        )
      }
    >
      <Suspense fallback={<p className="soft">{t('connection.opening')}</p>}>
        {place.role === 'agent' && <AgentPage workplace={workplace} place={place} connected={isConnected} />}
        {place.role === 'supervisor' && <FloorPage workplace={workplace} place={place} />}
        {place.role === 'admin' && <KioskPage place={place} />}
      </Suspense>
    </Shell>
  );
}

/** In a call the list makes room for the resident; how many wait stays in sight. */
function WaitingCount({ workplace, place }: { workplace: Workplace; place: AgentPlace }) {
  const { t } = useTranslation();
  const { calls } = useReadable(workplace.waiting);
  const { call } = useReadable(place.agentCall);
  if (!isTalk(call)) return null;
  return <span className="chip plain figures">{t('queue.waitingCount', { count: calls.length })}</span>;
}

function isTalk(call: AgentCallView | null): boolean {
  return call?.state === 'connecting' || call?.state === 'active' || call?.state === 'held';
}

function AgentBanner({ workplace, place }: { workplace: Workplace; place: AgentPlace }) {
  const connection = useConnection(workplace.connection);
  const { call } = useReadable(place.agentCall);
  return <ConnectionBanner connection={connection} inCall={isTalk(call)} />;
}
