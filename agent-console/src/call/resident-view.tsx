import {
  AudioMutedOutlined,
  DisconnectOutlined,
  LoadingOutlined,
  PauseCircleOutlined,
  UserOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { CallMedia } from '@bangban/sfu/client';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResidentPicture, residentPicture, residentSound, type TalkView } from './resident-picture.ts';
import { useCallMedia } from './use-call-media.ts';
import { useFrames } from './use-frames.ts';
import { useSound } from './use-sound.ts';

/** The resident, large; or why they cannot be seen. */
export function ResidentView({ call, media }: { call: TalkView; media: CallMedia }) {
  const { t } = useTranslation();
  const { state, remote } = useCallMedia(media);
  const video = useRef<HTMLVideoElement | null>(null);
  const frames = useFrames(video, remote.camera?.track ?? null);
  const sound = useSound(remote.microphone?.track ?? null);
  const picture = residentPicture({ call, media: state, remote, frames });
  const heard = residentSound({ call, remote });
  return (
    <div className="stage">
      <video
        ref={video}
        className={`stage-video ${picture.show === 'video-with-reason' ? 'dimmed' : ''}`}
        aria-label={t('call.residentVideo')}
        autoPlay
        muted
        playsInline
      />
      {picture.show !== 'video' && <PictureReason picture={picture} onRetry={() => media.retry()} />}
      <div className="stage-chips">
        {!call.kioskPresent && picture.show === 'video' && (
          <span className="stage-chip">
            <DisconnectOutlined aria-hidden="true" /> {t('call.kioskAbsentChip')}
          </span>
        )}
        {heard !== 'heard' && call.state !== 'held' && picture.show !== 'failed' && (
          <span className="stage-chip">
            <AudioMutedOutlined aria-hidden="true" /> {t(`call.sound.${heard}`)}
          </span>
        )}
      </div>
      {sound.blocked && (
        <div className="stage-sound" role="alert">
          {t('call.soundBlocked')}
          <Button type="primary" onClick={sound.play}>
            {t('call.playSound')}
          </Button>
        </div>
      )}
    </div>
  );
}

const icons = {
  connecting: LoadingOutlined,
  recovering: LoadingOutlined,
  stalled: LoadingOutlined,
  'no-camera': UserOutlined,
  'camera-off': UserOutlined,
  'kiosk-absent': DisconnectOutlined,
  held: PauseCircleOutlined,
  failed: WarningOutlined,
} as const;

function PictureReason(props: { picture: Exclude<ResidentPicture, { show: 'video' }>; onRetry(): void }) {
  const { t } = useTranslation();
  const { picture, onRetry } = props;
  const reason = picture.show === 'failed' ? 'failed' : picture.reason;
  const Icon = icons[reason];
  return (
    <div className={`stage-reason ${picture.show === 'video-with-reason' ? 'over-video' : 'instead'}`} role="status">
      <Icon className="stage-icon" aria-hidden="true" />
      <p className="stage-what">{t(`call.picture.${reason}.what`)}</p>
      <p className="stage-act">
        {picture.show === 'failed' ? t(`error.code.${picture.code}.what`) : t(`call.picture.${reason}.act`)}
      </p>
      {picture.show === 'failed' && (
        <Button type="primary" onClick={onRetry}>
          {t('call.retryMedia')}
        </Button>
      )}
    </div>
  );
}
