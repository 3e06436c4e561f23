import type { HelpStateAt } from '../../call/state.ts';
import { createPlayback } from '../../media/playback.ts';
import { h, setShown, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import {
  button,
  createLinkNotice,
  createNotices,
  createOwnPicture,
  deviceNotices,
  heading,
  type Notice,
  relabel,
} from '../parts.ts';
import type { Screen, ScreenContext } from '../screen.ts';
import type { Texts } from '../texts/texts.ts';

type Talking = HelpStateAt<'talking'>;

const { HAVE_CURRENT_DATA } = HTMLMediaElement;

/** The call: the agent large, oneself small, three buttons. */
export function createCallScreen({ texts, controller }: ScreenContext): Screen<'talking'> {
  const { call } = texts;
  let last: Talking | null = null;
  const again = () => last && update(last);

  const title = heading('');
  const agentVideo = h('video', { 'aria-label': call.agentPicture, autoplay: true, playsinline: true });
  // The sound has its own element: a picture that may not start must not hold it back.
  agentVideo.muted = true;
  agentVideo.addEventListener('loadeddata', again);
  const agentAudio = h('audio', { autoplay: true });
  const picture = createPlayback(agentVideo, () => undefined);
  const sound = createPlayback(agentAudio, again);
  const own = createOwnPicture(call.ownPicture, call.ownPictureOff);
  const preview = createPlayback(own.video, () => undefined);
  const curtainTitle = h('p', { class: 'curtain-title' });
  const curtainLead = h('p');
  const curtain = h('div', { class: 'curtain', role: 'status' }, icon('person'), curtainTitle, curtainLead);
  const soundOn = button(call.turnSoundOn, { kind: 'primary', icon: 'sound', onPress: () => sound.unblock() });
  soundOn.classList.add('sound-on');
  const notices = createNotices();
  const linkNotice = createLinkNotice(again);

  const mute = button(call.mute, {
    kind: 'plain',
    icon: 'microphone',
    onPress: () => last && controller.setMuted('microphone', !last.muted.microphone),
  });
  const cameraOff = button(call.cameraOff, {
    kind: 'plain',
    icon: 'camera',
    onPress: () => last && controller.setMuted('camera', !last.muted.camera),
  });
  const end = button(call.end, { kind: 'end', icon: 'end', onPress: controller.end });

  const update = (state: Talking): void => {
    last = state;
    const { view, devices, muted, remote } = state;
    setText(title, call.agent(view.agent.displayName, view.agent.number));

    const camera = remote.camera !== null && !remote.camera.muted ? remote.camera.track : null;
    picture.play(view.state === 'held' ? null : camera);
    sound.play(view.state === 'held' ? null : (remote.microphone?.track ?? null));
    // While the call connects, a track is there before its first picture.
    const hasPicture = camera !== null && (view.state !== 'connecting' || agentVideo.readyState >= HAVE_CURRENT_DATA);
    const words = curtainWords(texts, state, hasPicture);
    setShown(curtain, words !== null);
    setText(curtainTitle, words?.title ?? '');
    setShown(curtainTitle, words?.title !== '');
    setText(curtainLead, words?.lead ?? '');
    setShown(soundOn, sound.isBlocked());

    preview.play(devices.camera.state === 'working' ? devices.camera.track : null);
    own.setOff(muted.camera || devices.camera.state !== 'working');
    relabel(mute, muted.microphone ? call.unmute : call.mute, muted.microphone ? 'microphone-off' : 'microphone');
    mute.classList.toggle('is-off', muted.microphone);
    setShown(mute, devices.microphone.state === 'working');
    relabel(cameraOff, muted.camera ? call.cameraOn : call.cameraOff, muted.camera ? 'camera-off' : 'camera');
    cameraOff.classList.toggle('is-off', muted.camera);
    setShown(cameraOff, devices.camera.state === 'working');
    notices.show([...linkNotice.notice(texts, state.link), ...noticesOf(texts, state, hasPicture)]);
  };

  return {
    element: h(
      'section',
      { class: 'call', 'aria-label': texts.help },
      h('header', {}, icon('person'), title),
      h('div', { class: 'stage' }, agentVideo, agentAudio, curtain, own.element, soundOn),
      notices.element,
      h('div', { class: 'buttons' }, mute, cameraOff, end),
    ),
    heading: title,
    update,
    close() {
      last = null;
      linkNotice.close();
      picture.close();
      sound.close();
      preview.close();
    },
  };
}

/** What stands in place of the agent's picture; null while there is one. */
function curtainWords(texts: Texts, state: Talking, hasPicture: boolean): { title: string; lead: string } | null {
  const { call } = texts;
  if (state.view.state === 'held') return { title: call.held, lead: call.heldLead };
  if (hasPicture) return null;
  if (state.view.state === 'connecting') return { title: call.connecting, lead: '' };
  return { title: '', lead: troubleOf(texts, state) ?? call.noPicture };
}

/** Why the agent may be neither seen nor heard just now; null when nothing is wrong on the way to them. */
function troubleOf({ call }: Texts, { view, link, media }: Talking): string | null {
  if (view.state === 'connecting') return null;
  if (!view.agentPresent) return call.agentAway;
  return media === 'interrupted' && link.state === 'up' ? call.interrupted : null;
}

function noticesOf(texts: Texts, state: Talking, hasPicture: boolean): Notice[] {
  const { call } = texts;
  const { view, muted, devices, remote } = state;
  const notices: Notice[] = [];
  const trouble = troubleOf(texts, state);
  if (trouble !== null && (hasPicture || view.state === 'held')) notices.push({ icon: 'network', text: trouble });
  if (muted.microphone) notices.push({ icon: 'microphone-off', text: call.mutedNotice });
  if (remote.microphone?.muted && view.state === 'active') notices.push({ icon: 'sound', text: call.agentMuted });
  return [...notices, ...deviceNotices(texts, devices)];
}
