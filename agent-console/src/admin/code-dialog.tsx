import { Button, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../ui/duration.ts';
import type { ShownCode } from './kiosk-admin.ts';

/** An enrolment code, shown this once and with the time it has left. */
export function CodeDialog({ shown, onClose }: { shown: ShownCode; onClose(): void }) {
  const { t } = useTranslation();
  const [nowMs, setNowMs] = useState(() => performance.now());
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const leftMs = shown.expiresAtMs - nowMs;
  const copy = () =>
    navigator.clipboard.writeText(shown.code).then(
      () => setCopied(true),
      // Not allowed to write the clipboard: the code is on the screen and can be selected.
      () => setCopied(false),
    );
  return (
    <Modal
      open
      title={t('admin.codeTitle', { kiosk: shown.kiosk.name })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('admin.done')}
        </Button>
      }
    >
      <p className="soft">{t('admin.codeLead')}</p>
      <div className={`code-shown ${leftMs <= 0 ? 'over' : ''}`}>
        <code>{shown.code}</code>
        <Button onClick={() => void copy()} disabled={leftMs <= 0}>
          {t(isCopied ? 'admin.copied' : 'admin.copy')}
        </Button>
      </div>
      <p className="figures soft" role="timer">
        {leftMs > 0 ? t('admin.codeLeft', { duration: formatDuration(leftMs) }) : t('admin.codeOver')}
      </p>
    </Modal>
  );
}
