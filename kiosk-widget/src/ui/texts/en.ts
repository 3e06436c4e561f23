import { type Texts, waitMinutes } from './texts.ts';

/** Plain English for people who read it as a second language too. */
export const en: Texts = {
  help: 'Video help',
  agree: 'Agree and call',
  cancel: 'Cancel',
  close: 'Close',
  tryAgain: 'Try again',
  reload: 'Open the page again',
  consent: {
    title: 'Let our staff help you',
    lead: 'Talk to a member of staff by video while you fill in the form.',
    points: [
      'When they answer, they can see and hear you.',
      'Before that, no picture and no sound is sent.',
      'Only the person who helps you sees you. Nothing is recorded.',
      'You can mute, switch off the camera or end the call at any time.',
    ],
    foot: 'By pressing "Agree and call" you agree to this.',
  },
  found: {
    title: 'There is a call on this machine that has not ended',
    lead: 'If it is yours, go back to it. If it is not, please end it.',
    back: 'Go back to the call',
    end: 'End that call',
  },
  opening: { title: 'Starting the camera and the microphone', lead: 'One moment, please.' },
  noDevices: {
    title: 'The camera and the microphone do not work',
    lead: 'You can still call. You will see and hear the member of staff, but they cannot see or hear you.',
    callAnyway: 'Call anyway',
  },
  problem: {
    camera: {
      missing: 'No camera was found. Staff cannot see you, but they can hear you.',
      refused: 'This machine does not allow the camera. Staff cannot see you, but they can hear you.',
      busy: 'The camera does not work now. Staff cannot see you, but they can hear you.',
      unplugged: 'The camera was disconnected. Staff cannot see you for now, but they can hear you.',
      'insecure-page': 'This page cannot use the camera. Staff cannot see you.',
    },
    microphone: {
      missing: 'No microphone was found. Staff cannot hear you, but they can see you.',
      refused: 'This machine does not allow the microphone. Staff cannot hear you, but they can see you.',
      busy: 'The microphone does not work now. Staff cannot hear you, but they can see you.',
      unplugged: 'The microphone was disconnected. Staff cannot hear you for now, but they can see you.',
      'insecure-page': 'This page cannot use the microphone. Staff cannot hear you.',
    },
  },
  resuming: { title: 'Going back to your call', lead: 'One moment. You do not need to press anything.' },
  requesting: { title: 'Calling', lead: 'One moment, please.' },
  queue: {
    name: 'Queue',
    title: 'You are in the queue',
    position: (position) => `You are number ${position}`,
    comma: '. ',
    ahead(count) {
      if (count === 0) return 'You are next';
      return count === 1 ? '1 person before you' : `${count} people before you`;
    },
    estimate(estimate) {
      if (estimate.state === 'unknown') {
        return 'Nobody is on duty right now, so we cannot say how long it takes. You can wait, or go to a counter.';
      }
      const minutes = waitMinutes(estimate.lowSeconds, estimate.highSeconds);
      if (minutes.kind === 'under-one') return 'Less than 1 minute';
      if (minutes.kind === 'over-an-hour') return 'Maybe more than 1 hour';
      if (minutes.low === minutes.high) return minutes.low === 1 ? 'About 1 minute' : `About ${minutes.low} minutes`;
      return `About ${minutes.low} to ${minutes.high} minutes`;
    },
    ringing: 'We are connecting you now',
    ringingLead: 'Please look at the screen. It takes only a moment.',
    returned: 'The connection of the member of staff was lost. Please wait: you are first in the queue.',
    next: 'When it is your turn, the call starts by itself. You can fill in the form meanwhile.',
    notSent: 'Nobody can see you now.',
    preview: 'Your own picture',
  },
  call: {
    agent: (displayName, number) => `${displayName}, no. ${number}`,
    connecting: 'Connecting',
    held: 'Please wait, the call is on hold',
    heldLead: 'The member of staff will be back soon. They cannot see or hear you now.',
    agentAway: 'The member of staff has lost the connection. It is coming back, please wait.',
    noPicture: 'The member of staff has no camera on. You can simply talk.',
    agentMuted: 'The member of staff is muted',
    agentPicture: 'Picture of the member of staff',
    ownPicture: 'Your own picture',
    ownPictureOff: 'Camera is off',
    mute: 'Mute',
    unmute: 'Unmute',
    cameraOff: 'Camera off',
    cameraOn: 'Camera on',
    end: 'End call',
    turnSoundOn: 'Press here to turn on the sound',
    interrupted: 'Picture and sound were interrupted. They are coming back.',
    mutedNotice: 'You are muted. Staff cannot hear you.',
  },
  link: {
    down: 'The network is down. We are reconnecting, please wait.',
    downLong: 'Still no connection. After one minute without it the call ends by itself, and you can call again.',
  },
  thanks: {
    title: 'Thank you, goodbye',
    lead: 'The call has ended. Your picture and sound have stopped, and nothing of your call is left on this machine.',
    done: 'Done',
    closing: (seconds) => (seconds === 1 ? 'Closes in 1 second' : `Closes in ${seconds} seconds`),
  },
  failure: {
    'not-set-up': {
      title: 'Video help is not ready here',
      advice: 'Please go to a counter, or ask the staff in the hall.',
    },
    'kiosk-refused': {
      title: 'This machine cannot call now',
      advice: 'Please use another machine, or ask the staff in the hall.',
    },
    'kiosk-in-use': {
      title: 'Video help is in use elsewhere',
      advice: 'Please try again in a while, or use another machine.',
    },
    replaced: { title: 'Video help was opened in another window', advice: 'Please go on in that window.' },
    outdated: { title: 'This page must be updated', advice: 'Press "Open the page again", then call.' },
    upgrading: { title: 'The system is being upgraded', advice: 'Please try again in a few minutes.' },
    draining: { title: 'Maintenance is under way', advice: 'Please try again in a few minutes, or go to a counter.' },
    'service-unknown': {
      title: 'There is no video help for this service',
      advice: 'Please go to a counter, or ask the staff in the hall.',
    },
    'media-unavailable': {
      title: 'Video does not work right now',
      advice: 'Please try again in a while, or go to a counter.',
    },
    unreachable: {
      title: 'The service centre cannot be reached',
      advice: 'Please try again. If it still does not work, go to a counter.',
    },
    'connection-lost': {
      title: 'The call was cut off',
      advice: 'We are sorry, the network was down. You can call again.',
    },
    'could-not-connect': {
      title: 'The call did not come through',
      advice: 'We are sorry, picture and sound did not start. Please try again, or use another machine.',
    },
    'too-many-requests': {
      title: 'Please wait a little',
      advice: 'There were too many calls. Please try again in a minute.',
    },
    internal: {
      title: 'Something went wrong',
      advice: 'Please try again. If it still does not work, go to a counter.',
    },
  },
};
