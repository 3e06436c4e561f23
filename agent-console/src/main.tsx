import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createBrowserParts } from './browser-parts.ts';
import { createConsole } from './console.ts';
import { ErrorBoundary } from './errors/error-boundary.tsx';
import { createWords } from './ui/i18n.ts';
import { initialLanguage } from './ui/language.ts';
import { Providers } from './ui/providers.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

const words = createWords(initialLanguage());
const console = createConsole(createBrowserParts());
createRoot(root).render(
  <Providers words={words}>
    <ErrorBoundary>
      <App console={console} />
    </ErrorBoundary>
  </Providers>,
);
