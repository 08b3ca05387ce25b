import {readFileSync} from 'node:fs';
import test from 'ava';
import type {EnglishPhonemizer} from '../../../lib/phonemes/english/phonemizer.js';
import {loadEnglish} from '../../helpers/english.js';

let english: EnglishPhonemizer;
test.before(async () => {
	english = await loadEnglish('us');
});

/** A sentence, the word in question (its last occurrence), and how it is said there. */
const sentences: readonly (readonly [string, string, string])[] = [
	['She read the book yesterday.', 'read', 'ɹˈɛd'],
	['I read it as a child.', 'read', 'ɹˈɛd'],
	['I have read it.', 'read', 'ɹˈɛd'],
	['I read every day.', 'read', 'ɹˈid'],
	['He will read it.', 'read', 'ɹˈid'],
	['Read the book.', 'Read', 'ɹˈid'],
	['They live near here.', 'live', 'lˈɪv'],
	['The band played live.', 'live', 'lˈIv'],
	['It was live music.', 'live', 'lˈIv'],
	['Smith lives at home.', 'lives', 'lˈɪvz'],
	['Our lives matter.', 'lives', 'lˈIvz'],
	['The wind is cold.', 'wind', 'wˈɪnd'],
	['It began to wind through the trees.', 'wind', 'wˈInd'],
	['I object to that.', 'object', 'əbʤˈɛkt'],
	['An object on the table.', 'object', 'ˈɑbʤəkt'],
	['He will present it.', 'present', 'pɹizˈɛnt'],
	['A present for you.', 'present', 'pɹˈɛzᵊnt'],
	['A tear fell.', 'tear', 'tˈɪɹ'],
	['I began to tear it.', 'tear', 'tˈɛɹ'],
	['Please close the door.', 'close', 'klˈOz'],
	['Stop. Close the door.', 'Close', 'klˈOz'],
	['We are close to home.', 'close', 'klˈOs'],
	['The dove dove into the water.', 'dove', 'dˈOv'],
	['The dove flew.', 'dove', 'dˈʌv'],
	['He decided to desert her.', 'desert', 'dəzˈɜɹt'],
	['In the desert.', 'desert', 'dˈɛzəɹt'],
	['I use it.', 'use', 'jˈuz'],
	['It is of no use.', 'use', 'jˈus'],
	['The use of it.', 'use', 'jˈus'],
	['Excuse me.', 'Excuse', 'ɪkskjˈuz'],
	['A lame excuse.', 'excuse', 'ɪkskjˈus'],
	['A conservative estimate.', 'estimate', 'ˈɛstəmət'],
	['We estimate it.', 'estimate', 'ˈɛstəmˌAt'],
	['He wound the clock.', 'wound', 'wˈWnd'],
	['The wound healed.', 'wound', 'wˈund'],
	['It was a deliberate attempt.', 'deliberate', 'dəlˈɪbəɹət'],
	['Look at that chicken.', 'that', 'ðˈæt'],
	['Think of that.', 'that', 'ðˈæt'],
	['I know that he left.', 'that', 'ðæt'],
	['The word that could help.', 'that', 'ðæt'],
	['She said that that was wrong.', 'that', 'ðˈæt'],
	['They read books daily.', 'read', 'ɹˈid'],
	['When I read the news I was shocked.', 'read', 'ɹˈɛd'],
	['The sign read Closed.', 'read', 'ɹˈɛd'],
	['Did you read it?', 'read', 'ɹˈid'],
	['The show goes live now.', 'live', 'lˈIv'],
	['My most intimate friend.', 'intimate', 'ˈɪntəmət'],
	['A buck and the does.', 'does', 'dˈOz'],
	['It was for the invalid.', 'invalid', 'ˈɪnvəlɪd'],
	['The bass guitar of the man who caught a trout.', 'bass', 'bˈAs'],
	['Live long and prosper.', 'Live', 'lˈɪv'],
	['The river winds slowly.', 'winds', 'wˈIndz'],
	['It is used to cut wood.', 'used', 'jˈuzd'],
	['I am used to hard work.', 'used', 'jˈust'],
	['He plays bass.', 'bass', 'bˈAs'],
	['She caught a bass.', 'bass', 'bˈæs'],
	['It was made of lead.', 'lead', 'lˈɛd'],
	['He was in the lead.', 'lead', 'lˈid'],
	['She took a bow.', 'bow', 'bˈW'],
	['A bow and arrow.', 'bow', 'bˈO'],
	['The bow of the ship.', 'bow', 'bˈW'],
	['They had a row.', 'row', 'ɹˈW'],
	['A row of seats.', 'row', 'ɹˈO'],
	['He got his just deserts.', 'deserts', 'dəzˈɜɹts'],
	['In minute detail.', 'minute', 'mInˈut'],
	['A minute later.', 'minute', 'mˈɪnət'],
	['Website content.', 'content', 'kˈɑntɛnt'],
	['She is content.', 'content', 'kəntˈɛnt'],
	['Send your resume.', 'resume', 'ɹˈɛzəmˌA'],
	['To resume work.', 'resume', 'ɹəzˈum'],
	['They live in Nice.', 'Nice', 'nˈis'],
	['A nice day.', 'nice', 'nˈIs'],
];

for (const [sentence, word, phonemes] of sentences) {
	test(`${word} in "${sentence}"`, async t => {
		const {words, phonemes: all} = await english.phonemize(sentence);
		const found = words.findLast(({textStart, textEnd}) => sentence.slice(textStart, textEnd) === word);
		t.is(found && all.slice(found.start, found.end), phonemes);
	});
}

/** Sentences written without a look at the rules, the word in question between stars, and how it is said there. */
const lines = readFileSync(new URL('./heteronym-lines.tsv', import.meta.url), 'utf8')
	.trim()
	.split('\n');

test('heteronyms in sentences of every kind', async t => {
	t.true(lines.length > 500);
	for (const line of lines) {
		const [marked = '', phonemes] = line.split('\t');
		const sentence = marked.replaceAll('*', '');
		const at = marked.indexOf('*');
		const {words, phonemes: all} = await english.phonemize(sentence);
		const found = words.find(({textStart, textEnd}) => textStart <= at && at < textEnd);
		t.is(found && all.slice(found.start, found.end), phonemes, marked);
	}
});
