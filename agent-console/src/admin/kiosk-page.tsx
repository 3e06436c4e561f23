import { ReloadOutlined } from '@ant-design/icons';
import type { KioskAdminView } from '@bangban/protocol';
import { Button, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../errors/problem-alert.tsx';
import { useReadable } from '../ui/use-readable.ts';
import type { AdminPlace } from '../workplace.ts';
import './admin.css';
import { CodeDialog } from './code-dialog.tsx';

const toneOf = { 'not-enrolled': 'warn', enrolled: 'good', revoked: 'bad' } as const;

/** The kiosks: which are there, which are connected, enrol one, revoke one. */
export function KioskPage({ place }: { place: AdminPlace }) {
  const { t } = useTranslation();
  const { kiosks: admin } = place;
  const { list, kiosks, busy, code, problem } = useReadable(admin);
  const [revoking, setRevoking] = useState<KioskAdminView | null>(null);
  const columns: TableColumnsType<KioskAdminView> = [
    { title: t('admin.kiosk'), dataIndex: 'name', key: 'name', render: (name: string) => <strong>{name}</strong> },
    { title: t('admin.id'), dataIndex: 'kioskId', key: 'id', render: (id: string) => <code>{id}</code> },
    { title: t('admin.site'), dataIndex: 'site', key: 'site' },
    { title: t('admin.region'), dataIndex: 'region', key: 'region' },
    {
      title: t('admin.enrolment'),
      key: 'state',
      render: (_, { state }) => <span className={`chip ${toneOf[state]}`}>{t(`admin.state.${state}`)}</span>,
    },
    {
      title: t('admin.connection'),
      key: 'connected',
      render: (_, { connected }) => (
        <span className={`chip ${connected ? 'good' : ''}`}>{t(connected ? 'admin.online' : 'admin.offline')}</span>
      ),
    },
    {
      title: t('admin.actions'),
      key: 'actions',
      render: (_, kiosk) => (
        <div className="admin-actions">
          <Button
            size="small"
            aria-label={t('admin.newCodeFor', { kiosk: kiosk.name })}
            loading={busy === kiosk.kioskId && revoking === null}
            disabled={busy !== null}
            onClick={() => void admin.createCode(kiosk)}
          >
            {t('admin.newCode')}
          </Button>
          <Button
            size="small"
            danger
            aria-label={t('admin.revokeFor', { kiosk: kiosk.name })}
            disabled={busy !== null || kiosk.state !== 'enrolled'}
            onClick={() => setRevoking(kiosk)}
          >
            {t('admin.revoke')}
          </Button>
        </div>
      ),
    },
  ];
  const online = kiosks.filter(({ connected }) => connected).length;
  return (
    <div className="admin">
      <header className="admin-head">
        <p className="soft">{t('admin.lead')}</p>
        <span className="soft figures">{t('admin.total', { count: kiosks.length, online })}</span>
        <Button icon={<ReloadOutlined aria-hidden />} onClick={() => void admin.reload()}>
          {t('admin.reload')}
        </Button>
      </header>
      {problem !== null && (
        <ProblemAlert problem={problem} onRetry={() => void admin.reload()} onDismiss={admin.dismissProblem} />
      )}
      <section className="card">
        <Table<KioskAdminView>
          rowKey="kioskId"
          size="middle"
          columns={columns}
          dataSource={[...kiosks]}
          pagination={kiosks.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
          locale={{ emptyText: t(list === 'loading' ? 'admin.loading' : 'admin.empty') }}
        />
      </section>
      {code !== null && <CodeDialog shown={code} onClose={admin.forgetCode} />}
      <Modal
        open={revoking !== null}
        title={t('admin.revokeAsk', { kiosk: revoking?.name ?? '' })}
        okText={t('admin.revoke')}
        okButtonProps={{ danger: true }}
        cancelText={t('admin.cancel')}
        confirmLoading={busy !== null}
        onCancel={() => setRevoking(null)}
        onOk={async () => {
          if (revoking !== null) await admin.revoke(revoking);
          setRevoking(null);
        }}
      >
        <p>{t('admin.revokeWhat')}</p>
      </Modal>
    </div>
  );
}
