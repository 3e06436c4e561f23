import type { CallId, WaitingCallView } from '@bangban/protocol';
import type { CallEffect } from '../call/call.ts';
import { isWaiting } from '../call/call.ts';
import type { ListSequences } from './list-sequences.ts';
import type { DeskOutlet, MediaControl } from './ports.ts';
import type { DeskEffect, Turn } from './turn.ts';
import type { Views } from './views.ts';
import type { WaitingFigures } from './waiting-figures.ts';

/** Performs the effects of a turn that is durable, in order. Who is told several times in a turn is told the newest once. */
export function deliver(options: {
  turn: Turn;
  views: Views;
  outlet: DeskOutlet;
  media: MediaControl;
  sequences: ListSequences;
  figures: Pick<WaitingFigures, 'noteKiosk' | 'noteLine'>;
}): void {
  const { turn, views, outlet, media, sequences, figures } = options;
  const { state, now } = turn;
  const last = new Map<string, DeskEffect>();
  for (const effect of turn.effects) last.set(keyOf(effect), effect);

  for (const effect of turn.effects) {
    switch (effect.type) {
      case 'media':
        control(media, effect.callId, effect.effect);
        break;
      case 'released': {
        const { callId, version, reason } = effect;
        outlet.callReleased(effect.staffId, { callId, version, reason });
        break;
      }
      case 'tell-kiosk': {
        const view = isLast(effect) && views.kioskCall(effect.kioskId, now);
        if (!view) break;
        figures.noteKiosk(view);
        outlet.kioskCallChanged(effect.kioskId, view);
        break;
      }
      case 'tell-agent': {
        const agent = isLast(effect) && state.agents.get(effect.staffId);
        if (agent) outlet.agentChanged(views.agentView(agent, now));
        break;
      }
      case 'tell-agent-call': {
        const { call } = isLast(effect) ? views.agentDesk(effect.staffId, now) : { call: null };
        if (call?.callId === effect.callId) outlet.agentCallChanged(effect.staffId, call);
        break;
      }
    }
  }
  tellLists();

  function isLast(effect: DeskEffect): boolean {
    return last.get(keyOf(effect)) === effect;
  }

  function tellLists(): void {
    if (turn.waitingLines.size > 0) {
      const changed: WaitingCallView[] = [];
      const removed: CallId[] = [];
      for (const callId of turn.waitingLines) {
        const call = state.calls.get(callId);
        if (call && isWaiting(call)) changed.push(views.waitingLine(call, now));
        else removed.push(callId);
      }
      for (const line of changed) figures.noteLine(line);
      sequences.waiting += 1;
      outlet.waitingChanged({ sequence: sequences.waiting, changed, removed });
    }
    if (turn.agents.size > 0) {
      const changed = [...turn.agents].flatMap((staffId) => state.agents.get(staffId) ?? []);
      sequences.floor += 1;
      outlet.floorChanged({ sequence: sequences.floor, changed: changed.map((agent) => views.agentView(agent, now)) });
    }
  }
}

function keyOf(effect: DeskEffect): string {
  switch (effect.type) {
    case 'tell-kiosk':
      return `kiosk ${effect.kioskId}`;
    case 'tell-agent':
      return `agent ${effect.staffId}`;
    case 'tell-agent-call':
      return `agent call ${effect.staffId}`;
    default:
      return effect.type;
  }
}

function control(media: MediaControl, callId: CallId, effect: Exclude<CallEffect, { type: 'release' }>): void {
  switch (effect.type) {
    case 'open-room':
      return media.openRoom({ callId, epoch: effect.epoch, flow: effect.flow });
    case 'close-room':
      return media.closeRoom({ callId, sfuId: effect.sfuId });
    case 'set-flow':
      return media.setFlow({ callId, sfuId: effect.sfuId, epoch: effect.epoch, flow: effect.flow });
    case 'remove-peer':
      return media.removePeer({ callId, sfuId: effect.sfuId, staffId: effect.staffId });
  }
}
