import test from 'ava';
import fc from 'fast-check';
import {parseJson} from '../../lib/wire/json.js';

const bytes = (text: string) => Buffer.from(text);

test('whatever is JSON without a name twice is read as JSON.parse reads it', t => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
			const text = JSON.stringify(value, null, indent);
			const parsed = parseJson(bytes(text));
			if (text.includes('__proto__')) return;
			t.true(parsed.ok, text);
			if (parsed.ok) t.deepEqual(parsed.value, JSON.parse(text));
		}),
	);
});

test('a name twice in one object is found, wherever it stands', t => {
	const name = fc.string().filter(text => text !== '__proto__');
	fc.assert(
		fc.property(name, fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (name, one, two, around) => {
			const [key, first, second] = [name, one, two].map(value => JSON.stringify(value));
			const again = `"${[...name].map(char => [...char].map(escaped).join('')).join('')}"`;
			const text = `[${JSON.stringify(around)}, {"other": {${key}: 1}, ${key}: ${first}, ${again}: ${second}}]`;
			if (name === 'other' || text.includes('__proto__')) return;
			const parsed = parseJson(bytes(text));
			t.false(parsed.ok, text);
			if (!parsed.ok) t.regex(parsed.problem, /twice in one object/);
		}),
	);
});

/** Each UTF-16 unit as JSON may write it. */
function escaped(char: string): string {
	return [...Array(char.length).keys()]
		.map(at => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
		.join('');
}

for (const [text, problem] of [
	['', 'it is empty'],
	['{', 'it is not JSON, or was cut off'],
	['{"a": 1}}', 'it is not JSON, or was cut off'],
	['\u{feff}{', 'it is not JSON, or was cut off'],
	['{"__proto__": null}', 'it has a name __proto__'],
	['[[{"\\u005f_proto__": {}}]]', 'it has a name __proto__'],
] as const) {
	test(`refused: ${JSON.stringify(text)}`, t => {
		t.deepEqual(parseJson(bytes(text)), {ok: false, problem});
	});
}

test('refused: what is not UTF-8, a lone surrogate among it', t => {
	for (const wrong of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
		t.deepEqual(parseJson(Buffer.from([0x22, ...wrong, 0x22])), {ok: false, problem: 'it is not UTF-8'});
});

test('deep nesting is no trouble', t => {
	const deep = parseJson(bytes(`${'['.repeat(50_000)}${']'.repeat(50_000)}`));
	t.true(deep.ok);
});
