import {readFileSync} from 'node:fs';
import test from 'ava';
import {defaultLimits} from '../../lib/server/limits.js';
import {closeCodes} from '../../lib/wire/close-codes.js';
import {wireErrors} from '../../lib/wire/error-codes.js';
import {inputSchema} from '../../lib/wire/messages.js';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** The rows of the first table below a heading, as cells. */
function table(heading: string): string[][] {
	const below = page.slice(page.indexOf(`\n## ${heading}\n`));
	const [rows = ''] = /\|---[^\n]*\n((?:\|[^\n]*\n)+)/.exec(below)?.slice(1) ?? [];
	return rows
		.trim()
		.split('\n')
		.map(row =>
			row
				.split('|')
				.slice(1, -1)
				.map(cell => cell.trim()),
		);
}

const quoted = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

test('every field, error code, close code and limit is told, and nothing else', t => {
	const fields = table('Messages from the client').flatMap(([name]) => quoted(name));
	t.deepEqual(fields.toSorted(), Object.keys(inputSchema.properties).toSorted());
	const errors = table('Errors').map(([code, meaning]) => [quoted(code)[0], meaning]);
	for (const [code, {meaning}] of Object.entries(wireErrors))
		t.deepEqual(
			errors.find(([known]) => known === code),
			[code, meaning],
		);
	t.is(errors.length, Object.keys(wireErrors).length);
	t.deepEqual(
		table('Close codes').map(([code, name]) => [Number(code), quoted(name)[0]]),
		Object.entries(closeCodes).map(([name, {code}]) => [code, name]),
	);
	t.deepEqual(
		table('Limits').map(([name, value]) => [quoted(name)[0], Number(value)]),
		Object.entries(defaultLimits),
	);
});
