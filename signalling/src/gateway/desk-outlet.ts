import type { DeskOutlet } from '../desk/ports.ts';
import { type KioskNamespace, rooms, type StaffNamespace } from './sockets.ts';

/** Sends what the desk decided to the Socket.IO rooms of those whom it concerns. */
export function createDeskOutlet(kiosks: KioskNamespace, staff: StaffNamespace): DeskOutlet {
  return {
    kioskCallChanged: (kioskId, view) => void kiosks.to(rooms.kiosk(kioskId)).emit('call:changed', view),
    queueMoved: (kioskId, moved) => void kiosks.to(rooms.kiosk(kioskId)).emit('queue:moved', moved),
    agentChanged: (view) => void staff.to(rooms.staff(view.staffId)).emit('agent:changed', view),
    agentCallChanged: (staffId, view) => void staff.to(rooms.staff(staffId)).emit('call:changed', view),
    callReleased: (staffId, released) => void staff.to(rooms.staff(staffId)).emit('call:released', released),
    waitingChanged: (change) => void staff.to(rooms.everyStaff).emit('waiting:changed', change),
    floorChanged: (change) => void staff.to(rooms.supervisors).emit('floor:changed', change),
  };
}
