import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../errors/problem.ts';
import { ProblemAlert } from '../errors/problem-alert.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Mark } from '../ui/mark.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';
import { useReadable } from '../ui/use-readable.ts';
import './connection.css';
import type { Session } from './session.ts';

type Credentials = { userName: string; password: string };

/** Signing in, and the moment after a reload in which the session comes back by itself. */
export function SignInPage({ session }: { session: Session }) {
  const { t } = useTranslation();
  const state = useReadable(session);
  usePageTitle(t('ui.pageTitle', { page: t('connection.signIn') }));
  return (
    <div className="sign-in">
      <div className="sign-in-language">
        <LanguageSwitch />
      </div>
      <main className="sign-in-card card">
        <Mark size={44} />
        <h1>
          {t('ui.product')} <span>{t('ui.console')}</span>
        </h1>
        <p className="soft">{t('connection.signInLead')}</p>
        {state.state === 'signed-out' ? (
          <SignInForm
            busy={state.signingIn}
            problem={state.problem}
            notice={state.notice === null ? null : t(`connection.notice.${state.notice}`)}
            onSubmit={session.signIn}
          />
        ) : (
          <div className="sign-in-restoring" role="status">
            {state.state === 'restoring' && state.problem !== null
              ? t('connection.restoringUnreachable')
              : t('connection.restoring')}
          </div>
        )}
      </main>
    </div>
  );
}

function SignInForm(props: {
  busy: boolean;
  problem: Problem | null;
  notice: string | null;
  onSubmit(credentials: Credentials): Promise<void>;
}) {
  const { t } = useTranslation();
  const { busy, problem, notice, onSubmit } = props;
  const waitSeconds = useSecondsLeft(problem);
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} size="large" onFinish={(values) => void onSubmit(values)}>
      {notice !== null && <Alert type="info" showIcon role="status" title={notice} className="sign-in-notice" />}
      {problem !== null && (
        <div className="sign-in-notice">
          <ProblemAlert
            problem={problem.retryAfterMs === undefined ? problem : { ...problem, retryAfterMs: waitSeconds * 1_000 }}
          />
        </div>
      )}
      <Form.Item<Credentials>
        name="userName"
        label={t('connection.userName')}
        rules={[{ required: true, whitespace: true, message: t('connection.userNameNeeded') }]}
      >
        <Input autoFocus autoComplete="username" spellCheck={false} maxLength={40} />
      </Form.Item>
      <Form.Item<Credentials>
        name="password"
        label={t('connection.password')}
        rules={[{ required: true, message: t('connection.passwordNeeded') }]}
      >
        <Input type="password" autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy} disabled={waitSeconds > 0}>
        {t('connection.signIn')}
      </Button>
    </Form>
  );
}

/** Counts down while the server has said how long to wait. */
function useSecondsLeft(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const untilMs = performance.now() + (problem?.retryAfterMs ?? 0);
    const tick = () => setLeft(Math.max(0, Math.ceil((untilMs - performance.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
