import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {lexiconKey} from '../../lib/lexicon/entries.js';
import {readLexicon} from '../../lib/lexicon/read.js';

async function read(t: ExecutionContext, content: string | Uint8Array) {
	const folder = mkdtempSync(join(tmpdir(), 'speechpipe-lexicon-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	writeFileSync(join(folder, 'words'), content);
	return readLexicon(join(folder, 'words'));
}

const pls = (lexemes: string, attributes = 'alphabet="ipa" xml:lang="en-US"') =>
	`<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" ${attributes}>
${lexemes}
</lexicon>`;

test('PLS: graphemes, phonemes, aliases, the preferred one, the language', async t => {
	const entries = await read(
		t,
		pls(`<meta name="a" content="b"/>
<lexeme xml:id="a"><grapheme>nginx</grapheme><grapheme> NGINX </grapheme><alias>engine &amp; x</alias><example>nginx runs</example></lexeme>
<lexeme role="x"><grapheme>gif</grapheme><phoneme>ɡɪf</phoneme><phoneme prefer="true"><![CDATA[dʒɪf]]></phoneme></lexeme>
<lexeme><grapheme>a</grapheme><phoneme alphabet="ipa">&#x259;</phoneme></lexeme>`),
	);
	t.deepEqual(entries, [
		{grapheme: 'nginx', said: 'engine & x', language: 'en-US'},
		{grapheme: 'NGINX', said: 'engine & x', language: 'en-US'},
		{grapheme: 'a', said: '/ə/', language: 'en-US'},
		{grapheme: 'gif', said: '/dʒɪf/', language: 'en-US'},
	]);
});

test('PLS: of homographs the one without a role holds, else the first', async t => {
	const lexeme = (grapheme: string, said: string, role = '') =>
		`<lexeme${role}><grapheme>${grapheme}</grapheme><alias>${said}</alias></lexeme>`;
	const entries = await read(
		t,
		pls(
			[
				lexeme('read', 'red', ' role="claws:VVD"'),
				lexeme('read', 'reed'),
				lexeme('live', 'liv', ' role="claws:VVI"'),
				lexeme('live', 'lyve', ' role="claws:JJ"'),
			].join('\n'),
		),
	);
	t.deepEqual(
		entries.map(({grapheme, said}) => `${grapheme}: ${said}`),
		['read: reed', 'live: liv'],
	);
});

test('JSON: an object, or entries', async t => {
	t.deepEqual(await read(t, '{"nginx": "engine x", "a": "/ə/"}'), [
		{grapheme: 'nginx', said: 'engine x'},
		{grapheme: 'a', said: '/ə/'},
	]);
	t.deepEqual(await read(t, '[{"grapheme": "a", "said": "b", "language": "en"}]'), [
		{grapheme: 'a', said: 'b', language: 'en'},
	]);
});

const lexeme = '<lexeme><grapheme>a</grapheme>';
const malformed: readonly (readonly [name: string, content: string | Uint8Array, message: RegExp])[] = [
	[
		'a DOCTYPE with entities',
		'<!DOCTYPE lexicon [<!ENTITY a "b">]>\n<lexicon/>',
		/words:1: a DOCTYPE is not read/,
	],
	['an entity of its own', pls(`\n${lexeme}<alias>&own;</alias></lexeme>`), /words:4: .*entity/],
	['another root', '<html/>', /words:1: the root must be <lexicon/],
	['another namespace', '<lexicon alphabet="ipa"/>', /words:1: the root must be/],
	['XML that is cut off', pls(lexeme).slice(0, -20), /words:\d: .*unclosed|words:\d: /],
	[
		'another alphabet',
		pls(`${lexeme}<phoneme alphabet="x-sampa">a</phoneme></lexeme>`),
		/words:3: .*not in x-sampa/,
	],
	['no alphabet', pls(`${lexeme}<phoneme>a</phoneme></lexeme>`, ''), /words:3: .*one without a name/],
	['a lexeme that says nothing', pls(`${lexeme}</lexeme>`), /words:3: "a" has neither/],
	[
		'a lexeme without a grapheme',
		pls('<lexeme><alias>a</alias></lexeme>'),
		/words:3: a lexeme has no grapheme/,
	],
	['an empty phoneme', pls(`${lexeme}<phoneme> </phoneme></lexeme>`), /words:3: "a" has nothing/],
	['JSON that is none', '{"a": "b",\n"c" "d"}', /words:2: it is no JSON/],
	['JSON of another shape', '"nginx"', /it must be an object/],
	['a value that is no string', '{"a": "b",\n\n"c": 5}', /words:3: "c" must be said as a string/],
	['an entry without a word', '[\n{"said": "b"}]', /each entry must be/],
	['a language that is none', '[{"grapheme": "a", "said": "b", "language": 5}]', /BCP 47/],
	['an empty file', '', /no JSON/],
	['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /not UTF-8/],
];
for (const [name, content, message] of malformed) {
	test(`refused with its place: ${name}`, async t => {
		await t.throwsAsync(read(t, content), {code: 'LEXICON_INVALID', message});
	});
}

test('a file that is not there is named', async t => {
	await t.throwsAsync(readLexicon('/nowhere/words.json'), {
		code: 'FILE_FAILED',
		message: /\/nowhere\/words\.json .*no such file/,
	});
	await t.throwsAsync(readLexicon('/'), {code: 'FILE_FAILED', message: /directory/});
});

test('the key of a lexicon tells what it says, not how it is written', t => {
	const key = lexiconKey({a: 'b', c: '/d/'});
	t.regex(key, /^[0-9a-f]{64}$/);
	t.is(
		lexiconKey([
			{grapheme: 'c', said: '/d/'},
			{grapheme: 'a', said: 'x'},
			{grapheme: 'a', said: 'b'},
		]),
		key,
	);
	t.not(lexiconKey({a: 'b', c: '/e/'}), key);
	t.not(lexiconKey([{grapheme: 'a', said: 'b', language: 'en'}]), lexiconKey({a: 'b'}));
	t.is(lexiconKey({}), '');
	t.is(lexiconKey(undefined), '');
});
