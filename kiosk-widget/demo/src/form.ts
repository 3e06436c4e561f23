import { birthDateOf, isIdentityNumber } from './identity-number.ts';
import { messages, type PageLanguage } from './texts.ts';

type Field = HTMLInputElement;

/** Checks the registration form, shows what is wrong beside each field, and the slip when nothing is. */
export function setUpForm(language: PageLanguage): void {
  const words = messages[language];
  const form = find('form', HTMLFormElement);
  const slip = find('slip', HTMLElement);
  const field = (name: string): Field => form.querySelector<Field>(`[name="${name}"]`) ?? missing(name);
  const entered = (name: string): string => String(new FormData(form).get(name) ?? '').trim();

  const problems: Record<string, () => string> = {
    name: () => (entered('name') === '' ? words.required : ''),
    identity() {
      if (entered('identity') === '') return words.required;
      return isIdentityNumber(entered('identity')) ? '' : words.identity;
    },
    birth() {
      if (entered('birth') === '') return words.required;
      const known = isIdentityNumber(entered('identity')) ? birthDateOf(entered('identity')) : null;
      return known === null || known === entered('birth') ? '' : words.birth;
    },
    phone() {
      if (entered('phone') === '') return words.required;
      return /^1\d{10}$/.test(entered('phone')) ? '' : words.phone;
    },
    address: () => (entered('address') === '' ? words.required : ''),
    category: () => (entered('category') === '' ? words.choose : ''),
    truth: () => (entered('truth') === '' ? words.confirm : ''),
  };

  const check = (name: string): boolean => {
    const problem = problems[name]?.() ?? '';
    find(`${name}-error`, HTMLElement).textContent = problem;
    for (const input of form.querySelectorAll(`[name="${name}"]`)) {
      if (problem) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
    return problem === '';
  };

  form.addEventListener('change', ({ target }) => {
    const { name } = target as Field;
    if (name === 'identity' && isIdentityNumber(entered('identity')) && entered('birth') === '') {
      field('birth').value = birthDateOf(entered('identity')) ?? '';
    }
    if (name in problems) check(name);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wrong = Object.keys(problems).filter((name) => !check(name));
    const [first] = wrong;
    if (first) return field(first).focus();
    fillSlip(form, words.receipt);
    form.hidden = true;
    slip.hidden = false;
    slip.focus();
  });
  form.addEventListener('reset', () => {
    for (const name of Object.keys(problems)) find(`${name}-error`, HTMLElement).textContent = '';
    for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  });
  find('again', HTMLButtonElement).addEventListener('click', () => {
    form.reset();
    find('summary', HTMLElement).replaceChildren();
    slip.hidden = true;
    form.hidden = false;
    field('name').focus();
  });
}

function fillSlip(form: HTMLFormElement, receiptLabel: string): void {
  const lines: [string, string][] = [[receiptLabel, `YB${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`]];
  for (const input of form.querySelectorAll<Field>('.field input')) {
    lines.push([form.querySelector(`label[for="${input.id}"] span`)?.textContent ?? '', covered(input)]);
  }
  const category = form.querySelector('[name="category"]:checked + span');
  lines.push([form.querySelector('legend [data-text="category"]')?.textContent ?? '', category?.textContent ?? '']);
  find('summary', HTMLElement).replaceChildren(
    ...lines.flatMap(([term, value]) => {
      const pair = [document.createElement('dt'), document.createElement('dd')] as const;
      pair[0].textContent = term;
      pair[1].textContent = value;
      return pair;
    }),
  );
}

/** A slip may be left lying about: the middle of the identity number stays covered. */
function covered({ name, value }: Field): string {
  return name === 'identity' ? `${value.slice(0, 4)}**********${value.slice(-4)}` : value;
}

function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  return element instanceof kind ? element : missing(id);
}

function missing(what: string): never {
  throw new Error(`the page has no ${what}`);
}
