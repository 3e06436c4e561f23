import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentOf } from './incident.ts';

type Crash = { incident: string; message: string };

/** Catches a bug in rendering: a page that says so, with a number to quote, instead of an empty one. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { crash: Crash | null }> {
  override state: { crash: Crash | null } = { crash: null };

  static getDerivedStateFromError(thrown: unknown): { crash: Crash } {
    const incident = incidentOf(thrown, () => crypto.randomUUID());
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { crash: { incident, message } };
  }

  override componentDidCatch(thrown: unknown): void {
    // Into the browser's log under the number that the person sees.
    reportError(new Error(`incident ${this.state.crash?.incident ?? ''}`, { cause: thrown }));
  }

  override render(): ReactNode {
    return this.state.crash === null ? this.props.children : <CrashPage crash={this.state.crash} />;
  }
}

function CrashPage({ crash }: { crash: Crash }) {
  const { t } = useTranslation();
  return (
    <main className="middle-page">
      <Result
        status="error"
        title={<h1 className="crash-title">{t('error.crashed')}</h1>}
        subTitle={t('error.crashedAct')}
        extra={
          <Button type="primary" size="large" autoFocus onClick={() => location.reload()}>
            {t('error.reload')}
          </Button>
        }
      >
        <p>
          {t('error.incident')} <code>{crash.incident}</code>
        </p>
        <p className="soft">
          <code>{crash.message}</code>
        </p>
      </Result>
    </main>
  );
}
