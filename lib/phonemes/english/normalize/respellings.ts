/** Words that the lexicon has with one sound only, where their neighbours call for the other. */
import type {Rule} from './rule.js';

export const respellings: readonly Rule[] = [
	{
		// The metal.
		pattern:
			/lead(?=[\s-](?:pipes?|paints?|poisoning|shot|bullets?|weights?|pencils?|crystal|glass|acid|mines?|ore|roof|sheets?|free)(?!\p{L}))/iuy,
		say: () => 'led',
	},
	{
		// The low voice, not the fish.
		pattern:
			/bass(?=[\s-](?:guitars?|guitarists?|players?|lines?|drums?|clefs?|notes?|voices?|solos?|clarinets?|baritone)(?!\p{L}))/iuy,
		say: () => 'base',
	},
	{
		// 3 x 4
		pattern: /(?<=\d\s?)x(?=\s\d)/uy,
		say: () => 'times',
	},
	{
		// The town in Berkshire.
		pattern: /Reading(?!\p{L})/uy,
		say: (_, {before}) => (/^(?:to|in|from|near|at|of|through)$/.test(before) ? 'Redding' : undefined),
	},
];
