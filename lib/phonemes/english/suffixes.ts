/** Regular endings: what a stem's spelling may have been, and what the ending sounds like after the stem's last phoneme. */
import type {Variety} from './variety.js';

export interface Suffix {
	/** Spellings that the stem may have, likeliest first; empty where the word has not this ending. */
	stems(word: string): readonly string[];
	/** The stem's phonemes with the ending, or undefined where it cannot be told. */
	join(stem: string, variety: Variety): string | undefined;
}

/** After these an American t between vowels becomes the flap T. */
const flapsAfter: ReadonlySet<string> = new Set('AIOWYiuæɑəɛɪɹʊʌ');
const last = (stem: string) => stem.at(-1) ?? '';
const flaps = (stem: string, variety: Variety) =>
	variety === 'us' && last(stem) === 't' && flapsAfter.has(stem.at(-2) ?? '');
const reduced = (variety: Variety) => (variety === 'us' ? 'ᵻ' : 'ɪ');

/** Plural, third person and possessive: cats, dogs, horses. */
export const s: Suffix = {
	stems(word) {
		if (word.length < 3 || !word.endsWith('s')) return [];
		const stems = word.endsWith('ss') ? [] : [word.slice(0, -1)];
		if (word.endsWith("'s")) stems.unshift(word.slice(0, -2));
		else if (word.length > 4 && word.endsWith('ies')) stems.push(`${word.slice(0, -3)}y`);
		else if (word.length > 4 && word.endsWith('es')) stems.push(word.slice(0, -2));
		return stems;
	},
	join(stem, variety) {
		if ('ptkfθ'.includes(last(stem))) return `${stem}s`;
		if ('szʃʒʧʤ'.includes(last(stem))) return `${stem}${reduced(variety)}z`;
		return `${stem}z`;
	},
};

/** Past tense: walked, loved, waited. */
export const ed: Suffix = {
	stems(word) {
		if (word.length < 4 || !word.endsWith('d') || word.endsWith('dd')) return [];
		const stems = word.endsWith('ed') ? [word.slice(0, -1)] : [];
		if (word.length > 4 && word.endsWith('ed') && !word.endsWith('eed')) {
			stems.push(word.slice(0, -2));
			if (word.endsWith('ied')) stems.push(`${word.slice(0, -3)}y`);
			if (/([bdgklmnprtz])\1ed$/.test(word)) stems.push(word.slice(0, -3));
		}
		return stems;
	},
	join(stem, variety) {
		if ('pkfθʃsʧ'.includes(last(stem))) return `${stem}t`;
		if (last(stem) === 'd') return `${stem}${reduced(variety)}d`;
		if (last(stem) !== 't') return `${stem}d`;
		return flaps(stem, variety) ? `${stem.slice(0, -1)}Tᵻd` : `${stem}${reduced(variety)}d`;
	},
};

/** Present participle: walking, loving, running. */
export const ing: Suffix = {
	stems(word) {
		if (word.length < 5 || !word.endsWith('ing')) return [];
		const stems = word.length > 5 ? [word.slice(0, -3)] : [];
		stems.push(`${word.slice(0, -3)}e`);
		if (word.length > 5 && /([bcdgklmnprstvxz])\1ing$|cking$/.test(word)) stems.push(word.slice(0, -4));
		return stems;
	},
	join(stem, variety) {
		// A British stem may hide an r that only the lexicon tells: "storing".
		if (variety === 'gb' && 'əː'.includes(last(stem))) return undefined;
		return flaps(stem, variety) ? `${stem.slice(0, -1)}Tɪŋ` : `${stem}ɪŋ`;
	},
};

/** Endings that change nothing in the stem but its spelling: pleasanter, merest, hesitatingly, lightheartedness. */
function plain(ending: string, us: string, gb: string, least = 3): Suffix {
	return {
		stems(word) {
			const stem = word.slice(0, -ending.length);
			if (!word.endsWith(ending) || stem.length < least) return [];
			const stems = [stem];
			if (stem.endsWith('i')) stems.push(`${stem.slice(0, -1)}y`);
			if (ending.startsWith('e')) {
				// "purest" is of "pure": of a "pur" it would be "purrest".
				if (/[^aeiou][aeiou][^aeiouwxy]$/.test(stem)) stems.unshift(`${stem}e`);
				else stems.push(`${stem}e`);
				if (/([bdgmnpt])\1$/.test(stem)) stems.push(stem.slice(0, -1));
			}
			return stems;
		},
		join(stem, variety) {
			if (variety === 'gb' && ending.startsWith('e') && 'əː'.includes(last(stem))) return `${stem}ɹ${gb}`;
			if (ending.startsWith('e') && flaps(stem, variety)) return `${stem.slice(0, -1)}T${us}`;
			return stem + (variety === 'us' ? us : gb);
		},
	};
}

/** Of adjectives and nouns, after s, ed and ing. */
export const others: readonly Suffix[] = [
	plain('shire', 'ʃəɹ', 'ʃə'),
	plain('pence', 'pəns', 'pəns'),
	plain('er', 'əɹ', 'ə'),
	plain('est', 'ᵻst', 'ɪst'),
	plain('eth', 'əθ', 'əθ'),
	plain('ly', 'li', 'li'),
	plain('ness', 'nəs', 'nəs'),
	plain('less', 'ləs', 'ləs'),
	plain('ful', 'fᵊl', 'fᵊl'),
	plain('ship', 'ʃˌɪp', 'ʃˌɪp'),
	plain('like', 'lˌIk', 'lˌIk'),
];
