import { Alert } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../errors/problem-alert.tsx';
import { isOnDuty } from '../queue/availability.ts';
import { DutyCard } from '../queue/duty-card.tsx';
import { WaitingCalls } from '../queue/waiting-calls.tsx';
import { useReadable } from '../ui/use-readable.ts';
import type { AgentPlace, Workplace } from '../workplace.ts';
import { CallFacts } from './call-facts.tsx';
import { CallWorkspace } from './call-workspace.tsx';
import './call.css';
import { OfferPanel } from './offer-panel.tsx';
import { OwnPreview } from './own-preview.tsx';
import { RingSettings } from './ring-settings.tsx';
import { WrapUpPanel } from './wrap-up-panel.tsx';

/** An agent's whole day: waiting, ringing, talking, wrapping up. */
export function AgentPage(props: { workplace: Workplace; place: AgentPlace; connected: boolean }) {
  const { workplace, place, connected } = props;
  const { agentCall, availability, devices, mediaLink, ring } = place;
  const { call, answeredAt, pending } = useReadable(agentCall);
  const { agent } = useReadable(availability);
  const muted = useReadable(mediaLink);
  useEffect(() => {
    // The browser lets a page ring only after the agent has touched it once.
    window.addEventListener('pointerdown', ring.unlock);
    window.addEventListener('keydown', ring.unlock);
    return () => {
      window.removeEventListener('pointerdown', ring.unlock);
      window.removeEventListener('keydown', ring.unlock);
    };
  }, [ring]);
  const isTalk =
    (call?.state === 'offered' && pending === 'accept') ||
    call?.state === 'connecting' ||
    call?.state === 'active' ||
    call?.state === 'held';
  return (
    <div className="agent-page">
      <div className="agent-main">
        <Problems place={place} />
        {isTalk ? (
          <CallWorkspace call={call} place={place} clock={workplace.clock} connected={connected} />
        ) : (
          <>
            <BetweenCalls workplace={workplace} place={place} connected={connected} />
            <WaitingCalls waiting={workplace.waiting} clock={workplace.clock} />
          </>
        )}
      </div>
      <aside className="agent-side">
        <OwnPreview devices={devices} muted={isTalk ? muted : null} onDuty={isOnDuty(agent)} />
        {call === null ? <RingSettings ring={ring} /> : <CallFacts call={call} answeredAt={answeredAt} />}
      </aside>
    </div>
  );
}

/** What stands above the waiting list: the agent's own state, the ringing, or the wrap-up. */
function BetweenCalls(props: { workplace: Workplace; place: AgentPlace; connected: boolean }) {
  const { workplace, place, connected } = props;
  const { agentCall, availability, mediaLink } = place;
  const { call, pending, answeredAt } = useReadable(agentCall);
  const { agent, asked } = useReadable(availability);
  if (call?.state === 'offered') {
    return (
      <OfferPanel
        key={call.callId}
        call={call}
        pending={pending}
        clock={workplace.clock}
        connected={connected}
        onAnswer={() => void mediaLink.answer()}
        onDecline={() => void agentCall.command('decline')}
      />
    );
  }
  if (call?.state === 'wrapping-up') {
    return (
      <WrapUpPanel
        call={call}
        answeredAt={answeredAt}
        pending={pending}
        clock={workplace.clock}
        connected={connected}
        onFinish={() => void agentCall.command('finish-wrap-up')}
      />
    );
  }
  if (agent === null) return null;
  const canSwitch = connected && asked === null;
  return (
    <DutyCard agent={agent} onAvailable={canSwitch ? () => void availability.choose({ state: 'available' }) : null} />
  );
}

/** What was refused, and calls that were taken back. */
function Problems({ place }: { place: AgentPlace }) {
  const { t } = useTranslation();
  const { agentCall, availability } = place;
  const { problem, released } = useReadable(agentCall);
  const { problem: availabilityProblem } = useReadable(availability);
  return (
    <>
      {availabilityProblem !== null && (
        <ProblemAlert problem={availabilityProblem} onDismiss={availability.dismissProblem} />
      )}
      {problem !== null && <ProblemAlert problem={problem} onDismiss={agentCall.dismiss} />}
      {problem === null && released !== null && (
        <Alert
          type="info"
          showIcon
          role="status"
          title={t('call.releasedFrom', { kiosk: released.kioskName })}
          description={t(`call.released.${released.reason}`)}
          closable={{ 'aria-label': t('error.dismiss'), onClose: agentCall.dismiss }}
        />
      )}
    </>
  );
}
