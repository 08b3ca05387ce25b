import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

const pages = [
	'README.md',
	...readdirSync(join(root, 'docs'))
		.filter(name => name.endsWith('.md'))
		.map(name => `docs/${name}`),
];

interface Example {
	readonly title: string;
	/** The folder it runs in, within the project, so that `speechpipe` means this checkout. */
	readonly folder: string;
}

/** Each block of TypeScript is a program that a reader may copy. */
const examples: Example[] = pages.flatMap(page => {
	const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)];
	return blocks.map(([, code], index) => {
		const folder = join(root, '.tmp/docs', page.replaceAll('/', '-'), String(index + 1));
		rmSync(folder, {recursive: true, force: true});
		mkdirSync(folder, {recursive: true});
		writeFileSync(join(folder, 'example.ts'), code ?? '');
		return {title: `${page}, example ${index + 1}`, folder};
	});
});

test('the examples are well typed', async t => {
	const config = {
		extends: '../../tsconfig.json',
		compilerOptions: {customConditions: ['speechpipe-source'], noUnusedLocals: false},
		include: ['.', '../../lib/**/*.d.ts'],
	};
	writeFileSync(join(root, '.tmp/docs/tsconfig.json'), JSON.stringify(config));
	await t.notThrowsAsync(
		run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, '.tmp/docs')]),
	);
});

for (const {title, folder} of examples) {
	test.serial(`${title} runs`, async t => {
		const loaders = ['tsx', new URL('./helpers/tsx-in-workers.mjs', import.meta.url)].map(
			loader => `--import=${loader}`,
		);
		const options = ['--conditions=speechpipe-source', ...loaders];
		const {stderr} = await run(process.execPath, [...options, 'example.ts'], {cwd: folder, timeout: 60_000});
		t.is(stderr, '');
	});
}

test('links between the pages lead somewhere', t => {
	for (const page of pages) {
		for (const [, target = ''] of readFileSync(join(root, page), 'utf8').matchAll(
			/\]\((?!https?:|#|\/)([^)#]+)/g,
		)) {
			t.true(existsSync(join(root, dirname(page), target)), `${page} links to ${target}`);
		}
	}
});
