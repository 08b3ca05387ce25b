/** Words that the lexicon has with one sound only, where their neighbours call for the other. */
import type {Context, Rule} from './rule.js';

/** What a word is in some surroundings. */
type Heteronym = (context: Context, written: string) => string | undefined;

const leadWares =
	/^[\s-](?:pipes?|paints?|poisoning|shot|bullets?|weights?|pencils?|crystal|glass|acid|mines?|ore|roof|sheets?|boots?|free|levels?|exposure|content|contamination|oxide|batter(?:y|ies)|solder|aprons?|lined|and (?:zinc|copper|mercury|arsenic|tin|silver|cadmium)|in (?:the )?(?:water|paint|soil|blood|pipes))(?!\p{L})/iu;
const metals = /(?:zinc|copper|mercury|arsenic|tin|silver|gold|iron|cadmium),? (?:and|or) $/iu;
const ends = /^(?:[.,;:!?)\]"”]|\s(?:and|or)\s|$)/u;

const fish =
	/(?:^|\P{L})(?:(?:sea|striped|largemouth|smallmouth|black|white|rock|grilled|fried|fresh)|(?:caught|catch(?:es|ing)?|hook(?:s|ed)|landed|reeled in|fish(?:ed|ing)? for|trout|pike|perch)(?: [\p{L}-]+){0,3},?|pound) $/iu;
const music =
	/^[\s-](?:guitars?|guitarists?|players?|drums?|clefs?|lines?|voices?|notes?|solos?|clarinets?|baritone|singers?|tracks?|parts?)(?!\p{L})/iu;
const bowing =
	/(?:take|takes|took|taking|taken|final|deep|low|polite|slight|small|curtain|courtly) (?:a |his |her |their |another )?$/iu;

/** By the word in small letters. */
const heteronyms: {readonly [word: string]: Heteronym} = {
	lead: ({before, behind, after}) => {
		const metal =
			leadWares.test(after) ||
			metals.test(behind) ||
			(/^(?:of|as|with|in|like|contain(?:s|ed|ing)?|molten|melted|toxic|pure|scrap)$/iu.test(before) &&
				ends.test(after) &&
				!/\bin $/iu.test(behind));
		return metal ? 'led' : undefined;
	},
	// The low voice, unless it swims.
	bass: ({behind, after}) =>
		(fish.test(behind) && !music.test(after)) || /^[\s-](?:fish|boats?|pond|tournament|lure)/iu.test(after)
			? undefined
			: 'base',
	bow: ({behind, after}) =>
		bowing.test(behind) ||
		/^ of (?:the|a|his|her|their|our) (?:ship|boat|vessel|yacht|canoe|ferry)/iu.test(after) ||
		/(?:over|off|across|at) the $/iu.test(behind) ||
		/^ (?:and|to) stern/iu.test(after)
			? '/bˈW/'
			: undefined,
	bowed: ({after}) => (/^ (?:legs|strings|instruments?)/iu.test(after) ? undefined : '/bˈWd/'),
	bowing: () => '/bˈWɪŋ/',
	// A quarrel.
	row: ({behind, after}) =>
		/(?:had|having|have|blazing|furious|flaming|terrible|huge|big) (?:a |an? \p{L}+ )?$/iu.test(behind) &&
		!/^ of/u.test(after)
			? '/ɹˈW/'
			: /^ (?:over|about|among|between|erupted|broke out)(?!\p{L})/iu.test(after) &&
					/(?:a|the) $/iu.test(behind)
				? '/ɹˈW/'
				: undefined,
	// More than one doe; a sick person.
	does: ({before, after}) =>
		/^(?:the|two|three|four|these|those|several)$/iu.test(before) && ends.test(after) ? '/dˈOz/' : undefined,
	invalid: ({before, after}) =>
		/^(?:the|an)$/iu.test(before) && ends.test(after) ? '/ˈɪnvəlɪd/' : undefined,
	deserts: ({before}) => (/^just$/iu.test(before) ? 'desserts' : undefined),
	// Tiny.
	minute: ({behind, after, variety}) =>
		/^ (?:details?|amounts?|particles?|quantit|traces?|changes?|differences?|variations?|fractions?|organisms?|creatures?|specks?|parts?|cracks?|holes?|doses?|grains?|drops?|fragments?|bubbles?|errors?|movements?|scratch|insects?|portions?|proportions?|crystals?|fib(?:er|re)s?|flaws?|gaps?|adjustments?|examination|inspection|instructions|directions|description|observations?|accuracy)/iu.test(
			after,
		) && !/(?:\d|one|two|five|ten|thirty|last|every|each|per)[ -]$/iu.test(behind)
			? variety === 'us'
				? '/mInˈut/'
				: '/mInjˈuːt/'
			: undefined,
	// The account of a life, not to go on.
	resume: ({before, variety}, written) => {
		if (!/^(?:my|your|his|her|their|our|a|the|good|strong|this|impressive|updated|whose)$/iu.test(before))
			return undefined;
		return `${variety === 'us' ? '/ɹˈɛzəmˌA' : '/ɹˈɛzjumˌA'}${/s$/i.test(written) ? 'z/' : '/'}`;
	},
};

export const heteronymWords: readonly string[] = [...Object.keys(heteronyms), 'resumes'];

export const respellings: readonly Rule[] = [
	{
		// One rule for all of them, because each word of a text is asked.
		pattern: new RegExp(`(${heteronymWords.join('|')})(?![\\p{L}\\p{N}'’])`, 'iuy'),
		say: ([written], context) =>
			heteronyms[written.toLowerCase().replace('resumes', 'resume')]?.(context, written),
	},
	{
		// The city, not what is pleasant.
		pattern: /Nice(?![\p{L}'’])/uy,
		say: (_, {before, after, variety}) =>
			/^(?:in|to|from|near)$/u.test(before) || /^, France/u.test(after)
				? variety === 'us'
					? '/nˈis/'
					: '/nˈiːs/'
				: undefined,
	},
	{
		// Re: your letter
		pattern: /Re(?=:)/uy,
		say: (_, {behind, variety}) =>
			behind.trim() === '' || /[\n;:,]\s$/u.test(behind)
				? variety === 'us'
					? '/ɹˈi/'
					: '/ɹˈiː/'
				: undefined,
	},
	{
		// 3 x 4
		pattern: /(?<=\d\s?)x(?=\s\d)/uy,
		say: () => 'times',
	},
	{
		// The town in Berkshire.
		pattern: /Reading(?!\p{L})/uy,
		say: (_, {before}) => (/^\p{Ll}+$/u.test(before) ? 'Redding' : undefined),
	},
];
