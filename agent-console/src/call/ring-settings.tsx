import { SoundOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReadable } from '../ui/use-readable.ts';
import type { Ring } from './ring.ts';

/** How loud it rings, and whether it can be heard at all. */
export function RingSettings({ ring }: { ring: Ring }) {
  const { t } = useTranslation();
  const { sound, volume } = useReadable(ring);
  return (
    <section className="ring-settings card" aria-labelledby="ring-title">
      <h2 id="ring-title">
        <SoundOutlined aria-hidden="true" /> {t('call.ringTitle')}
      </h2>
      <Slider
        ariaLabelForHandle={t('call.ringVolume')}
        min={0}
        max={1}
        step={0.05}
        value={volume}
        tooltip={{ formatter: (value) => `${Math.round((value ?? 0) * 100)}%` }}
        onChange={ring.setVolume}
      />
      <Button size="small" onClick={ring.tryOut}>
        {t('call.ringTry')}
      </Button>
      {sound === 'blocked' && <p className="ring-note">{t('call.ringBlocked')}</p>}
      {sound === 'ready' && volume === 0 && <p className="ring-note">{t('call.ringSilent')}</p>}
    </section>
  );
}
