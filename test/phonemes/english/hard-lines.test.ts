import {readFileSync} from 'node:fs';
import test from 'ava';
import {Tokenizer} from '../../../lib/phonemes/english/tokens.js';

/** Lines of every hard kind, and their words as a careful reader would say them, read one by one: text TAB words. */
const lines = readFileSync(new URL('./hard-lines.tsv', import.meta.url), 'utf8')
	.trim()
	.split('\n');

test('hard lines are said in the right words', t => {
	t.true(lines.length > 150);
	for (const line of lines) {
		const [text = '', words = ''] = line.split('\t');
		const tokens = new Tokenizer(text, {variety: 'us'}).tokens();
		const said = tokens.map(({kind, text: word}) => (kind === 'mark' ? word : ` ${word}`)).join('');
		t.is(said.trim(), words, text);
	}
});
