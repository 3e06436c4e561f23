import { VideoCameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReadable } from '../ui/use-readable.ts';
import type { OwnMute } from './call-media-link.ts';
import { DeviceChoice } from './device-choice.tsx';
import { LevelMeter } from './level-meter.tsx';
import type { DeviceState, LocalDevices } from './local-devices.ts';

/** What residents see and hear of the agent, the devices behind it, and what to do when one does not work. */
export function OwnPreview(props: { devices: LocalDevices; muted: OwnMute | null; onDuty: boolean }) {
  const { t } = useTranslation();
  const { devices, muted, onDuty } = props;
  const { camera, microphone, options } = useReadable(devices);
  const isClosed = camera.state === 'closed' && microphone.state === 'closed';
  return (
    <section className="own card" aria-labelledby="own-title">
      <header className="card-head">
        <h2 id="own-title">{t('call.ownTitle')}</h2>
        {!isClosed && !onDuty && (
          <Button className="card-side" size="small" onClick={devices.release}>
            {t('call.stopCheck')}
          </Button>
        )}
      </header>
      <div className="own-stage">
        <CameraPicture camera={camera} isOff={muted?.camera ?? false} onOpen={devices.open} />
      </div>
      {!isClosed && (
        <div className="own-devices">
          <DeviceChoice kind="camera" state={camera} options={options.camera} onChoose={devices.choose} />
          <DeviceChoice kind="microphone" state={microphone} options={options.microphone} onChoose={devices.choose} />
          {microphone.state === 'open' && <LevelMeter track={microphone.track} muted={muted?.microphone ?? false} />}
          {muted?.microphone && <p className="own-muted">{t('call.ownMuted')}</p>}
          {microphone.state === 'unusable' && (
            <div className="own-fault" role="alert">
              <strong>{t(`call.microphoneFault.${microphone.fault}.what`)}</strong>
              <span>{t(`call.microphoneFault.${microphone.fault}.act`)}</span>
              <Button size="small" onClick={devices.open}>
                {t('call.tryAgain')}
              </Button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

function CameraPicture(props: { camera: DeviceState; isOff: boolean; onOpen(): void }) {
  const { t } = useTranslation();
  const { camera, isOff, onOpen } = props;
  const video = useRef<HTMLVideoElement | null>(null);
  const track = camera.state === 'open' && !isOff ? camera.track : null;
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = track === null ? null : new MediaStream([track]);
  }, [track]);
  return (
    <>
      <video
        ref={video}
        className={track === null ? 'covered' : ''}
        aria-label={t('call.ownTitle')}
        autoPlay
        muted
        playsInline
      />
      {camera.state === 'open' && isOff && <p className="own-reason">{t('call.ownCameraOff')}</p>}
      {camera.state === 'opening' && <p className="own-reason">{t('call.ownOpening')}</p>}
      {camera.state === 'closed' && (
        <div className="own-reason">
          <VideoCameraOutlined className="own-icon" aria-hidden="true" />
          <strong>{t('call.ownClosed')}</strong>
          <span>{t('call.ownClosedAct')}</span>
          <Button size="small" ghost onClick={onOpen}>
            {t('call.checkDevices')}
          </Button>
        </div>
      )}
      {camera.state === 'unusable' && (
        <div className="own-reason" role="alert">
          <strong>{t(`call.cameraFault.${camera.fault}.what`)}</strong>
          <span>{t(`call.cameraFault.${camera.fault}.act`)}</span>
          <Button size="small" ghost onClick={onOpen}>
            {t('call.tryAgain')}
          </Button>
        </div>
      )}
    </>
  );
}
