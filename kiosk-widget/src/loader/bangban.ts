import buttonCss from './button.css?inline';
import type { HelpHost, MountedHelp } from './host.ts';

/** Words of the button, and what it says when the rest cannot be loaded. */
const words = {
  'zh-CN': ['视频帮办', '暂时打不开，请再按一次'],
  en: ['Video help', 'It did not open. Please press again.'],
} as const;

/** Drawn like the icons of the panel: a person on a screen with a camera. */
const DRAWING =
  'M3 6.5h11.5v11H3zM14.5 10.5l6.5-3v9l-6.5-3M6.2 15.2c.4-1.6 1.4-2.4 2.6-2.4s2.2.8 2.6 2.4M8.8 12.8a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4';

/** Written by the call's mark; with it the page was loaded anew in a call. */
const MARK_KEY = 'bangban.call';

const sheet = new CSSStyleSheet();
sheet.replaceSync(buttonCss);

/** `<bangban-help>`: the button at once; everything else as soon as somebody means to press it. */
class BangbanHelp extends HTMLElement {
  static observedAttributes = ['kiosk-token', 'service', 'lang', 'server'];

  #root = this.attachShadow({ mode: 'open' });
  #button = document.createElement('button');
  #label = document.createElement('span');
  #sorry = document.createElement('p');
  #loading: Promise<MountedHelp> | null = null;
  #help: MountedHelp | null = null;

  constructor() {
    super();
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(svg.namespaceURI, 'path');
    path.setAttribute('d', DRAWING);
    svg.append(path);
    this.#button.type = 'button';
    this.#button.append(svg, this.#label);
    this.#sorry.className = 'sorry';
    this.#sorry.setAttribute('role', 'alert');
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#button, this.#sorry);
    for (const intent of ['pointerenter', 'pointerdown', 'focus']) {
      this.#button.addEventListener(intent, () => this.#load().catch(() => undefined));
    }
    this.#button.addEventListener('click', () => this.#open());
    this.#say();
  }

  connectedCallback(): void {
    this.dispatchEvent(new CustomEvent('bangban:ready', { bubbles: true, composed: true, detail: {} }));
    this.#help?.refresh();
    if (hasMark()) this.#load().catch(() => undefined);
  }

  disconnectedCallback(): void {
    // A framework that moves the element takes it out and puts it back at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#help?.close();
      this.#help = this.#loading = null;
    });
  }

  attributeChangedCallback(): void {
    this.#say();
    this.#help?.refresh();
  }

  #settings: HelpHost['settings'] = () => ({
    deviceToken: this.getAttribute('kiosk-token') ?? '',
    service: this.getAttribute('service') ?? '',
    language: this.lang.startsWith('en') ? 'en' : 'zh-CN',
    // The script lies beside the server that it belongs to, whatever page it is used in.
    server: new URL(this.getAttribute('server') ?? '/', import.meta.url).href,
  });

  #say(): void {
    const { language } = this.#settings();
    this.#button.lang = this.#sorry.lang = language;
    this.#label.textContent = words[language][0];
  }

  async #open(): Promise<void> {
    try {
      this.#sorry.textContent = '';
      (await this.#load()).open();
    } catch {
      this.#sorry.textContent = words[this.#settings().language][1];
    }
  }

  #load(): Promise<MountedHelp> {
    this.#loading ??= import('../element/mount-help.ts').then(
      ({ mountHelp }) => {
        const help = mountHelp({ root: this.#root, button: this.#button, element: this, settings: this.#settings });
        this.#help = help;
        return help;
      },
      (error: unknown) => {
        this.#loading = null;
        throw error;
      },
    );
    return this.#loading;
  }
}

function hasMark(): boolean {
  try {
    return sessionStorage.getItem(MARK_KEY) !== null;
  } catch {
    return false;
  }
}

if (!customElements.get('bangban-help')) customElements.define('bangban-help', BangbanHelp);
