// The texts of the app, as its own files have them, so that one test can speak either language.

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Language = 'nl' | 'en';

const LOCALES = fileURLToPath(new URL('../../web/locales/', import.meta.url));

function read(language: Language): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(LOCALES + language)) {
    const content = JSON.parse(readFileSync(`${LOCALES}${language}/${file}`, 'utf8')) as Record<string, string>;
    for (const [key, text] of Object.entries(content)) texts.set(`${file.replace('.json', '')}.${key}`, text);
  }
  return texts;
}

const TEXTS: Record<Language, Map<string, string>> = { nl: read('nl'), en: read('en') };

/** Gives the text with a name, such as `groups.saved`, filled in with what it is about. */
export type Words = (key: string, about?: Record<string, string | number>) => string;

/** The texts in a language. */
export function wordsIn(language: Language): Words {
  return (key, about = {}) => {
    const text = TEXTS[language].get(key);
    if (text === undefined) throw new Error(`web/locales has no text ${key}`);
    return text.replace(/\{\{ *(\w+) *\}\}/g, (_, name: string) => {
      const value = about[name];
      if (value === undefined) throw new Error(`${key} is about ${name}, too`);
      return String(value);
    });
  };
}

/** Matches any text of the app in a language, whatever it is about. */
function patterns(language: Language): RegExp[] {
  return [...TEXTS[language].values()]
    .filter((text) => text.replace(/\{\{.*?\}\}|\W/g, '').length >= 2)
    .map((text) => {
      const literal = text.split(/\{\{.*?\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      return new RegExp(`^${literal.join('.+')}$`, 'u');
    });
}

const PATTERNS: Record<Language, RegExp[]> = { nl: patterns('nl'), en: patterns('en') };

/** Words that make a sentence Dutch or English: no name or number holds them, and the other language does not have them. */
const TELLING: Record<Language, RegExp> = {
  nl: /(?<![\p{L}\p{N}])(de|het|een|niet|van|voor|naar|uw|u|wie|wordt|worden|deze|dit|geen|ook|nog|heeft|hebt|kies|vul)(?![\p{L}\p{N}])/iu,
  en: /(?<![\p{L}\p{N}])(the|and|you|your|not|has|have|been|from|with|this|who|for|are|choose|fill)(?![\p{L}\p{N}])/iu,
};

/** What people typed and imported into the demo office, which stays as it is in whatever language. */
function demo(): string[] {
  const file = (path: string) => readFileSync(fileURLToPath(new URL(`../../api/${path}`, import.meta.url)), 'utf8');
  const typed = [...file('src/cli/demo.rs').matchAll(/"((?:[^"\\\n]|\\.)+)"/g)];
  const imported = [...file('tests/data/case-types.xml').matchAll(/>([^<>]+)</g)];
  return [...typed, ...imported]
    .flatMap(([, text = '']) => text.replaceAll('&amp;', '&').split('\n'))
    .map((text) => text.trim())
    .filter((text) => text.length > 3)
    .sort((a, b) => b.length - a.length);
}

const DEMO = demo();

/** Of these pieces of text, those which are in another language than this one. `typed`: what the test itself wrote. */
export function inAnotherLanguage(pieces: string[], language: Language, typed: string[] = []): string[] {
  const other: Language = language === 'nl' ? 'en' : 'nl';
  const matches = (all: RegExp[], piece: string) => all.some((pattern) => pattern.test(piece));
  return pieces.filter((piece) => {
    if (typed.includes(piece)) return false;
    if (matches(PATTERNS[other], piece) && !matches(PATTERNS[language], piece)) return true;
    const own = [...typed, ...DEMO].reduce((rest, text) => rest.replaceAll(text, '·'), piece);
    return TELLING[other].test(own);
  });
}
