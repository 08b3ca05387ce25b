import test from 'ava';
import {Segmenter, type SegmenterOptions, type TextRange} from '../../lib/text/segmenter.js';

/** The ranges of a text given at once, without the first-clause rule unless asked for. */
function segment(text: string, options: Partial<SegmenterOptions> = {}): TextRange[] {
	const segmenter = new Segmenter({maxLength: 400, firstClause: Infinity, ...options});
	return [...segmenter.push(text), ...segmenter.flush()];
}

/** `|` stands where ranges meet; it is no part of the text. */
function splits(
	language: string,
	name: string,
	marked: string,
	options: Partial<SegmenterOptions> = {},
): void {
	test(`${language}: ${name}`, t => {
		const expected = marked.split('|');
		t.deepEqual(
			segment(expected.join(''), {language, ...options}).map(({text}) => text),
			expected,
		);
	});
}

splits('en', 'sentences', 'One. |Two! |Three? |Four');
splits('en', 'titles', 'Mr. and Mrs. Smith met Dr. Who and Prof. X at St. Mary. |They left.');
splits('en', 'titles in capitals', 'MR. SMITH met DR. JONES. |THEY LEFT.');
splits('en', 'for example', 'Use tools, e.g. Git, i.e. The tool, vs. Others, etc. and so on. |Good.');
splits('en', 'etc. at the end of a sentence', 'Apples, pears, etc. |The rest was gone.');
splits('en', 'times of day', 'They left at 5 p.m. |The train came at 6 p.m. Monday, at 7 a.m. as usual.');
splits('en', 'states', 'The U.S. Government paid. |He lives in the U.S. |He likes it. |I saw the U.S. team.');
splits(
	'en',
	'months and days',
	'On Jan. 5 and Sept. 12 it rained. |It rained on Mon. |The sun came in Feb. |Then',
);
splits('en', 'numbered things', 'See Fig. 3, No. 5, pp. 12-14 and vol. 2 for more. |No. |She said no.');
splits(
	'en',
	'initials',
	'J. R. R. Tolkien, J.R.R. Tolkien and George W. Bush met. |It was plan B. |The end.',
);
splits('en', 'the pronoun I', 'So did I. |Then we left.');
splits('en', 'companies', 'Apple Inc. makes phones. |He works for Apple Inc. |The pay is good.');
splits('en', 'decimals and versions', 'Pi is 3.14. |Version 1.2.3 is out. |It costs $3.50, .5 more.');
splits('en', 'a sentence that begins with digits', 'He bought apples. |3 of them were bad.');
splits('en', 'ellipses before lower case', 'Wait... what? |He left… and came back. |Well . . . no.');
splits('en', 'ellipses before capitals', 'She left... |Then he came… |Nothing.');
splits(
	'en',
	'speech with its verb',
	'“Stop!” he said. |"Really?" asked Tom. |‘Go!’ cried she. |“I…” she began.',
);
splits('en', 'speech by speech', '“Go.” |“No!” |"Why?" |"Because."');
splits('en', 'a comma behind the quote', '“Stop!”, he said.');
splits('en', 'quotes within', 'He said "Stop!" and left. |She said "Yes." |Then "No."');
splits('en', 'a straight quote with a letter behind it', 'He said "Stop."then left. |Yes.');
splits('en', 'brackets', 'It works (yes, really!) and well. |(It does.) |[Laughs.] |Good (etc.) and well.');
splits('en', 'emphasis', '**Stop.** |*Go!* |_No._ |Yes.');
splits('en', 'footnote numbers', 'It is so.[1][23] |Others differ.[4]');
splits(
	'en',
	'addresses',
	'See https://example.com/docs.html?q=1.2&x=y!z or a.b@c.org. |Open readme.md. |Go to example.com. |Yes.',
);
splits('en', 'marks in a row', 'What?! |No!!! |Why?? |Oh!? |Yes.');
splits('en', 'interjections', '“Ah! this is good. |Stop! stop!” he cried. |Yahoo! is a name.');
splits('en', 'lower case throughout', 'what? |no! |hi there. how are you? |fine.');
splits('en', 'emoji behind the stop', 'Great!😀 |Fine. |👨‍👩‍👧 Hi! |Wow!👨‍👩‍👧🇩🇪👍🏽 |Yes.');
splits('en', 'numbered items', '1. First thing.\n|2. Second thing.\n|10. Tenth');
splits('en', 'lettered items', 'a) one\n|b) two\n|(c) three');
splits('en', 'bulleted items', 'Groceries\n|- Milk\n|- Eggs\n|* Ham\n|• Tea');
splits(
	'en',
	'items behind a colon',
	'These things are needed for the work that comes next, without fail:\n|- Milk\n|- Eggs',
);
splits('en', 'headings', '# The title\n|The text begins\nhere. |It ends.\n|## Next\n|More');
splits(
	'en',
	'paragraphs',
	'Title\n\n|One\nand one. |Two.\r\n\r\n|Three\n \t \n|Four\u2029|Five\r\r|Six\u0085\u0085|Seven',
);
splits(
	'en',
	'hard-wrapped prose',
	'It was a bright cold day in April, and the clocks were striking thirteen;\n' +
		'12. was the number of the house - as far as Winston, coming with old Mr.\n' +
		'Smith, could tell from where he stood behind the barrows of the market\n' +
		'- and the wind was vile. |He slipped quickly\nthrough the glass doors of “Victory?”\n' +
		'and went up.\n|Then he stood.',
);
splits('en', 'white space around', ' \n\n One.  \t |Two. \n ');
splits('en', 'no space behind the stop', 'End.Next one!Then?yes. |Good.');
splits(
	'de',
	'abbreviations',
	'Das ist z. B. Hunden, z.B. Katzen, d. h. Tieren, bzw. Dr. Müllers, ca. 5 Mio. Euro wert. |Gut.',
);
splits('de', 'usw.', 'Er kaufte Brot, Butter usw. |Dann ging er.');
splits(
	'de',
	'ordinals',
	'Am 3. Oktober, im 2. Weltkrieg, bei Karl dem 5. Mai war es. |Es war 1990. |Das war gut.',
);
splits('de', 'quotes', '„Halt!“, sagte er. |„Halt!“ sagte er. |„Nein.“ |»Doch!« |Er ging.');
splits('fr', 'spaced marks and guillemets', '« Quoi ? » dit-il. |« Oui ! » |Elle partit. |Vraiment ? |Oui !');
splits('fr', 'no-break spaces', '«\u00A0Quoi\u202F?\u00A0» dit-il. |«\u00A0Oui\u202F!\u00A0» |Elle partit.');
splits(
	'fr',
	'abbreviations',
	'M. Dupont et Mme. Durand, cf. Le Monde, p. 5, av. J.-C. et après. |Il partit, etc. |Les autres aussi.',
);
splits('es', 'inverted marks', '¿Qué? |¡No! |¿Quién es? |Es él.');
splits(
	'es',
	'abbreviations',
	'El Sr. López y la Dra. Ruiz viven en EE. UU. desde 1990, pág. 5. |Es así. |Ud. López, etc. |Y más.',
);
splits(
	'it',
	'abbreviations',
	'Il Sig. Rossi e la Dott. Bianchi, cfr. Il Sole, pag. 5, ecc. |Poi uscirono. |Bene!',
);
splits('pt', 'abbreviations', 'O Sr. Silva e a Dra. Sousa, p. ex. Maria, pág. 5, etc. |Depois saíram. |Não!');
splits(
	'nl',
	'abbreviations',
	'Dhr. Jansen en mevr. De Vries, d.w.z. Het paar, bijv. Amsterdam, blz. 5, enz. |Daarna gingen ze.',
);
splits(
	'ru',
	'abbreviations and initials',
	'А. С. Пушкин родился в 1799 г. в Москве, т. е. Давно. |Он писал стихи и т. д. |Да!',
);
splits(
	'ja',
	'sentences and quotations',
	'今日は晴れ！|本当？|「はい。」|「いいえ。」と言った。|「ところで。」|とても良い。',
);
splits(
	'ja',
	'a full stop within a name, ellipses and decimals',
	'「娘。」の歌。|そうだね……まあ。|３．１４です。|終わり',
);
splits('ja', 'wrapped lines', 'これは長い\n文です。\n|次の文。\n\n|段落');
splits('zh', 'sentences and quotations', '他说：“好。”|“走吧。”|然后我们走了。|真的吗？|是！！|好的｡|完');
splits('zh', 'ASCII marks', '我们走了!|好的.|他说:"好。"|然后走。|版本1.2。|用Node.js写。');
splits('ko', 'sentences', '안녕하세요. |저는 학생입니다. |정말요? |네!');
splits('ar', 'sentences', 'هل أنت هنا؟ |نعم. |مرحبا! |حسنا، شكرا.');
splits('ur', 'sentences', 'یہ ایک جملہ ہے۔ |وہ گیا۔ |کیا؟');
splits('hi', 'dandas', 'यह है। |वह गया।|क्या? |अंत॥ |हाँ');
splits('el', 'question marks', 'Τι κάνεις; |Καλά. |Ναι; |Όχι!');
splits('hy', 'sentences', 'Բարեւ։ |Ինչպես ես։ |Լավ։');
splits('am', 'sentences', 'ሰላም። |እንዴት ነህ፧ |ደህና።');
splits('my', 'sentences', 'မင်္ဂလာပါ။ |ကောင်းပါတယ်။');
splits(
	'th',
	'phrases at spaces',
	'สวัสดีครับ วันนี้อากาศดีมากเลยนะครับ ผมชอบไปเที่ยวทะเลกับเพื่อนๆ |แล้วก็กินอาหารทะเลอร่อยมาก จบแล้วครับ',
);
splits('en', 'Chinese among English', 'He said 你好。|Then 他走了! |And left.');

splits(
	'en',
	'the first clause',
	'Well, that is quite an opening, |and it goes on, said he. |Next, too, has clauses, as you see.',
	{
		firstClause: 20,
	},
);
splits('en', 'a first sentence that is short', 'Yes. |That is, as I said, a good thing to have, really.', {
	firstClause: 20,
});
splits('en', 'numbers and times are no clauses', 'It was 10:30 and 1,000,000 people came, |all of them.', {
	firstClause: 10,
});
splits('en', 'a dash ends the first clause', 'He went on and on—|and then he stopped.', {firstClause: 10});
splits('en', 'a dash of two hyphens', 'He went on and on--|and then he stopped.', {firstClause: 10});
splits('en', 'hyphens and dashes within', 'The well-known 1990–1995 years of – |well, war.', {
	firstClause: 10,
});
splits('es', 'an opening dash is no clause', 'Ya no quiero más —dijo ella sin pensar—, |y se fue.', {
	firstClause: 10,
});
splits('en', 'quoted clauses', '“I am here now, as you see,” |he said.', {firstClause: 20});
splits('zh', 'a character counts as three letters', '你好，我是一个句子，|后面还有，是的。', {
	firstClause: 20,
});

splits('en', 'an exact first length', 'Hello. The| rest. |More.', {firstUtterance: 10});
splits('en', 'a first length within a surrogate pair', 'ab\uD83D|\uDE00 cd. |More.', {firstUtterance: 3});
splits('en', 'a cut at a clause', 'one two three four, |five six seven eight', {maxLength: 24});
splits('en', 'a cut at a space', 'one two three four five |six seven eight nine', {maxLength: 24});
splits('en', 'a cut at a grapheme', 'aaaaaaaaaaaaaaaaaa|👨‍👩‍👧👨‍👩‍👧b', {maxLength: 20});
splits('ja', 'a cut behind a comma', 'ああああああああああ、|いいいいいいいいいい', {maxLength: 15});
splits('en', 'long white space', '                    |a.                  |          b', {maxLength: 20});

test('a cluster longer than the limit is cut between code points', t => {
	const text = `a${'\u0301'.repeat(10_000)}`;
	const ranges = segment(text, {maxLength: 400});
	t.is(ranges.length, 26);
	t.is(ranges.map(range => range.text).join(''), text);
	const astral = segment('\u{1E8D0}'.repeat(100), {maxLength: 33});
	t.deepEqual([...new Set(astral.map(range => range.text.length))], [32, 8]);
});
test('says why a range ends', t => {
	const text = 'A long first clause, then. Two\n\nThree four five six seven eight. Nine';
	const ranges = segment(text, {maxLength: 24, firstClause: 10});
	t.deepEqual(
		ranges.map(({text, boundary}) => [text, boundary]),
		[
			['A long first clause, ', 'clause'],
			['then. ', 'sentence'],
			['Two\n\n', 'paragraph'],
			['Three four five six ', 'cut'],
			['seven eight. ', 'sentence'],
			['Nine', 'cut'],
		],
	);
});

test('white space alone is one blank range at the end', t => {
	t.deepEqual(segment(' \n\n\t'), [{start: 0, end: 4, text: ' \n\n\t', boundary: 'blank'}]);
	t.deepEqual(segment(''), []);
});

/** What is given unit by unit, and how much waits after each. */
function fed(text: string, options: Partial<SegmenterOptions> = {}): string[] {
	const segmenter = new Segmenter({maxLength: 400, firstClause: Infinity, ...options});
	return text.split('').map(unit => {
		const given = segmenter.push(unit).map(range => range.text);
		return given.join('|');
	});
}

test('a sentence is given with the first character that shows its end, not before', t => {
	t.deepEqual(fed('Hi. Yes').slice(-3), ['Hi. ', '', '']);
	t.deepEqual(fed('It is 3.14').join(''), '');
	t.deepEqual(fed('Stop! N').at(-1), 'Stop! ');
	t.deepEqual(fed('はい。い').at(-1), 'はい。');
	t.deepEqual(fed('Dr. Who').join(''), '');
	t.deepEqual(fed('He left. “T').at(-1), 'He left. ');
});

test('complete gives a sentence that waits, and nothing else', t => {
	const cases: [string, string][] = [
		['Hello there.', 'Hello there.'],
		['Hello there. ', 'Hello there. '],
		['“Stop!”', '“Stop!”'],
		['Really?! ', 'Really?! '],
		['He left…', 'He left…'],
		['They came at 5 p.m.', 'They came at 5 p.m.'],
		['2024-11-22 started\n', '2024-11-22 started\n'],
		['はい。', 'はい。'],
		['Hello', ''],
		['Hello, ', ''],
		['I met Dr.', ''],
		['I met J. ', ''],
		['It is 3.', ''],
		['1. ', ''],
		['', ''],
		['  \n', ''],
		['He left. “', 'He left. '],
	];
	for (const [text, expected] of cases) {
		const segmenter = new Segmenter({maxLength: 400});
		const given = segmenter.push(text);
		t.deepEqual(given, [], text);
		t.is(segmenter.endsSentence, expected !== '', text);
		const ranges = segmenter.complete();
		t.is(ranges.map(range => range.text).join(''), expected, text);
		t.is(segmenter.waiting, text.length - expected.length, text);
		t.false(segmenter.endsSentence, text);
	}
});

test('after complete and flush the offsets go on', t => {
	const segmenter = new Segmenter({maxLength: 400});
	segmenter.push('One.');
	t.deepEqual(segmenter.complete(), [{start: 0, end: 4, text: 'One.', boundary: 'sentence'}]);
	segmenter.push(' Two');
	t.deepEqual(segmenter.flush(), [{start: 4, end: 8, text: ' Two', boundary: 'cut'}]);
	t.is(segmenter.waiting, 0);
	t.deepEqual(segmenter.flush(), []);
	segmenter.push(' Three.');
	t.deepEqual(segmenter.flush(), [{start: 8, end: 15, text: ' Three.', boundary: 'sentence'}]);
});

test('10 MB without a space pass in slices, with little held back', t => {
	const segmenter = new Segmenter({maxLength: 400});
	const slice = 'x'.repeat(4096);
	let [length, waiting] = [0, 0];
	for (let fedUnits = 0; fedUnits < 10_000_000; fedUnits += slice.length) {
		for (const range of segmenter.push(slice)) length += range.text.length;
		waiting = Math.max(waiting, segmenter.waiting);
	}
	for (const range of segmenter.flush()) length += range.text.length;
	t.is(length, Math.ceil(10_000_000 / slice.length) * slice.length);
	t.true(waiting <= 400 + 64);
});

test('10 MB without a space pass at once', t => {
	const segmenter = new Segmenter({maxLength: 400});
	const ranges = [...segmenter.push('x'.repeat(10_000_000)), ...segmenter.flush()];
	t.is(ranges.length, 25_000);
	t.is(ranges.at(-1)?.end, 10_000_000);
});

test('options out of range are refused', t => {
	const code = 'OPTION_INVALID';
	t.throws(() => new Segmenter({maxLength: 1}), {code});
	t.throws(() => new Segmenter({maxLength: Infinity}), {code});
	t.throws(() => new Segmenter({maxLength: 400, firstUtterance: 0}), {code});
	t.throws(() => new Segmenter({maxLength: 400, language: 'not a tag'}), {code});
});
