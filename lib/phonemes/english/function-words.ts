import type {Following} from './following.js';
import type {Tag} from './tags.js';
import type {Variety} from './variety.js';

type Reading = (following: Following, tag: Tag) => string | undefined;

/** Words whose sound depends on their neighbours; where a reading is undefined, the lexicon's holds. */
const readings: {readonly [word: string]: Reading} = {
	a: (_, tag) => (tag === 'NOUN' ? 'ˈA' : 'ɐ'),
	an: () => 'ɐn',
	am: ({vowel}) => (vowel === undefined ? 'æm' : 'ɐm'),
	by: (_, tag) => (tag === 'ADV' ? 'bˈI' : undefined),
	in: ({vowel}, tag) => (vowel === undefined || tag !== 'IN' ? 'ˈɪn' : 'ɪn'),
	the: ({vowel}) => (vowel === true ? 'ði' : 'ðə'),
	to: ({vowel}) => (vowel === undefined ? undefined : vowel ? 'tʊ' : 'tə'),
	used: ({to}, tag) => (to && tag !== 'VBN' ? 'jˈust' : 'jˈuzd'),
};

/** British English has other vowels in some of them. */
const british: {readonly [word: string]: Reading} = {
	am: ({vowel}) => (vowel === undefined ? 'am' : 'ɐm'),
	used: ({to}, tag) => (to && tag !== 'VBN' ? 'jˈuːst' : 'jˈuːzd'),
};

/** The sound of a function word (in small letters) among its neighbours, or undefined where the lexicon has it right. */
export function readFunctionWord(
	word: string,
	tag: Tag,
	following: Following,
	variety: Variety,
): string | undefined {
	if (!Object.hasOwn(readings, word)) return undefined;
	const reading = (variety === 'gb' ? british[word] : undefined) ?? readings[word];
	return reading?.(following, tag);
}
