/** Hard lines that the reference reads wrong, or that may be read otherwise too: why, and the reading that is as right. */
const lines: readonly (readonly [why: string, text: string, phonemes: string])[] = [
	[
		'"object" is a verb here',
		'I object to that object on the table.',
		'ˌI əbʤˈɛkt tə ðˈæt ˈɑbʤəkt ˌɔn ðə tˈAbᵊl.',
	],
	['the second "dove" is the verb', 'The dove dove into the water.', 'ðə dˈʌv dˈOv ˈɪntu ðə wˈɔTəɹ.'],
	[
		'the colon and the dot are part of the address',
		'Visit https://example.com/docs or write to info@example.org.',
		'vˈɪzət ˌAʧtˌitˌipˌiˈɛs kˈOlən slˈæʃ slˈæʃ ɪɡzˈæmpəl dˈɑt kˈɑm slˈæʃ dˈɑks ɔɹ ɹˈIt tʊ ˈɪnfO æt ɪɡzˈæmpəl dˈɑt ˈɔɹɡ.',
	],
	[
		'the reference guessed the words after the quotes',
		'"Don\'t you think," she said, "that it\'s the Joneses\' dog?"',
		'“dˈOnt ju θˈɪŋk,” ʃi sˈɛd, “ðæt ɪts ðə ʤˈOnzᵻz dˈɔɡ?”',
	],
	[
		'O\'Neill rhymes with "feel"',
		"Mr. and Mrs. O'Neill, Ph.D., met Prof. J. R. R. Tolkien.",
		'mˈɪstəɹ ænd mˈɪsɪz Onˈil, pˌiˌAʧdˈi, mˈɛt pɹəfˈɛsəɹ ʤˈA ˈɑɹ ˈɑɹ tˈɔlkiən.',
	],
	[
		'"I\'d\'ve" has two syllables',
		"I'd've gone if you'd asked; they're y'all's friends.",
		'ˌIdəv ɡɔn ɪf jud ˈæskt; ðɛɹ jˈɔlz fɹˈɛndz.',
	],
	[
		'the points of a version are said',
		'Version 2.0.1 was released on 2024-03-15.',
		'vˈɜɹʒən tˈu pYnt zˈɪɹO pYnt wˈʌn wʌz ɹəlˈist ˌɔn mˈɑɹʧ fˌɪftˈinθ, twˈɛnti twˈɛnti fˈɔɹ.',
	],
	[
		'a ratio is "to", a size is "by"',
		'The ratio is 16:9, e.g. 1920x1080.',
		'ðə ɹˈAʃiO ɪz sˌɪkstˈin tə nˈIn, ˌiʤˈi nˌIntˈin twˈɛnti bI tˈɛn ˈATi.',
	],
	[
		'a lead pipe is of metal, and Reading is a town',
		'The lead singer led the lead pipe to Reading for reading.',
		'ðə lˈid sˈɪŋəɹ lˈɛd ðə lˈɛd pˈIp tə ɹˈɛdɪŋ fɔɹ ɹˈidɪŋ.',
	],
	[
		'the minutes of 23:59 are stressed like those of 9:30',
		'It happened at 12:05, 7:00, and 23:59.',
		'ˌɪt hˈæpənd æt twˈɛlv ˈO fˈIv, sˈɛvən əklˈɑk, ænd twˈɛnti θɹˈi fˈɪfti nˈIn.',
	],
	[
		'"in." is inches',
		'Approximately 6 ft. 2 in. tall and 180 lbs.',
		'əpɹˈɑksəmətli sˈɪks fˈit tˈu ˈɪnʧᵻz tˈɔl ænd wˈʌn hˈʌndɹəd ˈATi pˈWndz.',
	],
	[
		'a span of years is "to"',
		'He won by 3-2 in 1999-2000.',
		'hˌi wˈʌn bI θɹˈi tə tˈu ɪn nˌIntˈin nˈIndi nˈIn tə tˈu θˈWzᵊnd.',
	],
	[
		'names of software as their makers say them: koo-ber-NET-eez, post-gres Q L, engine X',
		'Kubernetes, PostgreSQL, and Nginx run on localhost:8080.',
		'kˌubəɹnˈɛTiz, pˈOstɡɹɛs kjˌuˈɛl, ænd ˈɛnʤən ˈɛks ɹˈʌn ˌɔn lˈOkəlhˌOst ˈATi ˈATi.',
	],
	[
		'of a compound the first part bears the stress',
		'A MacBook, an hour, a unicorn, an MBA, a one-off.',
		'ɐ mˈækbˌʊk, ɐn ˈWəɹ, ɐ jˈunəkˌɔɹn, ɐn ˌɛmbˌiˈA, ɐ wˈʌnˌɔf.',
	],
	[
		'JSON is a word',
		'Use the C++ API & the JSON-LD format @ 100%.',
		'jˈuz ðə sˈi plˈʌs plˈʌs ˌApˌiˈI ænd ðə ʤˈAsənɛldˌi fˈɔɹmˌæt æt wˈʌn hˈʌndɹəd pəɹsˈɛnt.',
	],
	[
		'açaí and jalapeño as dictionaries have them, not by their letters',
		'The quinoa, açaí, and jalapeño smoothie was délicieux.',
		'ðə kˈinwˌɑ, ˌɑsɑˈi, ænd hˌæləpˈAnjO smˈuði wʌz dˈAlɪsɪʌ.',
	],
	[
		'the lexicon has "ASAP" as two syllables',
		'The CEO\'s e-mail said: "ASAP, pls."',
		'ðə sˌiˌiˈOz ˈimˌAl sˈɛd: “ˈAsæp, pˌiˌɛlˈɛs.”',
	],
];

/** Words that the reference has wrong wherever they stand: why, its reading, and the right one. */
const words: readonly (readonly [why: string, wrong: string, right: string])[] = [
	['Phyllis ends as "this" does', 'fˈɪliz', 'fˈɪlɪs'],
	['Regis has a stress, on "ree"', 'ɹᵻʤɪs', 'ɹˈiʤɪs'],
	['Featherstonehaugh is Fanshaw', 'fˈɛðəɹstˌOnhɔ', 'fˈænʃˌɔ'],
	['the a of "blasé" is that of "father"', 'blæzˈA', 'blɑzˈA'],
];

/** The reference's reading of a line, with what it always has wrong put right. */
export const corrected = (reference: string) =>
	words.reduce((text, [, wrong, right]) => text.replaceAll(wrong, right), reference);

/** Readings that are right beside the reference's, by the line's text. */
export const accepted: ReadonlyMap<string, string> = new Map(
	lines.map(([, text, phonemes]) => [text, phonemes]),
);
