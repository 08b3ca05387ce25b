import type {Tag} from './tags.js';

const classes: readonly (readonly [Tag, string])[] = [
	[
		'DT',
		'a an the this these those each every either neither some any no another both my your his her its our their whose many few several such what which',
	],
	[
		'PRP',
		"i you he she it we they who me him us them myself himself herself itself themselves yourself ourselves let's lets someone everyone anyone nobody everybody somebody anybody nothing something everything anything",
	],
	[
		'MD',
		"can could will would shall should may might must cannot can't couldn't won't wouldn't shan't shouldn't mustn't needn't do does did don't doesn't didn't i'll you'll he'll she'll it'll we'll they'll that'll i'd you'd he'd she'd we'd they'd please",
	],
	['TO', 'to'],
	[
		'BE',
		"am is are was were be been being isn't aren't wasn't weren't ain't i'm you're he's she's it's we're they're that's there's what's who's here's",
	],
	['HAVE', "have has had having haven't hasn't hadn't i've you've we've they've could've would've should've"],
	['CC', 'and or but nor'],
	[
		'IN',
		'in of on at by for with from into through over under about after before between against during without within upon among amongst behind beyond beside besides across along around near off onto toward towards until till since like per via beneath above below past despite than as if because though although while when where whether whereas unless',
	],
	[
		'ADV',
		'not never always often also just really then still ever even only soon now already again too so here there quite rather almost',
	],
	[
		'CD',
		'zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million',
	],
];

/** Function words and numbers, in small letters, with the part of speech they mostly have. */
export const closedClass: ReadonlyMap<string, Tag> = new Map(
	classes.flatMap(([tag, words]) => words.split(' ').map(word => [word, tag] as const)),
);

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Words that are said otherwise as adjectives, and those whose common reading is the adjective's. */
export const adjectives = set(
	'close closer closest live present perfect separate absent content deliberate elaborate articulate animate compact converse diffuse learned legitimate intimate moderate subordinate degenerate desolate alternate appropriate approximate associate consummate frequent invalid overall nearby',
);
/** Past forms that are spelled like the present. */
export const sameInPast = set('read reread re-read wound upset');
/** After these an adjective is one: "my most intimate friend". */
export const degrees = set('most more very so too as less least quite rather how highly');
/** What goes live. */
export const broadcasts = set(
	'go goes going went gone air airs aired broadcast broadcasts perform performs performed play plays played stream streams streamed come comes coming',
);
/** What shows that a sentence is not a story told in the past. */
export const presentTense = set(
	"is are am do don't does doesn't every usually often never rarely seldom sometimes now always will can can't let's if when please daily",
);
/** What shows that it is one, whatever else stands there. */
export const pastTense = set(
	"was were wasn't weren't had hadn't did didn't yesterday ago went said took came saw told knew thought found left gave got began",
);
/** What things are used to do. */
export const purposes = set(
	'make cut measure describe create build find help get give keep show store send connect control remove add set test train treat define determine produce refer represent run support indicate identify calculate clean cook improve prevent protect provide reduce pay buy carry cover detect diagnose display draw drive estimate evaluate explain fill generate handle hold identify increase indicate lift manage mark model monitor move open process purchase record replace secure separate solve start stop study teach track transport travel write',
);
/** Nouns in the plural without an s. */
export const plurals = set(
	'people men women children they police folk mice geese sheep fish both all most others',
);
/** What makes one of many, so that a plural behind it only says of what kind: "a police escort". */
export const singling = set('a an another each every one');
/** Plural in form alone, before a noun: "sports record". */
export const attributive = set(
	'sports sales news arms systems goods savings customs operations communications politics physics mathematics economics women men children species series',
);
/** Forms of common verbs that look like nouns in the plural. */
export const verbs = set(
	'makes takes gets gives says goes comes keeps seems looks feels becomes remains sounds needs wants lets helps stays sits stands gets appears proves tastes smells',
);
/** What may open a sentence before a verb that tells the reader what to do. */
export const openers = set(
	'first second third then next now instead once finally kindly simply just otherwise please people let',
);
/** Before these a thing "wound" its way. */
export const winding = set(
	'through around round along up down its his her their across between past back into toward towards',
);
/** Adverbs that stand behind verbs, as prepositions do. */
export const particles = set('up down out away back forward around apart together ahead');
/** Verbs that take "that" as their object rather than open a clause with it. */
export const takesThat = set(
	'take took get got give gave have has had watch call called put do does did like bear use used read leave left make made keep kept hold stop bring buy eat all only not just even want wanted need love hate up down out off over back is was mean does about',
);
/** "WHO" before these is the World Health Organization. */
export const afterWHO = set(
	'says said warns warned declares declared chief officials guidelines report reports data director estimates estimated recommends recommended member headquarters experts scientists spokesman spokeswoman announced advises',
);
/** What signs are called, between the letters of a formula. */
export const signs = set('is to equals plus minus times slash dash underscore divided squared');
/** "IT" before these is information technology. */
export const afterIT = set(
	'department departments support manager managers team teams staff industry sector specialist consultant professional professionals systems security infrastructure services director job jobs company companies equipment',
);
