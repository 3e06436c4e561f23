import {
  AudioMutedOutlined,
  AudioOutlined,
  CaretRightOutlined,
  PauseOutlined,
  PhoneFilled,
  VideoCameraOutlined,
} from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../ui/key-hint.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { useReadable } from '../ui/use-readable.ts';
import type { CallCommand } from './agent-call.ts';
import type { CallMediaLink } from './call-media-link.ts';

/** The agent's controls in a call. Ending stands apart from what is pressed often. */
export function CallBar(props: {
  state: 'connecting' | 'active' | 'held';
  pending: CallCommand | null;
  connected: boolean;
  mediaLink: CallMediaLink;
  hasCamera: boolean;
  onCommand(name: CallCommand): void;
}) {
  const { t } = useTranslation();
  const { state, pending, connected, mediaLink, hasCamera, onCommand } = props;
  const muted = useReadable(mediaLink);
  const toggle = (source: 'microphone' | 'camera') => mediaLink.setMuted(source, !muted[source]);
  const canHold = connected && pending === null && state !== 'connecting';
  const hold = () => onCommand(state === 'held' ? 'resume' : 'hold');
  const toggleMute = () => toggle('microphone');
  useHotkeys({ F8: toggleMute, ...(canHold ? { F9: hold } : {}) });
  return (
    <div className="call-bar" role="toolbar" aria-label={t('call.workspace')}>
      <Button
        size="large"
        className={muted.microphone ? 'is-on' : ''}
        aria-pressed={muted.microphone}
        aria-keyshortcuts="F8"
        icon={muted.microphone ? <AudioMutedOutlined aria-hidden /> : <AudioOutlined aria-hidden />}
        onClick={toggleMute}
      >
        {t('call.mute')}
        <KeyHint name="F8" />
      </Button>
      <Button
        size="large"
        className={muted.camera ? 'is-on' : ''}
        aria-pressed={muted.camera}
        disabled={!hasCamera}
        icon={<VideoCameraOutlined aria-hidden />}
        onClick={() => toggle('camera')}
      >
        {t('call.cameraOff')}
      </Button>
      <Button
        size="large"
        className={state === 'held' ? 'is-on' : ''}
        aria-keyshortcuts="F9"
        disabled={!canHold}
        loading={pending === 'hold' || pending === 'resume'}
        icon={state === 'held' ? <CaretRightOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
        onClick={hold}
      >
        {t(state === 'held' ? 'call.resume' : 'call.hold')}
        <KeyHint name="F9" />
      </Button>
      <Button
        size="large"
        type="primary"
        danger
        className="call-end"
        disabled={!connected || pending !== null}
        loading={pending === 'end'}
        icon={<PhoneFilled rotate={225} aria-hidden />}
        onClick={() => onCommand('end')}
      >
        {t('call.end')}
      </Button>
    </div>
  );
}
