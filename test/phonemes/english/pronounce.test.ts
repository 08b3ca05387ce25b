import test from 'ava';
import type {EnglishPhonemizer} from '../../../lib/phonemes/english/phonemizer.js';
import {loadEnglish} from '../../helpers/english.js';

let us: EnglishPhonemizer;
let gb: EnglishPhonemizer;
test.before(async () => {
	us = await loadEnglish('us');
	gb = await loadEnglish('gb');
});

const american: {readonly [rule: string]: readonly (readonly [string, string])[]} = {
	'gold before silver': [['vermouth', 'vəɹmˈuθ']],
	'regular -s': [['cats dogs horses', 'kˈæts dˈɔɡz hˈɔɹsᵻz']],
	"regular -'s": [["Ukridge's, the cat’s", 'ˈʌkɹɪʤᵻz, ðə kˈæts']],
	'regular -ed': [
		['re-opened', 'ɹˌiˈOpᵊnd'],
		['emailed tweeted', 'ˈimˌAld twˈiTᵻd'],
	],
	'regular -ing': [['emailing', 'ˈimˌAlɪŋ']],
	'initialisms are spelled, the last letter stressed': [
		['the FBI', 'ði ˌɛfbˌiˈI'],
		['CEOs', 'sˌiˌiˈOz'],
		['the U.K.', 'ðə jˌukˈA.'],
	],
	'words in capitals': [
		['NASA', 'nˈæsə'],
		['He SHOUTED', 'hˌi ʃˈWTᵻd'],
		['HELLO WORLD', 'həlˈO wˈɜɹld'],
		['tell US', 'tˈɛl jˌuˈɛs'],
		['the IT department', 'ði ˌItˈi dəpˈɑɹtmənt'],
	],
	'capitals stress what has no stress': [
		['And so', 'ˌænd sˌO'],
		['it IS so', 'ɪt ˈɪz sˌO'],
	],
	'a, an': [['a cat, an apple, plan A.', 'ɐ kˈæt, ɐn ˈæpᵊl, plˈæn ˈA.']],
	the: [['the cat, the apple, THE END of it', 'ðə kˈæt, ði ˈæpᵊl, ðˈi ˈɛnd ʌv ɪt']],
	to: [['to go to Africa to.', 'tə ɡˌO tʊ ˈæfɹəkə tu.']],
	in: [['in it, come in.', 'ɪn ɪt, kˈʌm ˈɪn.']],
	by: [['by me, by.', 'bI mˌi, bˈI.']],
	am: [['I am here. I am.', 'ˌI ɐm hˈɪɹ. ˌI æm.']],
	used: [['I used to use a used car.', 'ˌI jˈust tə jˈuz ɐ jˈuzd kˈɑɹ.']],
	contractions: [
		["don't I'm we've they'll", 'dˈOnt ˌIm wiv ðAl'],
		["Ukridge'll", 'ˈʌkɹɪʤəl'],
		['o’clock', 'əklˈɑk'],
	],
	'dropped letters': [
		["'tis ’em ’ave you", 'tˈɪz əm æv ju'],
		["rock 'n' roll", 'ɹˈɑk ən ɹˈOl'],
	],
	compounds: [
		['well-known', 'wˌɛlnˈOn'],
		['twenty-two-year-old', 'twˈɛntitˌujˌɪɹˈOld'],
		['re-read it', 'ɹˌiɹˈid ɪt'],
	],
	'mixed case': [
		['iPhone MacBook', 'ˈIfˌOn mˈækbˌʊk'],
		['USB-C', 'jˌuˌɛsbˈisˌi'],
	],
	accents: [
		['café façade', 'kæfˈA fəsˈɑd'],
		['cafe\u0301', 'kæfˈA'],
		['résumé', 'ɹˈɛzəmˌA'],
		['Manœuvres', 'mənˈuvəɹz'],
	],
	'Irish names': [["O'Neill", 'Onˈil']],
	'a period may end an abbreviation and the sentence': [
		['at 5 p.m. The', 'æt fˈIv pˌiˈɛm. ðə'],
		['Dr. Who', 'dˈɑktəɹ hˌu'],
	],
	'dropped g': [["dancin' and goin'", 'dˈænsɪn ænd ɡˈOən']],
	'names that the lexicons lack': [
		['Beethoven, Goethe and Siobhan', 'bˈAtˌOvən, ɡˈɜɹTə ænd ʃɪvˈɔn'],
		['nginx, JSON', 'ˈɛnʤən ˈɛks, ʤˈAsən'],
	],
	headlines: [['FBI SAYS STOCKS FALL', 'ˌɛfbˌiˈI sˈɛz stˈɑks fˈɔl']],
	emoji: [
		['Great 👍🏽 job 😂😂 now', 'ɡɹˈAt, θˈʌmz ˌʌp, mˈidiəm skˈɪn tˈOn, ʤˈɑb, fˈAs wɪð tˈɪɹz ʌv ʤˈY, nˈW'],
		['I ❤️ it. ©', 'ˌI, ɹˈɛd hˈɑɹt, ɪt.'],
	],
	'rarer endings, two words in one': [
		['merest, pleasanter, Devonshire', 'mˈɪɹᵻst, plˈɛzᵊntəɹ, dˈɛvᵊnʃəɹ'],
		['coastguards, PlayStation, Hartman', 'kˈOstɡɑɹdz, plˈAstˌAʃən, hˈɑɹtmən'],
	],
	guesses: [
		['Ukridge', 'ˈʌkɹɪʤ'],
		['Snorgle', 'snˈɔɹɡᵊl'],
	],
	'punctuation is a phoneme': [
		['Wait... what?! No — yes, (really): “so”; "ok"', 'wˈAt... wˌʌt?! nˈO — jˈɛs, (ɹˈiᵊli): “sˌO”; “ˌOkˈA”'],
	],
	numbers: [
		['$3.50', 'θɹˈi dˈɑləɹz ænd fˈɪfti sˈɛnts'],
		['3.2', 'θɹˈi pYnt tˈu'],
	],
	'other scripts give nothing': [
		['Hello 世界 Привет.', 'həlˈO.'],
		['Yes. 世界. No?!', 'jˈɛs. nˈO?!'],
	],
	'nothing to say': [
		['', ''],
		[' \n', ''],
		['世界', ''],
		['\0\ud800', ''],
	],
};
for (const [rule, table] of Object.entries(american)) {
	for (const [text, phonemes] of table) {
		test(`${rule}: ${JSON.stringify(text)}`, async t => t.is((await us.phonemize(text)).phonemes, phonemes));
	}
}

const british: readonly (readonly [string, string])[] = [
	['She dances; it was wanted.', 'ʃˌiː dˈɑːnsɪz; ɪt wɒz wˈɒntɪd.'],
	['I used to go to Ukridge', 'ˌI jˈuːst tə ɡˌQ tʊ ˈʌkɹɪʤ'],
	['£250', 'tˈuː hˈʌndɹəd and fˈɪfti pˈWndz'],
	['storing', 'stˈɔːɹɪŋ'],
	['far away, far off. More', 'fˈɑːɹ əwˈA, fˈɑːɹ ˈɒf. mˈɔː'],
	['butter, water', 'bˈʌtə, wˈɔːtə'],
	['from A to Z', 'fɹɒm ˈA tə zˈɛd'],
	['Lieutenant, schedule', 'lɛftˈɛnənt, ʃˈɛdjuːl'],
	['GitHub', 'ɡˈɪthˌʌb'],
];
for (const [text, phonemes] of british) {
	test(`British: ${text}`, async t => t.is((await gb.phonemize(text)).phonemes, phonemes));
}

test('a word of which the network has no idea is spelled', async t => {
	const {EnglishPhonemizer} = await import('../../../lib/phonemes/english/phonemizer.js');
	const {loadLexicon} = await import('../../helpers/english.js');
	const clueless = new EnglishPhonemizer({
		variety: 'us',
		lexicon: await loadLexicon('us'),
		guess: async () => '',
	});
	t.is((await clueless.phonemize('xqz')).phonemes, 'ˌɛkskjˌuzˈi');
});

test('what a guess gives beyond the alphabet is dropped', async t => {
	const {EnglishPhonemizer} = await import('../../../lib/phonemes/english/phonemizer.js');
	const {loadLexicon} = await import('../../helpers/english.js');
	const odd = new EnglishPhonemizer({
		variety: 'us',
		lexicon: await loadLexicon('us'),
		guess: async () => 'ˈɑ1-ʀy(b',
	});
	t.is((await odd.phonemize('xqz')).phonemes, 'ˈɑb');
});
