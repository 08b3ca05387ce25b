import type {Tag} from './tags.js';

const classes: readonly (readonly [Tag, string])[] = [
	[
		'DT',
		'a an the this these those each every either neither some any no another both all my your his her its our their whose',
	],
	['PRP', 'i you he she it we they who me him us them'],
	[
		'MD',
		"can could will would shall should may might must ca wo cannot can't couldn't won't wouldn't shan't shouldn't mustn't do does did don't doesn't didn't i'll you'll he'll she'll it'll we'll they'll i'd you'd he'd she'd we'd they'd",
	],
	['TO', 'to'],
	[
		'IN',
		'in of on at by for with from into through over under about after before between against during without within upon among if because that as than',
	],
];

/** Function words, in small letters, with the part of speech they mostly have. */
export const closedClass: ReadonlyMap<string, Tag> = new Map(
	classes.flatMap(([tag, words]) => words.split(' ').map(word => [word, tag] as const)),
);
