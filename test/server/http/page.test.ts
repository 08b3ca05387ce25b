import {readFileSync} from 'node:fs';
import test from 'ava';
import {Metrics} from '../../../lib/server/metrics.js';
import {outputTypes} from '../../../lib/wire/http.js';
import {httpError, httpErrorCodes} from '../../../lib/wire/http-errors.js';
import {ToneSynthesizer} from '../../helpers/tone.js';

const page = readFileSync(new URL('../../../docs/server.md', import.meta.url), 'utf8');

/** The rows of the first table below a heading, as cells. */
function table(heading: string): string[][] {
	const below = page.slice(page.indexOf(`# ${heading}\n`));
	const [rows = ''] = /\|---[^\n]*\n((?:\|[^\n]*\n)+)/.exec(below)?.slice(1) ?? [];
	const cells = (row: string) => row.split('|').slice(1, -1);
	return rows
		.trim()
		.split('\n')
		.map(row => cells(row).map(cell => cell.trim().replaceAll('`', '')));
}

test('docs/server.md tells every error with its status, and no other', t => {
	const told = table('Errors').map(([code, status, meaning]) => [code, Number(status), meaning]);
	const known = httpErrorCodes.map(code => {
		const {status, meaning} = httpError(code);
		return [code, status, meaning.replaceAll('`', '')];
	});
	t.deepEqual(told.toSorted(), known.toSorted());
});

test('docs/server.md tells every metric with its labels, and no other', async t => {
	const {body} = await new Metrics(new ToneSynthesizer()).text();
	const names = [...body.matchAll(/^# TYPE (speechpipe_\S+)/gm)].map(([, name]) => name);
	t.deepEqual(
		table('Metrics')
			.map(([name]) => name)
			.toSorted(),
		names.toSorted(),
	);
});

test('docs/server.md tells every format', t => {
	for (const outputType of outputTypes) t.true(page.includes(`| \`${outputType}\` |`), outputType);
});
