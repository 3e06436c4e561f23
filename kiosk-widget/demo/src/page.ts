import { setUpForm } from './form.ts';
import { askIdentity } from './kiosk-identity.ts';
import { english, messages, type PageLanguage } from './texts.ts';

const query = new URLSearchParams(location.search);
const language: PageLanguage = query.get('lang')?.startsWith('en') ? 'en' : 'zh-CN';
const kioskId = query.get('kiosk') ?? 'kiosk-001';
const words = messages[language];

translate();
setUpForm(language);
startClock();
void introduceKiosk();

function translate(): void {
  document.documentElement.lang = language;
  document.title = words.title;
  document.getElementById('help')?.setAttribute('lang', language);
  const other = document.querySelector<HTMLAnchorElement>('#language');
  if (other) {
    other.textContent = words.other.label;
    other.lang = words.other.lang;
    other.href = `?${new URLSearchParams({ ...Object.fromEntries(query), lang: words.other.lang })}`;
  }
  if (language !== 'en') return;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) {
    const key = element.dataset.text;
    if (key && key in english) element.textContent = english[key as keyof typeof english];
  }
}

function startClock(): void {
  const show = () => {
    const now = new Date();
    const time = now.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hour12: false });
    const date = now.toLocaleDateString(language, { month: 'long', day: 'numeric', weekday: 'long' });
    for (const [id, text] of [
      ['time', time],
      ['date', date],
    ] as const) {
      const element = document.getElementById(id);
      if (element) element.textContent = text;
    }
  };
  show();
  setInterval(show, 1_000);
}

async function introduceKiosk(): Promise<void> {
  const identity = await askIdentity(kioskId);
  const footer = document.getElementById('kiosk');
  if (footer) footer.textContent = identity ? words.kiosk(identity.name, identity.site) : words.offline;
  if (!identity) return;
  const help = document.getElementById('help');
  help?.setAttribute('service', 'yibao-jumin-canbao');
  help?.setAttribute('kiosk-token', identity.deviceToken);
}
