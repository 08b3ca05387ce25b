/** Words of one spelling and several meanings, each known by the company it keeps; the lexicon's sound is the other one. */
import {s as plural} from '../suffixes.js';
import type {Context, Rule} from './rule.js';

interface Sense {
	/** A capital must stand in the text; a final `s?` stands for the plural too. */
	readonly word: string;
	/** What stands before it. */
	readonly behind?: RegExp;
	/** What stands after it. */
	readonly after?: RegExp;
	/** How it is said then. */
	readonly us: string;
	readonly gb: string;
}

const people =
	'(?:man|woman|men|women|parents?|mother|father|couple|aunt|uncle|relatives?|lady|gentleman|people|persons?|king|queen|servant|widow)';

// biome-ignore format: a table
const senses: readonly Sense[] = [
	// What is torn.
	{word: 'tears?', behind: /(?:wear and|muscle|ligament|tendon|meniscus|cartilage|retinal|cuff|ACL) $/iu, us: 'tˈɛɹ', gb: 'tˈɛː'},
	{word: 'tears?', behind: /(?:an?|the|small|big|long|large|tiny|huge|two|three|some|several|jagged) $/iu, after: /^ (?:in|through|along) (?:the|a|his|her|my|your|its|our|their|this|that)(?! (?:corner|eye))/iu, us: 'tˈɛɹ', gb: 'tˈɛː'},
	// What is thrown away.
	{word: 'refuse', after: /^ (?:collect|bins?(?!\p{L})|dumps?|disposal|heaps?|trucks?|bags?|chutes?|tips?(?!\p{L}))/iu, us: 'ɹˈɛfjˌus', gb: 'ɹˈɛfjuːs'},
	// The man in the land of Uz.
	{word: 'Job', behind: /(?:Book|patience|trials|sufferings|story|comforters) of $/u, us: 'ʤˈOb', gb: 'ʤˈQb'},
	{word: 'Job', after: /^(?:['’]s comforters?| \d+:\d)/u, us: 'ʤˈOb', gb: 'ʤˈQb'},
	// To make it shine, at the start of a sentence.
	{word: 'Polish', behind: /(?:^|[.!?:]["”’]? )["“‘]?$/u, after: /^ (?:the|your|his|her|my|our|their|its|it|them|a|an|with|until|off|up|all)(?!\p{L})/u, us: 'pˈɑlɪʃ', gb: 'pˈɒlɪʃ'},
	// A sick person.
	{word: 'invalids?', behind: /(?:old|poor|bedridden|chronic|lifelong|young|helpless|permanent|elderly|confirmed|crippled) $/iu, after: /^(?![\s-](?:\p{Ll}+(?:[st]ion|ment|ity|ence)|tokens?|data|values?|inputs?|arguments?)(?!\p{L}))/u, us: 'ˈɪnvəlɪd', gb: 'ˈɪnvəliːd'},
	{word: 'blessed', behind: /(?:the|my|our|your|that|this|every|a|whole) $/iu, after: /^ \p{L}+(?!\p{L}* by)/u, us: 'blˈɛsɪd', gb: 'blˈɛsɪd'},
	{word: 'Blessed', after: /^ (?:are|is|be|Virgin|Sacrament|Mother|Mary)(?!\p{L})/u, us: 'blˈɛsɪd', gb: 'blˈɛsɪd'},
	{word: 'beloved', after: /^(?! (?:by|of|to|for)(?!\p{L}))/u, us: 'bəlˈʌvɪd', gb: 'bɪlˈʌvɪd'},
	{word: 'aged', behind: /(?:the|an|my|his|her|their|our|your|these|two) $/iu, after: new RegExp(`^(?: ${people}(?!\\p{L})|[.,;:!?]| (?:and|or|are|were|in|of)(?!\\p{L}))`, 'iu'), us: 'ˈAʤɪd', gb: 'ˈAʤɪd'},
	// Tools, not what things turn about.
	{word: 'axes', behind: /(?:battle|pick|stone|bronze|iron|hand|with|their|swords and|hammers and|saws and|carried|swung|swinging|sharpened|ice)[ -]$/iu, us: 'ˈæksᵻz', gb: 'ˈaksɪz'},
	{word: 'axes', after: /^,? (?:and|or) (?:saws|swords|hammers|picks|shovels|spears|knives|hatchets|axes|clubs)/iu, us: 'ˈæksᵻz', gb: 'ˈaksɪz'},
	// Of a base, unless of a basis.
	{word: 'bases', behind: /^(?!.*(?:legal|theoretical|conceptual|biological|neural|genetic|scientific|philosophical|moral|evidentiary|empirical|weekly|daily|your) $)/isu, after: /^(?! (?:for|upon)(?!\p{L}))/u, us: 'bˈAsᵻz', gb: 'bˈAsɪz'},
	{word: 'graduate', after: /^ (?:schools?|students?|programs?|programmes?|degrees?|work|level|stud(?:y|ies)|assistants?|courses?|seminars?|fellows?)(?!\p{L})/iu, us: 'ɡɹˈæʤəwət', gb: 'ɡɹˈaʤʊət'},
	{word: 'upset', after: /^ (?:stomachs?|tumm(?:y|ies)|parents?|customers?|fans?|voters?|child(?:ren)?|people|users?)(?!\p{L})/iu, us: 'ˌʌpsˈɛt', gb: 'ˌʌpsˈɛt'},
	// The drink.
	{word: 'sake', behind: /(?:japanese|hot|warm|cold|rice|cups? of|bottles? of|glass(?:es)? of|drink(?:ing)?|drank|served|sipp(?:ed|ing)|beer and|sushi and) $/iu, us: 'sˈɑki', gb: 'sˈɑːki'},
];

/** By what is written, in small letters. */
const bySpelling = new Map<string, Sense[]>();
for (const sense of senses) {
	const word = sense.word.toLowerCase();
	for (const spelling of word.endsWith('s?') ? [word.slice(0, -2), word.slice(0, -1)] : [word]) {
		bySpelling.set(spelling, [...(bySpelling.get(spelling) ?? []), sense]);
	}
}

export const senseWords: readonly string[] = [...bySpelling.keys()];

const startsCapital = (text: string) => /^\p{Lu}/u.test(text);

function fits({word, behind, after}: Sense, written: string, context: Context): boolean {
	if (startsCapital(word) && !startsCapital(written)) return false;
	return behind?.test(context.behind) !== false && after?.test(context.after) !== false;
}

/** One rule for all of them, because each word of a text is asked. */
export const senseRule: Rule = {
	pattern: new RegExp(`(?:${senseWords.join('|')})(?![\\p{L}\\p{N}])`, 'iuy'),
	say([written], context) {
		const sense = bySpelling.get(written.toLowerCase())?.find(candidate => fits(candidate, written, context));
		if (sense === undefined) return undefined;
		const {us, gb, word} = sense;
		const phonemes = context.variety === 'us' ? us : gb;
		const many = word.endsWith('s?') && /s$/iu.test(written);
		return `/${many ? plural.join(phonemes, context.variety) : phonemes}/`;
	},
};
