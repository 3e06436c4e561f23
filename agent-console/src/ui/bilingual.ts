type Texts = { readonly [key: string]: string | Texts };
type SameKeys<Tree> = { [Key in keyof Tree]: Tree[Key] extends string ? string : SameKeys<Tree[Key]> };

/** The words of one feature in both languages. A key that is missing or too much in English does not compile. */
export function bilingual<const Chinese extends Texts>(words: {
  'zh-CN': Chinese;
  en: SameKeys<Chinese>;
}): {
  'zh-CN': SameKeys<Chinese>;
  en: SameKeys<Chinese>;
} {
  // The literal texts are only strings to those who use them; TypeScript cannot see that through the mapped type.
  return words as { 'zh-CN': SameKeys<Chinese>; en: SameKeys<Chinese> };
}
