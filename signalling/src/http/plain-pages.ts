/*
 * Two small pages without scripts. Both languages stand side by side: whoever opens them is setting the program up.
 */
const style = `
  :root { color-scheme: light dark; }
  body { font: 17px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 44rem;
    margin: 0 auto; padding: 3rem 1.25rem; }
  h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
  ul { list-style: none; padding: 0; display: grid; gap: .75rem; margin: 2rem 0; }
  li a { display: block; padding: 1rem 1.25rem; border: 1px solid #8886; border-radius: 12px; text-decoration: none;
    color: inherit; }
  li a:hover, li a:focus-visible { border-color: #1668dc; outline: 2px solid #1668dc; outline-offset: -1px; }
  strong { display: block; font-size: 1.1rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; }
  dd { margin: 0; }
  code { background: #8882; padding: .1em .4em; border-radius: 6px; }
`;

const page = (title: string, body: string) => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

const link = (href: string, zh: string, en: string, about: string) =>
  `<li><a href="${href}"><strong>${zh} · <span lang="en">${en}</span></strong>${about}</a></li>`;

/** The first page: what is here, and whether it works. */
export function homePage(state: {
  isReady: boolean;
  mediaServers: number;
  kiosksWaiting: number;
  agents: number;
}): string {
  const ready = state.isReady ? '就绪 <span lang="en">ready</span>' : '未就绪 <span lang="en">not ready</span>';
  return page(
    '视频帮办 Bangban',
    `<h1>视频帮办 <span lang="en">Bangban</span></h1>
<p>自助终端远程视频协助。<span lang="en">Video assistance for self-service kiosks.</span></p>
<ul>
${link('/kiosk/', '自助终端演示', 'Demo kiosk', '在终端页面上按“视频帮办”。<span lang="en">Press “Video help” there.</span>')}
${link('/console/', '坐席工作台', 'Agent console', '登录并接听来电。<span lang="en">Sign in and answer.</span>')}
</ul>
<dl>
<dt>状态 <span lang="en">State</span></dt><dd>${ready}</dd>
<dt>媒体服务器 <span lang="en">Media servers</span></dt><dd>${state.mediaServers}</dd>
<dt>等待 <span lang="en">Waiting</span></dt><dd>${state.kiosksWaiting}</dd>
<dt>坐席在线 <span lang="en">Agents signed in</span></dt><dd>${state.agents}</dd>
</dl>
<p><a href="/api/openapi.json">OpenAPI</a> · <a href="/healthz">/healthz</a> · <a href="/readyz">/readyz</a></p>`,
  );
}

/** Shown where a front end should be and was not built. */
export const notBuiltPage = page(
  '尚未构建 · Not built yet',
  `<h1>页面尚未构建 · <span lang="en">Not built yet</span></h1>
<p>请在项目目录运行 <code>npm run build</code>，然后刷新本页。</p>
<p lang="en">Run <code>npm run build</code> in the project's folder and reload this page.</p>`,
);
