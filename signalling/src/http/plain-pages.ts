import type { Language } from '@bangban/protocol';

/*
 * Two small pages without scripts, for whoever sets the program up.
 */
const words = {
  'zh-CN': {
    title: '视频帮办',
    tagline: '自助终端远程视频协助',
    kiosk: '自助终端演示页',
    kioskAbout: '在终端页面上按“视频帮办”，排队等待坐席接听。',
    console: '坐席工作台',
    consoleAbout: '登录，开启“接听状态”，接听来电。',
    state: '运行状态',
    ready: '就绪',
    notReady: '未就绪',
    noMedia: '没有媒体服务器连接：新的呼叫可以排队，暂时无法接通。',
    noStore: '数据无法写入：请检查磁盘空间和数据目录权限。',
    draining: '正在停机：不再接受新的呼叫。',
    mediaServers: '媒体服务器',
    waiting: '等待中的呼叫',
    agents: '已登录坐席',
    description: '接口说明 (OpenAPI)',
    otherLanguage: 'English',
    notBuilt: '页面尚未构建',
    notBuiltAbout: '请在项目目录运行 <code>npm run build</code>，然后刷新本页。',
  },
  en: {
    title: 'Bangban',
    tagline: 'Video assistance for self-service kiosks',
    kiosk: 'Demo kiosk',
    kioskAbout: 'Press “Video help” on the kiosk page and wait for an agent.',
    console: 'Agent console',
    consoleAbout: 'Sign in, switch “Available” on, answer.',
    state: 'State',
    ready: 'Ready',
    notReady: 'Not ready',
    noMedia: 'No media server is linked: new calls can queue, but not be connected yet.',
    noStore: 'Data cannot be written: check the disk and the rights on the data folder.',
    draining: 'Going down: no new calls are taken.',
    mediaServers: 'Media servers',
    waiting: 'Calls waiting',
    agents: 'Agents signed in',
    description: 'Interface (OpenAPI)',
    otherLanguage: '中文',
    notBuilt: 'This page is not built yet',
    notBuiltAbout: 'Run <code>npm run build</code> in the project’s folder and reload this page.',
  },
} as const satisfies Record<Language, Record<string, string>>;

const style = `
  :root { color-scheme: light dark; --line: #8886; --accent: #0b4f4f; --paper: #fbfaf5; --card: #fff;
    --bad: #8f1d1d; --good: #0f5c3a; }
  @media (prefers-color-scheme: dark) { :root { --accent: #7fd1c7; --paper: #0f1d20; --card: #16282c; --bad: #ff9a90;
    --good: #7fd6ad; } }
  * { box-sizing: border-box; }
  body { font: 17px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 46rem;
    background: var(--paper); margin: 0 auto; padding: clamp(1.5rem, 6vw, 4.5rem) 1.25rem; }
  header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 0; }
  p { margin: .35rem 0 0; }
  a { color: var(--accent); }
  header a, footer a { display: inline-block; padding: .6rem 0; }
  ul { list-style: none; padding: 0; margin: 2rem 0; display: grid; gap: 1rem;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
  li a { display: block; height: 100%; padding: 1.25rem 1.4rem; border: 1px solid var(--line); border-radius: 14px;
    background: var(--card); text-decoration: none; }
  li a:hover { border-color: var(--accent); }
  a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  li strong { display: block; font-size: 1.2rem; }
  li span { color: CanvasText; }
  h2 { font-size: 1.05rem; margin: 2.25rem 0 .25rem; }
  .state { font-weight: 600; color: var(--bad); }
  .state.good { color: var(--good); }
  dl { display: grid; grid-template-columns: max-content auto; gap: .2rem 1.5rem; justify-content: start; margin: .75rem 0; }
  dd { margin: 0; font-variant-numeric: tabular-nums; }
  footer { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin-top: 2rem; border-top: 1px solid var(--line); }
  code { background: #8882; padding: .1em .4em; border-radius: 6px; }
`;

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** What the first page tells about the state of the program. */
export type HomeState = {
  storeWritable: boolean;
  mediaServers: number;
  draining: boolean;
  callsWaiting: number;
  agents: number;
};

/** The first page: what is here, and whether it works. */
export function homePage(language: Language, state: HomeState): string {
  const text = words[language];
  const other = language === 'en' ? 'zh-CN' : 'en';
  const problems = [
    state.draining ? text.draining : '',
    state.storeWritable ? '' : text.noStore,
    state.mediaServers > 0 ? '' : text.noMedia,
  ].filter((problem) => problem !== '');
  const isReady = problems.length === 0;
  return page(
    language,
    text.title,
    `<header><h1>${text.title}</h1><a href="/?lang=${other}" lang="${other}" hreflang="${other}">${text.otherLanguage}</a></header>
<p>${text.tagline}</p>
<main>
<ul>
<li><a href="/kiosk/?lang=${language}"><strong>${text.kiosk}</strong><span>${text.kioskAbout}</span></a></li>
<li><a href="/console/?lang=${language}"><strong>${text.console}</strong><span>${text.consoleAbout}</span></a></li>
</ul>
<h2>${text.state}</h2>
<p class="state${isReady ? ' good' : ''}">${isReady ? text.ready : text.notReady}</p>
${problems.map((problem) => `<p>${problem}</p>`).join('\n')}
<dl>
<dt>${text.mediaServers}</dt><dd>${state.mediaServers}</dd>
<dt>${text.waiting}</dt><dd>${state.callsWaiting}</dd>
<dt>${text.agents}</dt><dd>${state.agents}</dd>
</dl>
</main>
<footer><a href="/api/openapi.json">${text.description}</a> <a href="/healthz">/healthz</a> <a href="/readyz">/readyz</a></footer>`,
  );
}

/** Shown where a front end should be and was not built. */
export function notBuiltPage(language: Language): string {
  const text = words[language];
  return page(
    language,
    text.notBuilt,
    `<main><h1>${text.notBuilt}</h1><p>${text.notBuiltAbout}</p><p><a href="/?lang=${language}">${text.title}</a></p></main>`,
  );
}

/** The language that `?lang=` asks for; the only thing that is ever read from a query string. */
export function languageIn(url: string): Language {
  return new URLSearchParams(url.split('?')[1]).get('lang') === 'en' ? 'en' : 'zh-CN';
}
