import { createRoot } from 'react-dom/client';
import { App } from '../../src/app.tsx';
import { createConsole } from '../../src/console.ts';
import { ErrorBoundary } from '../../src/errors/error-boundary.tsx';
import { createWords } from '../../src/ui/i18n.ts';
import { initialLanguage } from '../../src/ui/language.ts';
import { Providers } from '../../src/ui/providers.tsx';
import { createStage } from './stage.ts';

const wishes = new URLSearchParams(location.search);
const { parts, stage } = createStage(wishes.get('as'));
window.consoleStage = stage;

function Crash(): never {
  throw new Error('planted by the test');
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <Providers words={createWords(initialLanguage())}>
    <ErrorBoundary>{wishes.has('crash') ? <Crash /> : <App console={createConsole(parts)} />}</ErrorBoundary>
  </Providers>,
);
