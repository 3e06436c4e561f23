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

/** The call: the agent large, oneself small, three buttons. */
export function createCallScreen({ texts, controller }: ScreenContext): Screen<'talking'> {
  const { call } = texts;
  let last: Talking | null = null;
  const again = () => last && update(last);

  const title = heading('');
  const agentVideo = h('video', { 'aria-label': call.agentPicture, autoplay: true, playsinline: true });
  // The sound has its own element: a picture that may not start must not hold it back.
  agentVideo.muted = true;
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
    const words = curtainWords(texts, state, camera !== null);
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
    notices.show([...linkNotice.notice(texts, state.link), ...noticesOf(texts, state)]);
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
function curtainWords(texts: Texts, { view }: Talking, hasPicture: boolean): { title: string; lead: string } | null {
  const { call } = texts;
  if (view.state === 'held') return { title: call.held, lead: call.heldLead };
  if (hasPicture) return null;
  return view.state === 'connecting' ? { title: call.connecting, lead: '' } : { title: '', lead: call.noPicture };
}

function noticesOf(texts: Texts, { view, link, media, muted, devices, remote }: Talking): Notice[] {
  const { call } = texts;
  const notices: Notice[] = [];
  const agentIsAway = view.state !== 'connecting' && !view.agentPresent;
  if (agentIsAway) notices.push({ icon: 'network', text: call.agentAway });
  else if (media === 'interrupted' && link.state === 'up') notices.push({ icon: 'network', text: call.interrupted });
  if (muted.microphone) notices.push({ icon: 'microphone-off', text: call.mutedNotice });
  if (remote.microphone?.muted && view.state === 'active') notices.push({ icon: 'sound', text: call.agentMuted });
  return [...notices, ...deviceNotices(texts, devices)];
}
