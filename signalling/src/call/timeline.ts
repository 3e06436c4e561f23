import type { Call, CallEvent } from './call.ts';

/** Small facts about an event for the timeline of its call: ids, numbers and codes, nothing about the resident. */
export type TimelineFacts = Record<string, string | number | boolean>;

/** How a call begins. */
export function requestFacts(call: Call): TimelineFacts {
  return {
    kioskId: call.kiosk.kioskId,
    region: call.kiosk.region,
    service: call.service.code,
    language: call.language,
    priority: call.service.priority,
    consentVersion: call.consent.version,
    camera: call.devices.camera,
    microphone: call.devices.microphone,
  };
}

/** What an event adds to what its type says. `call` is the call after it. */
export function eventFacts(event: CallEvent, call: Call): TimelineFacts {
  switch (event.type) {
    case 'offer':
      return { staffId: event.agent.staffId, expiresAt: event.expiresAt };
    case 'end':
      return { reason: event.reason, state: call.state };
    case 'media-timed-out':
      return { failedConnections: call.failedConnections, state: call.state };
    case 'room-opened':
      return { sfuId: event.sfuId, epoch: event.epoch };
    case 'room-lost':
      return { epoch: event.epoch };
    case 'media-flowing':
      return { side: event.side, epoch: event.epoch, state: call.state };
    case 'accept':
    case 'decline':
    case 'offer-expired':
    case 'offer-lost':
    case 'hold':
    case 'resume':
    case 'finish-wrap-up':
    case 'kiosk-left':
    case 'kiosk-returned':
    case 'agent-left':
    case 'agent-returned':
    case 'agent-lost':
    case 'open-room':
    case 'desk-restarted':
      return {};
  }
}
